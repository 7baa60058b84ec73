/**
 * Questions about entries: pages, counts, histograms, facets, details. Every count is exact.
 *
 * A page is found by position: segments overlap in time, so the time at that position is found by bisection over all
 * matches, and rows are merged from there.
 */
import type { EntryFacets, EntryFilter, EntryHistogram, EntryRow } from '../../contract/entry.ts';
import { formatTs } from '../base/timestamp.ts';
import { ROW_SALVAGED, ROW_TS_AS_WRITTEN } from '../batch.ts';
import type { Database } from './database.ts';
import { countBefore, type Match, matchRows, rowAt } from './match-rows.ts';
import { readContent } from './read-content.ts';
import type { SegmentHead } from './segments.ts';
import { Segments } from './segments.ts';

/** Filters whose matches are kept: a table, its chart and its facets ask for the same one in turn. */
const REMEMBERED = 4;

/** Reads `"ts": "..."` of an entry's bytes; the parser checked that it is there. */
export type ReadTs = (bytes: Uint8Array) => string;

export class EntryQueries {
  readonly #db: Database;
  readonly #readTs: ReadTs;
  #segments: Segments;
  readonly #remembered = new Map<string, Match[]>();
  #paths = new Map<number, string>();

  constructor(db: Database, readTs: ReadTs) {
    this.#db = db;
    this.#readTs = readTs;
    this.#segments = new Segments(db);
  }

  get segments(): Segments {
    return this.#segments;
  }

  /** Forgets what was derived from the tables; for after an import. */
  refresh(): void {
    this.#segments = new Segments(this.#db);
    this.#remembered.clear();
    this.#paths = new Map();
  }

