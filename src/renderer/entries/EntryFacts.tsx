/** An entry's columns, with the time in the chosen zone and as it is written. */
import { useTranslation } from 'react-i18next';
import type { EntryRow } from '../../contract/entry.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';

export function EntryFacts({ row }: { readonly row: EntryRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = `${row.path}:${row.line}`;
  return (
    <dl className="facts entry-facts">
      <div className="wide">
        <dt>{t('screen.time.columnIn', { zone: format.zone })}</dt>
        <dd>
          {!Number.isNaN(row.tsMicros) && format.time(row.tsMicros)}
          <span className="panel-note">
            {t('screen.entry.written')}{' '}
            <span className="mono">
              <Marked text={row.ts} />
            </span>
          </span>
        </dd>
      </div>
      <Fact label={t('screen.column.node')} text={row.node} />
      <Fact label={t('screen.column.seq')} text={String(row.seq)} />
      <Fact label={t('screen.column.user')} text={row.userLogin || t('screen.none')} />
      <Fact label={t('screen.entry.userId')} text={row.userId || t('screen.none')} />
      <div className="wide">
        <dt>{t('screen.column.place')}</dt>
        <dd>
          <span className="mono">
            <Marked text={place} />
          </span>{' '}
          <CopyButton value={place} what={t('screen.column.place')} />
        </dd>
      </div>
    </dl>
  );
}

function Fact({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Marked text={text} />
      </dd>
    </div>
  );
}
