/** Matches cut down to rows that were found in another way: by their text, a finding, or the reviewer's marks. */
import type { Place } from '../../contract/finding.ts';
import { ROW_SALVAGED } from '../batch.ts';
import { type Match, matchOf, rowAt } from './match-rows.ts';
import type { SegmentHead, Segments } from './segments.ts';

/** Rows by the segment's id, ascending. */
export type FoundRows = ReadonlyMap<number, Uint32Array>;

/** The match's rows that are among `found`, both ascending; undefined where there are none. */
export function keepRows(match: Match, found: Uint32Array): Match | undefined {
  const rows = match.rows();
  const end = match.firstRow + match.count;
  if (!rows)
    return matchOf(
      match.segment,
      found.filter((row) => row >= match.firstRow && row < end),
    );
  const kept: number[] = [];
  for (let i = 0, j = 0; i < rows.length && j < found.length; ) {
    if (rows[i]! === found[j]!) kept.push(rows[i]!);
    if (rows[i]! <= found[j]!) i++;
    else j++;
  }
  return matchOf(match.segment, Uint32Array.from(kept));
}

/** Gives the rows that were found. */
export function keepFound(matches: readonly Match[], found: FoundRows): Match[] {
  return matches.flatMap((match) => {
    const rows = found.get(match.segment.id);
    return (rows && keepRows(match, rows)) ?? [];
  });
}

/** Gives the rows that were not found. */
export function leaveOutFound(matches: readonly Match[], found: FoundRows): Match[] {
  return matches.flatMap((match) => {
    const rows = found.get(match.segment.id);
    if (!rows) return match;
    const leftOut = new Set(rows);
    const kept = Uint32Array.from({ length: match.count }, (_, position) => rowAt(match, position));
    return (
      matchOf(
        match.segment,
        kept.filter((row) => !leftOut.has(row)),
      ) ?? []
    );
  });
}

/** Rows of matches, and of single places, together. */
export function uniteRows(
  matches: readonly Match[],
  places: readonly (readonly [SegmentHead, number])[],
): FoundRows {
  const found = new Map<number, Set<number>>();
  const rowsOf = ({ id }: SegmentHead): Set<number> => {
    const rows = found.get(id) ?? new Set();
    found.set(id, rows);
    return rows;
  };
  for (const match of matches) {
    const rows = rowsOf(match.segment);
    for (let position = 0; position < match.count; position++) rows.add(rowAt(match, position));
  }
  for (const [segment, row] of places) rowsOf(segment).add(row);
  return new Map([...found].map(([id, rows]) => [id, Uint32Array.from(rows).sort()]));
}

/** The segment of a file's line, where it is stored. */
export function findSegment(
  segments: Segments,
  file: number | undefined,
  line: number,
): SegmentHead | undefined {
  return segments
    .list()
    .find((head) => head.file === file && line >= head.firstLine && line < head.firstLine + head.lines);
}

/**
 * An entry's id: its file and line, and which of the line's entries it is. It holds while the file grows and when it is
 * renamed, whatever segments its lines are in.
 */
export function nameRow(segments: Segments, segment: SegmentHead, row: number): string {
  const line = segment.firstLine + segments.column(segment, 'line')[row]!;
  // Only what was salvaged shares its line.
  const isAlone = (segments.column(segment, 'flags')[row]! & ROW_SALVAGED) === 0;
  const place = isAlone ? 0 : findLineRows(segments, segment, line).indexOf(row);
  return `${segment.file}-${line}${place === 0 ? '' : `-${place}`}`;
}

/** Rows of a segment's line, more than one where lines were glued. */
export function findLineRows(segments: Segments, segment: SegmentHead, line: Place['line']): number[] {
  const lines = segments.column(segment, 'line');
  const rows: number[] = [];
  for (let row = 0; row < segment.rows; row++) if (lines[row] === line - segment.firstLine) rows.push(row);
  return rows;
}
