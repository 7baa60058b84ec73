/** The time that charts show: a part of the log, which is narrowed, widened and moved within it. */
import type { EntryHistogram } from '../../contract/entry.ts';
import type { TimeAxis } from '../ui/time-axis.ts';

/** Milliseconds since the Unix epoch; `toMs` is exclusive. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ChartSpan extends TimeRange {
  readonly bucketMs: number;
  readonly axis: TimeAxis;
}

/** Below so many milliseconds there is nothing more to tell apart. */
const LEAST_MS = 1000;

/** What a histogram spans; undefined where it counted nothing. */
export function spanOf(histogram: EntryHistogram): (TimeRange & { readonly bucketMs: number }) | undefined {
  if (histogram.buckets === 0) return undefined;
  const fromMs = histogram.fromMicros / 1000;
  const bucketMs = histogram.bucketMicros / 1000;
  return { fromMs, toMs: fromMs + bucketMs * histogram.buckets, bucketMs };
}

/** As a filter's times: whole milliseconds that leave none of the range out. */
export function writeRange({ fromMs, toMs }: TimeRange): { readonly from: string; readonly to: string } {
  return { from: new Date(Math.floor(fromMs)).toISOString(), to: new Date(Math.ceil(toMs)).toISOString() };
}

/** The same middle, with the span multiplied; undefined where that shows the whole again. */
export function scaleRange(range: TimeRange, factor: number, whole: TimeRange): TimeRange | undefined {
  const span = Math.max(LEAST_MS, (range.toMs - range.fromMs) * factor);
  if (span >= whole.toMs - whole.fromMs) return undefined;
  const from = (range.fromMs + range.toMs - span) / 2;
  return moveWithin({ fromMs: from, toMs: from + span }, whole);
}

/** Moved by a share of its span, and no further than the whole goes. */
export function moveRange(range: TimeRange, share: number, whole: TimeRange): TimeRange {
  const by = (range.toMs - range.fromMs) * share;
  return moveWithin({ fromMs: range.fromMs + by, toMs: range.toMs + by }, whole);
}

function moveWithin({ fromMs, toMs }: TimeRange, whole: TimeRange): TimeRange {
  const by = Math.max(0, whole.fromMs - fromMs) - Math.max(0, toMs - whole.toMs);
  return { fromMs: fromMs + by, toMs: toMs + by };
}
