/** A record's course: its entries above, a lane for each key beneath, contradictions and gaps marked over them. */
import { Button, SegmentedControl } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { RecordEntry, RecordHistory } from '../../contract/record.ts';
import { useMask } from '../session/mask.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import { CourseAxis } from './CourseAxis.tsx';
import { CourseEvents } from './CourseEvents.tsx';
import { chooseTone } from './choose-tone.ts';
import { drawLanes, type Lane, scaleCourse } from './course.ts';
import { GapBands } from './GapBands.tsx';

const FIRST_LANES = 8;
/** More than these would be no picture. */
const MAX_LANES = 40;
const TINTS = 6;

interface Props {
  readonly history: RecordHistory;
  /** The key whose changes are listed. */
  readonly chosen: string | undefined;
  onChoose(key: string | undefined): void;
  onOpen(entry: RecordEntry): void;
}

export function CoursePanel({ history, chosen, onChoose, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [by, setBy] = useState<'time' | 'entry'>('time');
  const [all, showAll] = useState(false);
  const { entries } = history;
  const lanes = useMemo(() => drawLanes(entries), [entries]);
  const scale = useMemo(() => scaleCourse(entries, by), [entries, by]);
  const shown = lanes.slice(0, all ? MAX_LANES : FIRST_LANES);
  const contradictions = lanes.reduce((sum, lane) => sum + lane.contradictions, 0);
  const left = Math.min(lanes.length, MAX_LANES) - shown.length;

  return (
    <section className="panel course" aria-labelledby="course-title">
      <div className="panel-head">
        <h2 id="course-title">{t('screen.record.course')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('screen.record.axis')}
          value={by}
          onChange={(value) => setBy(value === 'time' ? 'time' : 'entry')}
          data={(['time', 'entry'] as const).map((value) => ({
            value,
            label: t(`screen.record.axes.${value}`),
          }))}
        />
      </div>
      <p className="panel-note course-legend">
        {contradictions > 0 && (
          <span data-tone="contradicted">
            <IconAlertTriangleFilled size={11} className="tone" aria-hidden />{' '}
            {t('screen.record.legend.contradiction')}
          </span>
        )}
        {history.gaps.total > 0 && (
          <span>
            <i className="course-gap-sample" aria-hidden /> {t('screen.record.legend.gap')}
          </span>
        )}
        <span>{t('screen.record.courseHint')}</span>
        <span>{t('screen.time.allIn', { zone: format.zone })}</span>
      </p>
      <div className="panel-body">
        <div className="course-grid">
          <span className="course-key">{t('screen.record.events')}</span>
          <CourseEvents entries={entries} scale={scale} onOpen={onOpen} />
          {shown.map((lane) => (
            <LaneRow
              key={lane.key}
              lane={lane}
              isChosen={lane.key === chosen}
              entries={entries}
              positions={scale.positions}
              onChoose={() => onChoose(lane.key === chosen ? undefined : lane.key)}
              onOpen={onOpen}
            />
          ))}
          <CourseAxis entries={entries} scale={scale} by={by} />
          <GapBands gaps={history.gaps.shown} scale={scale} />
        </div>
        {left > 0 && (
          <Button size="xs" variant="subtle" onClick={() => showAll(true)}>
            {t('screen.record.moreKeys', { count: left })}
          </Button>
        )}
        <p className="hidden-visually">
          {t('screen.record.courseLabel', { keys: lanes.length, entries: entries.length, contradictions })}
        </p>
      </div>
    </section>
  );
}

interface LaneProps {
  readonly lane: Lane;
  readonly isChosen: boolean;
  readonly entries: readonly RecordEntry[];
  readonly positions: readonly number[];
  onChoose(): void;
  onOpen(entry: RecordEntry): void;
}

function LaneRow({ lane, isChosen, entries, positions, onChoose, onOpen }: LaneProps) {
  const { t } = useTranslation();
  const isMasked = useMask().hides(lane.key);
  const format = useFormat();
  return (
    <>
      <button
        type="button"
        className="course-key"
        aria-pressed={isChosen}
        title={showMarks(lane.key)}
        onClick={onChoose}
      >
        <Marked text={lane.key} />
      </button>
      <div className="course-lane" dir="ltr" aria-hidden>
        {lane.stretches.map(({ from, to, text, contradiction, value }) => {
          const start = from < 0 ? 0 : (positions[from] ?? 0);
          const end = to === undefined ? 1 : (positions[to] ?? 1);
          const entry = entries[from < 0 ? (to ?? 0) : from];
          const shownText =
            text === undefined ? t('screen.record.gone') : isMasked ? t('screen.mask.masked') : text;
          const told = [
            showMarks(shownText),
            entry && from >= 0 ? format.time(entry.row.tsMicros) : t('screen.record.unborn'),
          ];
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse alone; the history is the keyboard's way
            // biome-ignore lint/a11y/useKeyWithClickEvents: as above
            <div
              key={from}
              className="course-value mono"
              data-tint={value % TINTS}
              data-before={from < 0 || undefined}
              data-open={to === undefined || undefined}
              style={{ insetInlineStart: `${start * 100}%`, inlineSize: `${(end - start) * 100}%` }}
              title={told.join('\n')}
              onClick={() => entry && onOpen(entry)}
            >
              {contradiction && (
                <IconAlertTriangleFilled
                  size={12}
                  className="course-contradiction tone"
                  data-tone={chooseTone(contradiction)}
                  aria-hidden
                />
              )}
              <Marked text={shownText.length > 60 ? `${shownText.slice(0, 60)}…` : shownText} />
            </div>
          );
        })}
      </div>
    </>
  );
}
