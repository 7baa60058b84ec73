/** The stream that an entry is in, as the check divides them, and how sure that is. */
import { useTranslation } from 'react-i18next';
import type { EntryStream } from '../../contract/entry.ts';
import { nameStream, StreamText } from '../session/StreamText.tsx';
import { useDivided } from '../session/use-divided.ts';
import { useReport } from '../session/use-report.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { ValueFilter } from './ValueFilter.tsx';

interface Props {
  readonly workspace: string;
  /** Undefined while it is found out; null where none is known. */
  readonly stream: EntryStream | null | undefined;
}

export function StreamName({ workspace, stream }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { report } = useReport();
  const percent = useDivided(workspace);
  if (stream === undefined) {
    return (
      <p className="panel-note" role="status">
        {t('screen.around.stream.dividing')} {percent !== undefined && format.percent(percent / 100)}
      </p>
    );
  }
  if (stream === null) return <p className="panel-note">{t('screen.around.stream.unknown')}</p>;
  const name = nameStream(report, stream.id, t, format);
  return (
    <>
      <p className="stream-name">
        <span>
          <StreamText id={stream.id} />
        </span>
        <ValueFilter condition="stream" value={stream.id} told={name} />
      </p>
      <p className="panel-note">
        {t('screen.around.stream.sure')}{' '}
        {stream.mixedWith > 0 && t('screen.around.stream.mixed', { count: stream.mixedWith })}
      </p>
    </>
  );
}
