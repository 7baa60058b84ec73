/**
 * Questions about entries: pages, counts, histograms, facets, details. Every count is exact.
 *
 * A page is found by position (page-places.ts). What was found for a filter is remembered until entries change.
 */
import type {
  EntryFacets,
  EntryFilter,
  EntryHistogram,
  EntryRow,
  HistogramKey,
} from '../../contract/entry.ts';
import { formatTs } from '../base/timestamp.ts';
import { ROW_SALVAGED, ROW_TS_AS_WRITTEN } from '../batch.ts';
import { type Activity, countActivity, countRecords, type TopRecords } from './count-activity.ts';
import { countByTime } from './count-by-time.ts';
import type { Database } from './database.ts';
import { type Match, matchRows, rowAt } from './match-rows.ts';
import { listPlaces } from './page-places.ts';
import { readContent } from './read-content.ts';
import { searchText } from './search-text.ts';
import type { SegmentHead, Segments } from './segments.ts';
import { TextSearch } from './text-search.ts';

/** Filters whose matches are kept: a table, its chart and its facets ask for the same one in turn. */
const REMEMBERED = 4;

/** Reads `"ts": "..."` of an entry's bytes; the parser checked that it is there. */
export type ReadTs = (bytes: Uint8Array) => string;

export class EntryQueries {
  readonly #db: Database;
  readonly #readTs: ReadTs;
  readonly #segments: Segments;
  readonly #remembered = new Map<string, readonly Match[]>();
  /** The segments that all of this was found in. */
  #heads: readonly SegmentHead[] = [];
  readonly #paths = new Map<number, string>();

  constructor(db: Database, segments: Segments, readTs: ReadTs) {
    this.#db = db;
    this.#readTs = readTs;
    this.#segments = segments;
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
    const total = countMatches(matches);
    return { rows: this.#listRows(matches, options.offset, options.limit, options.order), total };
  }

  count(filter: EntryFilter): number {
    return countMatches(this.#match(filter));
  }

  histogram(filter: EntryFilter, by: HistogramKey, buckets: number): EntryHistogram {
    return countByTime(this.#segments, this.#match(filter), by, buckets);
  }

  facets(filter: EntryFilter): EntryFacets {
    const tuples = this.#segments.tuples();
    const perTuple = new Float64Array(tuples.length);
    for (const match of this.#match(filter)) addTuples(this.#segments, match, perTuple);
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

  /** When the entries were written, by whom, on which node and model. */
  activity(filter: EntryFilter): Activity {
    return countActivity(this.#segments, this.#match(filter));
  }

  /** The records that most of the entries are about. */
  topRecords(filter: EntryFilter, shown: number): TopRecords {
    return countRecords(this.#segments, this.#match(filter), shown);
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
      .list()
      .find(
        (candidate) =>
          candidate.file === file &&
          line >= candidate.firstLine &&
          line < candidate.firstLine + candidate.lines,
      );
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

  /**
   * Begins a text search whose segments are looked into elsewhere, on threads; undefined where the answer is known.
   * Once it has finished, every question with this filter is answered from it.
   */
  beginSearch(filter: EntryFilter, order: TextSearch['order']): TextSearch | undefined {
    if (!filter.text || this.#recall(filter)) return undefined;
    const heads = this.#heads;
    return new TextSearch(matchRows(this.#db, this.#segments, filter), order, {
      list: (matches, limit) => this.#listRows(matches, 0, limit, order),
      finish: (matches) => {
        // Entries that came meanwhile were not searched.
        if (heads === this.#segments.list()) this.#remember(filter, matches);
      },
    });
  }

  #match(filter: EntryFilter): readonly Match[] {
    const known = this.#recall(filter);
    if (known) return known;
    const base = matchRows(this.#db, this.#segments, filter);
    const matches = filter.text ? searchText(this.#db, this.#segments, base, filter.text) : base;
    this.#remember(filter, matches);
    return matches;
  }

  #recall(filter: EntryFilter): readonly Match[] | undefined {
    const heads = this.#segments.list();
    if (heads !== this.#heads) {
      this.#remembered.clear();
      this.#paths.clear();
      this.#heads = heads;
    }
    const key = JSON.stringify(filter);
    const matches = this.#remembered.get(key);
    if (matches) this.#remember(filter, matches);
    return matches;
  }

  #remember(filter: EntryFilter, matches: readonly Match[]): void {
    const key = JSON.stringify(filter);
    this.#remembered.delete(key);
    this.#remembered.set(key, matches);
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= REMEMBERED) break;
      this.#remembered.delete(oldest);
    }
  }

  #listRows(
    matches: readonly Match[],
    offset: number,
    limit: number,
    order: TextSearch['order'],
  ): EntryRow[] {
    const total = countMatches(matches);
    const end = Math.min(offset + limit, total);
    if (offset >= end) return [];
    const isReversed = order === 'newest-first';
    const [from, to] = isReversed ? [total - end, total - offset] : [offset, end];
    const places = listPlaces(this.#segments, matches, from, to);
    if (isReversed) places.reverse();
    return places.map(({ match, row }) => this.#readRow(match.segment, row));
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

function countMatches(matches: readonly Match[]): number {
  let count = 0;
  for (const match of matches) count += match.count;
  return count;
}

/** Adds how many of a match's rows each tuple has. */
function addTuples(segments: Segments, match: Match, perTuple: Float64Array): void {
  if (match.tuples) {
    const { counts, wanted } = match.tuples;
    for (let i = 0; i < counts.ids.length; i++) {
      const id = counts.ids[i]!;
      if (!wanted || wanted[id] === 1) perTuple[id]! += counts.counts[i]!;
    }
    return;
  }
  const tuple = segments.column(match.segment, 'tuple');
  for (let position = 0; position < match.count; position++) perTuple[tuple[rowAt(match, position)]!]!++;
}
