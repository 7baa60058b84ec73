/** The axis of a record's course: ticks of the clock, or where entries stand evenly, the times of some of them. */
import type { RecordEntry } from '../../contract/record.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { makeTimeAxis } from '../ui/time-axis.ts';
import type { CourseScale } from './course.ts';

const TICKS = 6;

interface Props {
  readonly entries: readonly RecordEntry[];
  readonly scale: CourseScale;
  readonly by: 'time' | 'entry';
}

export function CourseAxis({ entries, scale, by }: Props) {
  const format = useFormat();
  const fromMs = (entries[0]?.row.tsMicros ?? 0) / 1000;
  const toMs = (entries.at(-1)?.row.tsMicros ?? 0) / 1000;
  const axis = makeTimeAxis(fromMs, toMs, TICKS, format.locale, format.zone);
  const step = Math.max(1, Math.ceil(entries.length / TICKS));
  const ticks =
    by === 'time' && toMs > fromMs
      ? axis.ticks.map((ms) => ({ at: scale.place(ms * 1000), label: axis.label(ms) }))
      : entries
          .map(({ row }, index) => ({
            at: scale.positions[index] ?? 0,
            label: axis.label(row.tsMicros / 1000),
          }))
          .filter((_, index) => index % step === 0);
  return (
    <>
      <span />
      <div className="course-axis" dir="ltr" aria-hidden>
        {ticks.map(({ at, label }) => (
          <span key={at} style={{ insetInlineStart: `${at * 100}%` }}>
            {label}
          </span>
        ))}
      </div>
    </>
  );
}
