/** A record's first and last entry, and whether these are its beginning and its end. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryRow } from '../../contract/entry.ts';
import type { RecordHistory } from '../../contract/record.ts';
import { PersonLink } from '../session/PersonLink.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';

export function RecordFacts({ history: { first, last, total, nodes } }: { readonly history: RecordHistory }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!first || !last) return null;
  return (
    <dl className="about-facts">
      <div>
        <dt>{t('screen.total.entries')}</dt>
        <dd className="about-figure">{format.number(total)}</dd>
      </div>
      <End label={t('screen.record.first')} row={first}>
        {first.action === 'create' ? t('screen.record.born') : t('screen.record.unborn')}
      </End>
      <End label={t('screen.record.last')} row={last}>
        {last.action === 'unlink' ? t('screen.record.ended') : <Marked text={last.action} />}
      </End>
      <div>
        <dt>{t('screen.column.node')}</dt>
        <dd>
          <Marked text={nodes.map(({ value }) => value).join(', ')} />
        </dd>
      </div>
    </dl>
  );
}

function End({ label, row, children }: { label: string; row: EntryRow; children: ReactNode }) {
  const format = useFormat();
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span className="about-figure">{format.timeShort(row.tsMicros)}</span>
        <span className="about-note">
          {children} · <PersonLink user={row.userLogin || row.userId} />
        </span>
      </dd>
    </div>
  );
}
