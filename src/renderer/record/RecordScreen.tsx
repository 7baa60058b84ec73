/** Everything that happened to one record: its course first, then its history, who was at it, and gaps around it. */
import { Skeleton } from '@mantine/core';
import { IconFileSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordEntry, RecordName } from '../../contract/record.ts';
import { useCall } from '../session/client.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { nameRecord } from '../session/RecordLink.tsx';
import { selectCopy } from '../session/sources.ts';
import { useReport } from '../session/use-report.ts';
import { BarList } from '../ui/BarList.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { CoursePanel } from './CoursePanel.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';
import { PossibleGapsPanel } from './PossibleGapsPanel.tsx';
import { RecordFacts } from './RecordFacts.tsx';
import { ThreadPanel } from './ThreadPanel.tsx';
import './record.css';

/** Entries that are read and compared at once. */
const PART = 200;
const SHOWN = 8;

export function RecordScreen() {
  const { place } = useNavigation();
  const record = place.record ?? { model: '', resId: '' };
  // Another record begins at its own first part.
  return <RecordPage key={JSON.stringify(record)} record={record} />;
}

function RecordPage({ record }: { readonly record: RecordName }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const { workspace, report } = useReport();
  const [source, setSource] = useState<number>();
  const [offset, setOffset] = useState(0);
  const [chosen, choose] = useState<string>();
  const asked = { workspace, record, offset, limit: PART, ...(source === undefined ? {} : { source }) };
  const { data: history, error, isPending } = useCall('record.history', asked, { keep: true });
  const filter = {
    ...selectCopy(report, history?.source),
    model: [record.model],
    record: [`${record.model},${record.resId}`],
  };
  const openEntry = (entry: Pick<RecordEntry['row'], 'id'>) =>
    go({ screen: 'entries', entry: entry.id, filter });

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus
    <div className="about-page" tabIndex={0}>
      <PageHead
        kind="record"
        name={nameRecord(record)}
        filter={filter}
        source={history?.source}
        onSource={(next) => {
          setSource(next);
          setOffset(0);
        }}
      />
      {error && <FailureNotice failure={error.failure} />}
      {isPending && <Skeleton height={320} />}
      {history?.total === 0 && (
        <EmptyState
          icon={IconFileSearch}
          title={t('screen.record.none')}
          text={t('screen.record.noneText')}
        />
      )}
      {history && history.total > 0 && (
        <>
          <RecordFacts history={history} />
          <CoursePanel
            history={history}
            chosen={chosen}
            onChoose={choose}
            onOpen={({ row }) => openEntry(row)}
          />
          <div className="about-columns">
            <HistoryPanel
              history={history}
              chosen={chosen}
              part={PART}
              onChoose={choose}
              onPart={setOffset}
              onOpen={openEntry}
            />
            <div className="about-side">
              <ThreadPanel record={record} source={source} onOpen={openEntry} />
              <PossibleGapsPanel of="record" gaps={history.gaps} />
              <section className="panel" aria-labelledby="record-by-title">
                <div className="panel-head">
                  <h2 id="record-by-title">{t('screen.record.by')}</h2>
                </div>
                <div className="panel-body bar-lists">
                  <BarList
                    title={t('screen.record.users')}
                    total={history.users.length}
                    items={history.users
                      .slice(0, SHOWN)
                      .map(({ value, count }) => ({ key: value, text: value, count }))}
                    onOpen={(person) => go({ screen: 'person', person })}
                  />
                  <BarList
                    title={t('screen.record.actions')}
                    total={history.actions.length}
                    items={history.actions
                      .slice(0, SHOWN)
                      .map(({ value, count }) => ({ key: value, text: value, count }))}
                    onOpen={(action) =>
                      go({ screen: 'entries', entry: undefined, filter: { ...filter, action: [action] } })
                    }
                  />
                </div>
              </section>
            </div>
          </div>
        </>
      )}
    </div>
  );
}
