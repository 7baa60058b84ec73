/** The lines on both sides of a finding. Where several processes stood at the same seq, each of them is named. */
import { useTranslation } from 'react-i18next';
import type { Finding, Place } from '../../contract/finding.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { readMicros } from '../ui/format.ts';
import { PathText } from '../ui/PathText.tsx';
import { useOpenPlace } from './use-open-place.ts';

export function Sides({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  return (
    <div className="sides">
      <Side title={t('screen.findings.before')} places={finding.before ?? []} />
      <Side title={t('screen.findings.after')} places={finding.after ?? []} />
    </div>
  );
}

function Side({ title, places }: { readonly title: string; readonly places: readonly Place[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const openPlace = useOpenPlace();
  return (
    <section className="panel">
      <div className="panel-head">
        <h3 className="section-title">{title}</h3>
        {places.length > 1 && (
          <p className="panel-note">{t('screen.findings.oneOf', { count: places.length })}</p>
        )}
      </div>
      <ul className="panel-body side-places">
        {places.length === 0 && <li className="panel-note">{t('screen.findings.noLine')}</li>}
        {places.map((place) => (
          <li key={`${place.path}:${place.line}:${place.seq}`}>
            <button type="button" className="link mono" onClick={() => void openPlace(place)}>
              <PathText path={`${place.path}:${place.line}`} />
            </button>
            <span className="numbers">
              {place.seq !== undefined && t('report.seq', { first: String(place.seq) })}
            </span>
            <span className="numbers">{place.ts !== undefined && format.time(readMicros(place.ts))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
