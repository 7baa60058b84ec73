/** What one user did: when, on what and from where; bursts beyond their habit, and gaps that may hide entries. */
import { Skeleton } from '@mantine/core';
import { IconUserSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter } from '../../contract/entry.ts';
import { EntriesOverTime } from '../overview/EntriesOverTime.tsx';
import { writeRange } from '../overview/time-range.ts';
import { PossibleGapsPanel } from '../record/PossibleGapsPanel.tsx';
import { useCall } from '../session/client.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { selectCopy } from '../session/sources.ts';
import { useReport } from '../session/use-report.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { BurstsPanel } from './BurstsPanel.tsx';
import { PersonFacts } from './PersonFacts.tsx';
import { WeekPanel } from './WeekPanel.tsx';
import { WorkPanel } from './WorkPanel.tsx';
import '../record/record.css';
import './person.css';

export function PersonScreen() {
  const { place } = useNavigation();
  const user = place.person ?? '';
  return <PersonPage key={user} user={user} />;
}

function PersonPage({ user }: { readonly user: string }) {
  const { t } = useTranslation();
  const { zone } = useFormat();
  const { go } = useNavigation();
  const { workspace, report } = useReport();
  const [source, setSource] = useState<number>();
  const asked = { workspace, user, zone, ...(source === undefined ? {} : { source }) };
  const { data: activity, error, isPending } = useCall('person.activity', asked, { keep: true });
  const about = useMemo<EntryFilter>(() => ({ user: [user] }), [user]);
  const filter = { ...selectCopy(report, activity?.source), ...about };
  const openEntries = (also: EntryFilter) =>
    go({ screen: 'entries', entry: undefined, filter: { ...filter, ...also } });
  const openTime = (fromMicros: number, toMicros: number) =>
    openEntries(writeRange({ fromMs: fromMicros / 1000, toMs: toMicros / 1000 }));

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus
    <div className="about-page" tabIndex={0}>
      <PageHead kind="person" name={user} filter={filter} source={activity?.source} onSource={setSource} />
      {error && <FailureNotice failure={error.failure} />}
      {isPending && <Skeleton height={320} />}
      {activity?.total === 0 && (
        <EmptyState
          icon={IconUserSearch}
          title={t('screen.person.none')}
          text={t('screen.person.noneText')}
        />
      )}
      {activity && activity.total > 0 && (
        <>
          <PersonFacts activity={activity} />
          <div className="person-when">
            <WeekPanel asked={asked} week={activity.week} onOpen={openTime} />
            <BurstsPanel activity={activity} onOpen={openTime} />
          </div>
          <EntriesOverTime about={about} source={activity.source} bursts={activity.bursts.shown} />
          <div className="about-columns">
            <WorkPanel activity={activity} onOpen={openEntries} />
            <PossibleGapsPanel of="person" gaps={activity.gaps} />
          </div>
        </>
      )}
    </div>
  );
}