  page(
    filter: EntryFilter,
    options: {
      readonly order: 'oldest-first' | 'newest-first';
      readonly offset: number;
      readonly limit: number;
    },
  ): { rows: EntryRow[]; total: number } {
    const matches = this.#match(filter);
    const total = matches.reduce((sum, match) => sum + match.count, 0);
    const isReversed = options.order === 'newest-first';
    const end = Math.min(options.offset + options.limit, total);
    const from = isReversed ? total - end : options.offset;
    const to = isReversed ? total - options.offset : end;
    const places = to > from ? listPlaces(matches, from, to) : [];
    if (isReversed) places.reverse();
    return { rows: places.map(({ match, row }) => this.#readRow(match.segment, row)), total };
  }

  count(filter: EntryFilter): number {
    return this.#match(filter).reduce((sum, match) => sum + match.count, 0);
  }

  histogram(filter: EntryFilter, buckets: number): EntryHistogram {
    const matches = this.#match(filter);
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    for (const match of matches) {
      first = Math.min(first, match.ts[rowAt(match, 0)]!);
      last = Math.max(last, match.ts[rowAt(match, match.count - 1)]!);
    }
    if (matches.length === 0) return { fromMicros: 0, bucketMicros: 1, buckets: 0, total: 0, counts: {} };
    const bucketMicros = Math.max(1, Math.ceil((last - first + 1) / buckets));
    const tuples = this.#segments.tuples();
    const nodes = [...new Set(tuples.flatMap((tuple) => (tuple ? [tuple.node] : [])))];
    const nodeOf = Uint32Array.from(tuples, (tuple) => (tuple ? nodes.indexOf(tuple.node) : 0));
    const counts = nodes.map(() => new Uint32Array(buckets));
    let total = 0;
    for (const match of matches) {
      const tuple = this.#segments.column(match.segment, 'tuple');
      for (let position = 0; position < match.count; position++) {
        const row = rowAt(match, position);
        counts[nodeOf[tuple[row]!]!]![Math.floor((match.ts[row]! - first) / bucketMicros)]!++;
      }
      total += match.count;
    }
    const present = nodes.flatMap((node, i) =>
      counts[i]!.some((count) => count > 0) ? [[node, [...counts[i]!]]] : [],
    );
    return { fromMicros: first, bucketMicros, buckets, total, counts: Object.fromEntries(present) as never };
  }

  facets(filter: EntryFilter): EntryFacets {
    const tuples = this.#segments.tuples();
    const perTuple = new Float64Array(tuples.length);
    for (const match of this.#match(filter)) {
      const tuple = this.#segments.column(match.segment, 'tuple');
      for (let position = 0; position < match.count; position++) perTuple[tuple[rowAt(match, position)]!]!++;
    }
    const facet = (read: (tuple: NonNullable<(typeof tuples)[number]>) => string): EntryFacets['node'] => {
      const counts = new Map<string, number>();
      tuples.forEach((tuple, id) => {
        if (tuple && perTuple[id]! > 0)
          counts.set(read(tuple), (counts.get(read(tuple)) ?? 0) + perTuple[id]!);
      });
      return [...counts]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    };
    return {
      node: facet((tuple) => tuple.node),
      model: facet((tuple) => tuple.model),
      action: facet((tuple) => tuple.action),
      user: facet((tuple) => tuple.userLogin || tuple.userId),
    };
  }

  /** The row with an id that `page` gave; undefined where there is none. */
  find(id: string): { row: EntryRow; bytes: Uint8Array } | undefined {
    const [segmentId, row] = id.split('-').map(Number);
    const segment = this.#segments.list().find((candidate) => candidate.id === segmentId);
    if (!segment || row === undefined || !(row >= 0 && row < segment.rows)) return undefined;
    return { row: this.#readRow(segment, row), bytes: this.bytesOf(segment, row) };
  }

  /** Rows of a file's line, more than one where lines were glued, and the line's own bytes. */
  at(path: string, line: number): { rows: EntryRow[]; raw: Uint8Array } | undefined {
    const file = this.#db
      .prepare("SELECT id FROM file WHERE path = ? AND state = 'current'")
      .pluck()
      .get(path);
    if (file === undefined) return undefined;
    const segment = this.#segments
      .list(file as number)
      .find((candidate) => line >= candidate.firstLine && line < candidate.firstLine + candidate.lines);
    if (!segment) return undefined;
    const lines = this.#segments.column(segment, 'line');
    const rows: EntryRow[] = [];
    for (let row = 0; row < segment.rows; row++) {
      if (lines[row] === line - segment.firstLine) rows.push(this.#readRow(segment, row));
    }
    return { rows, raw: this.#readLine(segment, line - segment.firstLine) };
  }

  bytesOf(segment: SegmentHead, row: number): Uint8Array {
    const from = segment.offsetBytes + this.#segments.column(segment, 'offset')[row]!;
    return readContent(this.#db, segment.file, from, from + this.#segments.column(segment, 'length')[row]!);
  }

  #match(filter: EntryFilter): Match[] {
    const key = JSON.stringify(filter);
    const known = this.#remembered.get(key);
    if (known) return known;
    const matches = matchRows(this.#db, this.#segments, filter);
    this.#remembered.set(key, matches);
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= REMEMBERED) break;
      this.#remembered.delete(oldest);
    }
    return matches;
  }

  /** The n-th line of a segment, without its terminator. */
  #readLine(segment: SegmentHead, index: number): Uint8Array {
    const end = segment.offsetBytes + segment.lengthBytes;
    const content = readContent(this.#db, segment.file, segment.offsetBytes, end);
    let from = 0;
    for (let line = 0; line < index; line++) from = content.indexOf(0x0a, from) + 1;
    const to = content.indexOf(0x0a, from);
    return content.subarray(from, to < 0 ? content.length : to);
  }

  #readRow(segment: SegmentHead, row: number): EntryRow {
    const { column } = this.#segments;
    const get = column.bind(this.#segments);
    const tsMicros = get(segment, 'ts')[row]!;
    const flags = get(segment, 'flags')[row]!;
    const tuple = this.#segments.tuples()[get(segment, 'tuple')[row]!]!;
    return {
      id: `${segment.id}-${row}`,
      ts: flags & ROW_TS_AS_WRITTEN ? this.#readTs(this.bytesOf(segment, row)) : formatTs(tsMicros),
      tsMicros,
      node: tuple.node,
      seq: get(segment, 'seq')[row]!,
      model: tuple.model,
      resId: this.#segments.formatResId(get(segment, 'res')[row]!),
      action: tuple.action,
      userId: tuple.userId,
      userLogin: tuple.userLogin,
      path: this.#pathOf(segment.file),
      line: segment.firstLine + get(segment, 'line')[row]!,
      salvaged: (flags & ROW_SALVAGED) !== 0,
    };
  }

  #pathOf(file: number): string {
    let path = this.#paths.get(file);
    if (path === undefined) {
      path = this.#db.prepare('SELECT path FROM file WHERE id = ?').pluck().get(file) as string;
      this.#paths.set(file, path);
    }
    return path;
  }
}

/** The places of the matching rows at positions [from, to) in time order, segment order among equals. */
function listPlaces(matches: readonly Match[], from: number, to: number): { match: Match; row: number }[] {
  const start = findTimeAt(matches, from);
  const cursors = matches.flatMap((match) => {
    const position = countMatchesBefore(match, start);
    return position < match.count ? [{ match, position }] : [];
  });
  let skip = from - matches.reduce((sum, match) => sum + countMatchesBefore(match, start), 0);
  const places: { match: Match; row: number }[] = [];
  // Rows of one time may lie in several segments; those before the position are passed over.
  while (places.length < to - from) {
    let best = cursors[0]!;
    let bestTs = Number.POSITIVE_INFINITY;
    for (const cursor of cursors) {
      const ts =
        cursor.position < cursor.match.count
          ? cursor.match.ts[rowAt(cursor.match, cursor.position)]!
          : Number.POSITIVE_INFINITY;
      if (ts < bestTs) {
        best = cursor;
        bestTs = ts;
      }
    }
    if (skip > 0) skip--;
    else places.push({ match: best.match, row: rowAt(best.match, best.position) });
    best.position++;
  }
  return places;
}

/** The greatest time before which there are at most `position` matches: bisection over whole microseconds. */
function findTimeAt(matches: readonly Match[], position: number): number {
  let low = matches.reduce((least, match) => Math.min(least, match.segment.minTs), Number.POSITIVE_INFINITY);
  let high = matches.reduce((most, match) => Math.max(most, match.segment.maxTs), Number.NEGATIVE_INFINITY);
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    const before = matches.reduce((sum, match) => sum + countMatchesBefore(match, middle), 0);
    if (before <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

function countMatchesBefore(match: Match, ts: number): number {
  if (match.rows === undefined) {
    return Math.min(Math.max(countBefore(match.ts, ts) - match.firstRow, 0), match.count);
  }
  let low = 0;
  let high = match.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (match.ts[match.rows[middle]!]! < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}
