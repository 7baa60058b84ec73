/** The lines on both sides of a finding. Where several processes stood at the same seq, each of them is named. */
import { useTranslation } from 'react-i18next';
import type { Finding, Place } from '../../contract/finding.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { readMicros } from '../ui/format.ts';
import { PathText } from '../ui/PathText.tsx';
import { SideEntry } from './SideEntry.tsx';
import { useOpenPlace } from './use-open-place.ts';

export function Sides({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const [before, after] = sideNames(finding.kind);
  return (
    <div className="sides">
      <Side title={t(`screen.findings.side.${before}`)} places={finding.before ?? []} />
      <Side
        title={t(`screen.findings.side.${after}`)}
        places={finding.after ?? []}
        // Every line that disagrees is one, and not a choice among several.
        together={after === 'otherLine'}
      />
    </div>
  );
}

/** Most findings lie between two lines; some are these lines, or begin and end there. */
function sideNames(kind: Finding['kind']): readonly [before: string, after: string] {
  if (kind === 'duplicate' || kind === 'conflict') return ['line', 'otherLine'];
  return kind === 'missing-in-copy' ? ['heldFrom', 'heldTo'] : ['before', 'after'];
}

/** Of more lines than these the records and users are not looked up. */
const MAX_NAMED = 6;

interface SideProps {
  readonly title: string;
  readonly places: readonly Place[];
  readonly together?: boolean;
}

function Side({ title, places, together = false }: SideProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const openPlace = useOpenPlace();
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h3 className="section-title">{title}</h3>
        {places.length > 1 && !together && (
          <p className="panel-note">{t('screen.findings.oneOf', { count: places.length })}</p>
        )}
      </div>
      <ul className="panel-body side-places">
        {places.length === 0 && <li className="panel-note">{t('screen.findings.noLine')}</li>}
        {places.map((place, index) => (
          <li key={`${place.path}:${place.line}:${place.seq}`}>
            <button type="button" className="link mono" onClick={() => void openPlace(place)}>
              <PathText path={`${place.path}:${place.line}`} />
            </button>
            {place.seq !== undefined && (
              <span className="numbers">{t('report.seq', { first: String(place.seq) })}</span>
            )}
            {place.ts !== undefined && <span className="numbers">{format.time(readMicros(place.ts))}</span>}
            {index < MAX_NAMED && <SideEntry place={place} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
