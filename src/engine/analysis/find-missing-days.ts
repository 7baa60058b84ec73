/** Finds days that have no file: between the first and the last day that do, and with streams that run on across them. */
import type { AbsentDay } from './explain-gaps.ts';
import type { AnalysedFile, Gap, MissingDay } from './node-analysis.ts';

const DAY_MICROS = 86_400_000_000;

/**
 * Lists the days without a file between the first and the last day that files are named after.
 *
 * @param isPresent tells whether the node has entries on the day that begins at this microsecond: a current file without
 *   a day in its name may hold them
 */
export function findAbsentDays(
  files: readonly AnalysedFile[],
  isPresent: (fromMicros: number) => boolean,
): AbsentDay[] {
  const days = files.flatMap((file) =>
    file.day === undefined ? [] : [Date.parse(`${file.day}T00:00:00Z`) * 1000],
  );
  const present = new Set(days.filter((day) => Number.isFinite(day)));
  if (present.size === 0) return [];
  let last = Math.max(...present);
  const first = Math.min(...present);
  for (const file of files) if (file.day === undefined) last = Math.max(last, file.lastTsMicros ?? last);
  const absent: AbsentDay[] = [];
  for (let from = first; from < last && absent.length < 10_000; from += DAY_MICROS) {
    if (present.has(from) || isPresent(from)) continue;
    absent.push({ day: new Date(from / 1000).toISOString().slice(0, 10), fromMicros: from });
  }
  return absent;
}

/** Keeps the absent days that streams jump across; a day on which nothing happened is not missing. */
export function findMissingDays(absent: readonly AbsentDay[], gaps: readonly Gap[]): MissingDay[] {
  return absent.flatMap((day) => {
    const across = gaps.filter(
      (gap) => gap.fromMicros < day.fromMicros && gap.toMicros >= day.fromMicros + DAY_MICROS,
    );
    if (across.length === 0) return [];
    const streams = [...new Set(across.flatMap((gap) => gap.streams))].sort((a, b) => a - b);
    return [
      {
        day: day.day,
        fromMicros: day.fromMicros,
        toMicros: day.fromMicros + DAY_MICROS,
        gaps: across.length,
        missing: across.reduce((sum, gap) => sum + gap.count, 0),
        streams,
      },
    ];
  });
}
