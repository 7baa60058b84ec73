/** One user's or record's entries across a gap, oldest first: each leads to itself among all of theirs. */
import { IconFileDescription, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter, EntryRow } from '../../contract/entry.ts';
import type { Finding } from '../../contract/finding.ts';
import { useCall } from '../session/client.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { PersonLink } from '../session/PersonLink.tsx';
import { nameRecord, RecordLink } from '../session/RecordLink.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import type { GapTimes, Subject } from './across-gap.ts';
import { tellCount } from './tell-finding.ts';

/** Entries told on either side. */
const SHOWN = 3;

interface Props {
  readonly workspace: string;
  readonly finding: Finding;
  readonly subject: Subject;
  /** The copy of the log that the gap is in: the same entry stands once in each. */
  readonly copy: EntryFilter;
  readonly times: GapTimes;
}

export function AcrossSubject({ workspace, finding, subject, copy, times }: Props) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const { user, record, on } = subject;
  const filter = { ...copy, ...subject.filter };
  const ask = { workspace, offset: 0, limit: SHOWN };
  const before = useCall('entries.page', {
    ...ask,
    filter: { ...filter, ...times.before },
    order: 'newest-first',
  });
  const during = useCall(
    'entries.page',
    { ...ask, filter: { ...filter, ...times.during }, order: 'oldest-first' },
    { enabled: times.during !== undefined },
  );
  const after = useCall('entries.page', {
    ...ask,
    filter: { ...filter, ...times.after },
    order: 'oldest-first',
  });
  const failed = before.error ?? during.error ?? after.error;
  const inGap = during.data?.total ?? 0;
  const show = (entry?: EntryRow) =>
    go({
      screen: 'entries',
      entry: entry?.id,
      filter: entry ? filter : { ...filter, ...times.during },
    });
  const rows = (entries: readonly EntryRow[], none: string) =>
    entries.length > 0
      ? entries.map((row) => (
          <AcrossEntry key={row.id} row={row} subject={subject} onOpen={() => show(row)} />
        ))
      : [
          <li key={none} className="panel-note">
            {none}
          </li>,
        ];
  const Picture = user === undefined ? IconFileDescription : IconUser;
  return (
    <div className="across-subject">
      <h4>
        <Picture size={15} aria-hidden />
        {user !== undefined && <PersonLink user={user} />}
        {record && <RecordLink {...record} />}
        <span className="panel-note">{t(`screen.around.gap.on.${on}`)}</span>
      </h4>
      {failed && <FailureNotice failure={failed.failure} />}
      <ol>
        {before.data && rows(before.data.rows.toReversed(), t('screen.around.beforeNone'))}
        <li className="across-break">
          <span>{tellCount(finding, t)}</span>
          {inGap > 0 ? (
            <button type="button" className="link" onClick={() => show()}>
              {t('screen.around.gap.meanwhile', { count: inGap })}
            </button>
          ) : (
            <span className="panel-note">{t('screen.around.gap.meanwhileNone')}</span>
          )}
        </li>
        {after.data && rows(after.data.rows, t('screen.around.afterNone'))}
      </ol>
    </div>
  );
}

interface EntryProps {
  readonly row: EntryRow;
  readonly subject: Subject;
  onOpen(): void;
}

function AcrossEntry({ row, subject, onOpen }: EntryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const other = subject.user === undefined ? row.userLogin || row.userId : nameRecord(row);
  return (
    <li>
      <button type="button" className="across-entry" title={t('screen.around.gap.open')} onClick={onOpen}>
        <span className="numbers">
          {Number.isNaN(row.tsMicros) ? <Marked text={row.ts} /> : format.timeShort(row.tsMicros)}
        </span>
        <span>
          <Marked text={row.action || t('screen.none')} />
        </span>
        <span className="across-other">
          <Marked text={other || t('screen.none')} />
        </span>
      </button>
    </li>
  );
}
