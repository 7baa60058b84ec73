/** Old and new values side by side, as written. A sign and a word, not colour alone, say what changed. */
import { useTranslation } from 'react-i18next';
import type { EntryDetail } from '../../contract/entry.ts';
import { useMask } from '../session/mask.ts';
import { Marked } from '../ui/Marked.tsx';
import { MaskedValue } from '../ui/MaskedValue.tsx';
import '../ui/value-table.css';
import { type Change, diffValues } from './diff-values.ts';

const signs: Readonly<Record<Change, string>> = { same: '', changed: '≠', added: '+', removed: '−' };

export function ValueTable({ detail }: { readonly detail: EntryDetail }) {
  const { t } = useTranslation();
  const mask = useMask();
  const rows = diffValues(detail.oldValues, detail.newValues);
  if (rows.length === 0) return <p className="panel-note">{t('screen.entry.noValues')}</p>;
  // With one side only there is nothing to compare, and no difference to mark.
  const both = detail.oldValues.length > 0 && detail.newValues.length > 0;
  return (
    <table className="value-table">
      <thead>
        <tr>
          <th scope="col">{t('screen.entry.key')}</th>
          {(both || detail.oldValues.length > 0) && <th scope="col">{t('screen.entry.old')}</th>}
          {(both || detail.newValues.length > 0) && <th scope="col">{t('screen.entry.new')}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a key may be written twice
          <tr key={index} data-change={both ? row.change : undefined}>
            <th scope="row">
              <span className="value-sign" aria-hidden>
                {both ? signs[row.change] : ''}
              </span>
              <Marked text={row.key} />
              {both && row.change !== 'same' && (
                <span className="hidden-visually"> {t(`screen.entry.${row.change}`)}</span>
              )}
            </th>
            {(both || detail.oldValues.length > 0) && (
              <Value text={row.before} isMasked={mask.hides(row.key)} />
            )}
            {(both || detail.newValues.length > 0) && (
              <Value text={row.after} isMasked={mask.hides(row.key)} />
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ text, isMasked }: { readonly text: string | undefined; readonly isMasked: boolean }) {
  const { t } = useTranslation();
  return (
    <td className="mono">
      {text === undefined ? (
        <span className="value-absent">{t('screen.entry.absent')}</span>
      ) : isMasked ? (
        <MaskedValue />
      ) : (
        <Marked text={text.length > 2000 ? `${text.slice(0, 2000)}…` : text} />
      )}
    </td>
  );
}
