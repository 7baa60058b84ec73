/** Where two lines of the same entry disagree: key by key, the values of each beside each other. */
import { useTranslation } from 'react-i18next';
import type { Finding, Place, Statement } from '../../contract/finding.ts';
import { useMask } from '../session/mask.ts';
import { Marked } from '../ui/Marked.tsx';
import { MaskedValue } from '../ui/MaskedValue.tsx';
import '../ui/value-table.css';

/** Evidence that this table tells instead of sentences. */
const told: readonly string[] = ['differs', 'differs-first-only', 'differs-other-only'];

export function isDifference({ code }: Statement): boolean {
  return told.includes(code);
}

export function Differences({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const mask = useMask();
  const rows = finding.evidence.filter(isDifference);
  if (rows.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="differs-title">
      <div className="panel-head">
        <h3 id="differs-title" className="section-title">
          {t('screen.findings.differs')}
        </h3>
      </div>
      <div className="panel-body">
        <table className="value-table">
          <thead>
            <tr>
              <th scope="col">{t('screen.entry.key')}</th>
              <Head title={t('screen.findings.inLine')} places={finding.before} />
              <Head title={t('screen.findings.inOther')} places={finding.after} />
            </tr>
          </thead>
          <tbody>
            {rows.map(({ code, values: { key, one, other } }) => (
              <tr key={`${code} ${key}`} data-change="changed">
                <th scope="row">
                  <Marked text={String(key)} />
                </th>
                <Value value={one} isMasked={mask.hides(String(key))} />
                <Value value={other} isMasked={mask.hides(String(key))} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Head({ title, places }: { readonly title: string; readonly places: readonly Place[] | undefined }) {
  const [place] = places ?? [];
  return (
    <th scope="col">
      {title}
      {place && (
        <span className="differs-place mono">
          <Marked text={`${place.path}:${place.line}`} />
        </span>
      )}
    </th>
  );
}

interface ValueProps {
  readonly value: string | number | undefined;
  readonly isMasked: boolean;
}

function Value({ value, isMasked }: ValueProps) {
  const { t } = useTranslation();
  return (
    <td className="mono">
      {value === undefined ? (
        <span className="value-absent">{t('screen.entry.absent')}</span>
      ) : isMasked ? (
        <MaskedValue />
      ) : (
        <Marked text={String(value)} />
      )}
    </td>
  );
}
