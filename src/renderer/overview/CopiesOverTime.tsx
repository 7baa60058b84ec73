/** Copies side by side over time: a lane each, from its first entry to its last, with what it lacks and what differs. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type CopyLane, type CopyMark, copyMarkKinds, layOutCopies } from '../../contract/copies.ts';
import type { Report } from '../../contract/report.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { nameCopy, selectCounted } from '../session/sources.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { readMicros } from '../ui/format.ts';
import { Marked } from '../ui/Marked.tsx';
import { makeTimeAxis } from '../ui/time-axis.ts';
import './copy-lanes.css';

/** Marks nearer than this part of a lane are one. */
const STEPS = 240;

export function CopiesOverTime({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const layout = useMemo(() => layOutCopies(report, (ts) => readMicros(ts) / 1000, STEPS), [report]);
  const axis = useMemo(
    () => layout && makeTimeAxis(layout.fromMs, layout.toMs, 6, format.locale, format.zone),
    [layout, format],
  );
  if (!layout || !axis) return null;
  const spanMs = Math.max(1, layout.toMs - layout.fromMs);
  const place = (ms: number): string => `${(((ms - layout.fromMs) / spanMs) * 100).toFixed(3)}%`;
  const present = new Set(layout.lanes.flatMap(({ marks }) => marks.map(({ kind }) => kind)));
  return (
    <figure className="copy-lanes" aria-label={t('copies.caption')}>
      {layout.lanes.map((lane) => (
        <Lane key={lane.source} lane={lane} report={report} place={place} />
      ))}
      <div className="copy-lane">
        <span />
        <div className="copy-ticks" aria-hidden="true">
          {axis.ticks.map((tick) => (
            <span key={tick} style={{ left: place(tick) }}>
              {axis.label(tick)}
            </span>
          ))}
        </div>
      </div>
      <ul className="chart-legend copy-legend">
        <li>
          <i className="copy-key" data-kind="holds" aria-hidden="true" />
          {t('copies.holds')}
        </li>
        {copyMarkKinds
          .filter((kind) => present.has(kind))
          .map((kind) => (
            <li key={kind}>
              <i className="copy-key" data-kind={kind} aria-hidden="true" />
              {t(`copies.${kind}`)}
            </li>
          ))}
      </ul>
    </figure>
  );
}

interface LaneProps {
  readonly lane: CopyLane;
  readonly report: Report;
  place(ms: number): string;
}

function Lane({ lane, report, place }: LaneProps) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const name = nameCopy(report, lane.source) ?? '';
  return (
    <div className="copy-lane">
      <button
        type="button"
        className="link copy-name"
        aria-label={t('copies.entriesOf', { name })}
        onClick={() => go({ screen: 'entries', filter: selectCounted(report, lane.source) })}
      >
        <Marked text={name} />
      </button>
      <div className="copy-track">
        <div
          className="copy-span"
          style={{
            left: place(lane.fromMs),
            width: `calc(${place(lane.toMs)} - ${place(lane.fromMs)})`,
          }}
        />
        {lane.marks.map((mark) => (
          <Mark key={`${mark.kind} ${mark.findings[0]}`} mark={mark} place={place} />
        ))}
      </div>
    </div>
  );
}

function Mark({ mark, place }: { readonly mark: CopyMark; place(ms: number): string }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const [first = ''] = mark.findings;
  const says = `${t(`copies.${mark.kind}`)}: ${t('n.entry', { count: mark.count })}`;
  return (
    <button
      type="button"
      className="copy-mark"
      data-kind={mark.kind}
      // For the mouse: the list of findings is the keyboard's way, and has them all.
      tabIndex={-1}
      title={says}
      aria-label={says}
      style={{ left: place(mark.fromMs), width: `calc(${place(mark.toMs)} - ${place(mark.fromMs)})` }}
      onClick={() => go({ screen: 'findings', finding: first })}
    />
  );
}
