/** The values of each key over a record's entries, as stretches from one change to the next. */
import type { Contradiction, RecordEntry } from '../../contract/record.ts';

export interface Stretch {
  /** Index of the entry that it begins at; -1 for what stood before the first that has the key. */
  readonly from: number;
  /** Index of the entry that it ends at; undefined where it is still open. */
  to: number | undefined;
  /** As written; undefined once the record is deleted. */
  readonly text: string | undefined;
  readonly contradiction?: Contradiction | undefined;
  /** Which of the key's different values it is, counted from 0. */
  readonly value: number;
}

export interface Lane {
  readonly key: string;
  readonly contradictions: number;
  readonly stretches: readonly Stretch[];
}

/** Keys that say where a record stands come first, then those that contradict, then those that change most. */
export function drawLanes(entries: readonly RecordEntry[]): Lane[] {
  const lanes = new Map<string, { stretches: Stretch[]; values: Map<string, number> }>();
  entries.forEach(({ row, values }, at) => {
    for (const { key, old, new: fresh, contradiction } of values) {
      const lane = lanes.get(key) ?? { stretches: [], values: new Map<string, number>() };
      lanes.set(key, lane);
      const { stretches } = lane;
      const number = (text: string): number => {
        const known = lane.values.get(text) ?? lane.values.size;
        lane.values.set(text, known);
        return known;
      };
      if (stretches.length === 0 && old !== undefined) {
        stretches.push({ from: -1, to: undefined, text: old, value: number(old) });
      }
      const text = fresh ?? (row.action === 'unlink' ? undefined : old);
      const last = stretches.at(-1);
      if (last && last.text === text && !contradiction) continue;
      if (last) last.to = at;
      // Nothing is drawn after the end.
      if (text !== undefined || contradiction) {
        stretches.push({
          from: at,
          to: text === undefined ? at : undefined,
          text,
          contradiction,
          value: text === undefined ? 0 : number(text),
        });
      }
    }
    // A deletion ends every value, those that its entry does not name too.
    if (row.action === 'unlink') for (const { stretches } of lanes.values()) close(stretches, at);
  });
  return [...lanes]
    .map(([key, { stretches }]) => ({
      key,
      stretches,
      contradictions: stretches.filter(({ contradiction }) => contradiction).length,
    }))
    .map((lane, order) => ({ lane, order }))
    .sort(
      (a, b) =>
        Number(isState(b.lane.key)) - Number(isState(a.lane.key)) ||
        b.lane.contradictions - a.lane.contradictions ||
        b.lane.stretches.length - a.lane.stretches.length ||
        a.order - b.order,
    )
    .map(({ lane }) => lane);
}

function close(stretches: readonly Stretch[], at: number): void {
  const last = stretches.at(-1);
  if (last && last.to === undefined) last.to = at;
}

function isState(key: string): boolean {
  return /(^|_)(state|status|stage)(_|$)/i.test(key);
}

/** Where an index or a time lies on the axis, from 0 to 1. */
export interface CourseScale {
  readonly positions: readonly number[];
  place(micros: number): number;
}

/** Room at both ends for what stood before and what stands after. */
const MARGIN = 0.04;

/** Spaces entries by their times, or evenly; times between them lie between them. */
export function scaleCourse(entries: readonly RecordEntry[], by: 'time' | 'entry'): CourseScale {
  const times = entries.map(({ row }) => row.tsMicros);
  const first = times[0] ?? 0;
  const span = (times.at(-1) ?? 0) - first;
  const isEven = by === 'entry' || span === 0;
  const share = (index: number): number =>
    isEven ? index / Math.max(1, times.length - 1) : ((times[index] ?? 0) - first) / span;
  // A lone entry that is no creation has as much to show before it as after it.
  const isLone = entries.length === 1 && entries[0]?.row.action !== 'create';
  const positions = isLone ? [0.5] : times.map((_, index) => MARGIN + share(index) * (1 - 3 * MARGIN));
  return {
    positions,
    place: (micros) => {
      const after = times.findIndex((time) => time > micros);
      if (after === 0) return 0;
      const before = after < 0 ? times.length - 1 : after - 1;
      const from = positions[before] ?? 0;
      if (after < 0) return micros === times[before] ? from : 1;
      const within = (micros - (times[before] ?? 0)) / ((times[after] ?? 0) - (times[before] ?? 0));
      return from + within * ((positions[after] ?? 1) - from);
    },
  };
}
