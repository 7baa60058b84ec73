/** Files that were there and were not read, each with the reason. */
import { useTranslation } from 'react-i18next';
import type { Report } from '../../contract/report.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import { Sentence } from '../ui/Sentence.tsx';
import { useShownPart } from '../ui/use-shown-part.tsx';

export function SkippedPanel({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { shown, more } = useShownPart(report.skipped);
  return (
    <section className="panel skipped" aria-labelledby="skipped-title">
      <div className="panel-head">
        <h2 id="skipped-title">{t('report.skipped')}</h2>
        <p className="panel-note">{t('n.file', { count: report.skipped.length })}</p>
      </div>
      <ul className="panel-body skipped-list">
        {shown.map(({ path, bytes, reason }) => (
          <li key={path}>
            <span className="mono">
              <Marked text={path} />
            </span>
            <span className="panel-note numbers">{format.bytes(bytes)}</span>
            <span>
              <Sentence group="skipped" statement={reason} />
            </span>
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}
