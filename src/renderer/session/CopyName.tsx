/** Names the copy of the log that something belongs to; nothing where there is one source only. */
import { Marked } from '../ui/Marked.tsx';
import { nameCopy } from './sources.ts';
import { useReport } from './use-report.ts';

export function CopyName({ source }: { readonly source: number | undefined }) {
  const { report } = useReport();
  const name = nameCopy(report, source);
  return name === undefined ? null : (
    <span className="copy-name">
      <Marked text={name} />
    </span>
  );
}
