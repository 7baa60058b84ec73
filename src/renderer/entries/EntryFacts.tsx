/** An entry's columns, with the time in the chosen zone and as it is written. */
import { useTranslation } from 'react-i18next';
import type { EntryRow } from '../../contract/entry.ts';
import { PersonLink } from '../session/PersonLink.tsx';
import { RecordLink } from '../session/RecordLink.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import type { ValueCondition } from './filter-change.ts';
import { ValueFilter } from './ValueFilter.tsx';

export function EntryFacts({ row }: { readonly row: EntryRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const user = row.userLogin || row.userId;
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
      <div className="wide">
        <dt>{t('screen.column.record')}</dt>
        <dd>
          <RecordLink model={row.model} resId={row.resId} />
          {row.resId !== '' && <ValueFilter condition="record" value={`${row.model},${row.resId}`} />}
        </dd>
      </div>
      <Fact label={t('screen.column.node')} text={row.node} condition="node" />
      <Fact label={t('screen.column.seq')} text={String(row.seq)} />
      <div>
        <dt>{t('screen.column.user')}</dt>
        <dd>
          <PersonLink user={user} />
          {user !== '' && <ValueFilter condition="user" value={user} />}
        </dd>
      </div>
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

interface FactProps {
  readonly label: string;
  readonly text: string;
  readonly condition?: ValueCondition;
}

function Fact({ label, text, condition }: FactProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Marked text={text} />
        {condition && <ValueFilter condition={condition} value={text} />}
      </dd>
    </div>
  );
}
