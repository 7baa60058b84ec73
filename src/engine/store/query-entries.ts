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
  Mark,
} from '../../contract/entry.ts';
import { createFailure } from '../base/failure.ts';
import { formatTs } from '../base/timestamp.ts';
import { ROW_SALVAGED, ROW_TS_AS_WRITTEN } from '../batch.ts';
import { type Activity, countActivity, countRecords, type TopRecords } from './count-activity.ts';
import { countByTime } from './count-by-time.ts';
import { countFacets } from './count-facets.ts';
import type { Database } from './database.ts';
import type { EntryIdentity, Marks, StoredMark } from './marks.ts';
import { findFile, type Match, matchRows } from './match-rows.ts';
import {
  type FoundRows,
  findLineRows,
  findSegment,
  keepFound,
  keepRows,
  leaveOutFound,
  nameRow,
  uniteRows,
} from './narrow-matches.ts';
import { findPosition, listPlaces, type PageOptions } from './page-places.ts';
import { readContent, readStretches, type Stretch } from './read-content.ts';
import type { SegmentHead, Segments } from './segments.ts';
import { NO_STREAM, narrowToStreams, StreamBook, type StreamLabels } from './stream-book.ts';
import { findStreamNeighbours } from './stream-neighbours.ts';
import { compileText, pickText } from './text-conditions.ts';
import { TextSearch } from './text-search.ts';

/** Filters whose matches are kept: a table, its chart and its facets ask for the same one in turn. */
const REMEMBERED = 4;

/** Reads `"ts": "..."` of an entry's bytes; the parser checked that it is there. */
export type ReadTs = (bytes: Uint8Array) => string;

/** Which entries are around a finding: some lines, and what a filter by columns selects. */
export interface FindingScope {
  readonly lines: readonly { readonly path: string; readonly line: number }[];
  readonly also: EntryFilter | undefined;
}

/** The scope of a finding of the last report; undefined where it has none of that id. */
export type ScopeOf = (finding: string) => FindingScope | undefined;

/** An entry among those of its stream. */
export interface StreamPlace {
  readonly stream: string;
  readonly before: EntryRow | undefined;
  readonly after: EntryRow | undefined;
}

export class EntryQueries {
  readonly #db: Database;
  readonly #readTs: ReadTs;
  readonly #segments: Segments;
  readonly #remembered = new Map<string, readonly Match[]>();
  /** The segments that all of this was found in. */
  #heads: readonly SegmentHead[] = [];
  /** Grows with every `forget`. */
  #generation = 0;
  readonly #paths = new Map<number, string>();

  readonly #marks: Marks;
  readonly #scopeOf: ScopeOf;
  #streams: StreamBook | undefined;

  constructor(
    db: Database,
    segments: Segments,
    { marks, readTs, scopeOf }: { marks: Marks; readTs: ReadTs; scopeOf: ScopeOf },
  ) {
    this.#db = db;
    this.#readTs = readTs;
    this.#segments = segments;
    this.#marks = marks;
    this.#scopeOf = scopeOf;
  }

  /**
   * Tells by these which stream each entry is in: filters by streams are answered from then on. Yields where it takes
   * longer. `ids`: as `StreamBook` has them.
   */
  *setStreams(labels: StreamLabels, ids: readonly (string | undefined)[]): Generator<undefined, void> {
    const book = this.#streams?.labels === labels ? this.#streams : new StreamBook(labels);
    for (const segment of this.#segments.list()) {
      book.read(this.#segments, segment);
      yield;
    }
    book.retain(this.#segments.list());
    book.name(ids);
    this.#streams = book;
    this.forget();
  }

  /** Forgets what was found: findings or marks have changed. */
  forget(): void {
    this.#remembered.clear();
    this.#generation++;
  }

  page(filter: EntryFilter, { order, offset, limit }: PageOptions): { rows: EntryRow[]; total: number } {
    const matches = this.#match(filter);
    return { rows: this.#listRows(matches, offset, limit, order), total: countMatches(matches) };
  }

  /** The bytes of the rows that `page` gives of the same. */
  pageBytes(filter: EntryFilter, { order, offset, limit }: PageOptions): Uint8Array[] {
    const places = this.#listPlaces(this.#match(filter), offset, limit, order);
    const stretches = places.map(({ match, row }) => this.#stretchOf(match.segment, row));
    return readStretches(this.#db, stretches);
  }

  count(filter: EntryFilter): number {
    return countMatches(this.#match(filter));
  }

  histogram(filter: EntryFilter, by: HistogramKey, buckets: number): EntryHistogram {
    return countByTime(this.#segments, this.#match(filter), by, buckets);
  }

  /** `stream` is counted where it is asked for. */
  facets(filter: EntryFilter, { streams = false }: { readonly streams?: boolean } = {}): EntryFacets {
    return countFacets(this.#segments, this.#match(filter), streams ? this.#streams : undefined);
  }

  /** The stream that an entry is in and those beside it there; undefined where none is known. Yields where it takes longer. */
  *lookAlongStream(id: string): Generator<undefined, StreamPlace | undefined, undefined> {
    const place = this.#locate(id);
    const book = this.#streams;
    if (!place || !book) return undefined;
    const stream = book.nameRow(this.#segments, place.segment, place.row);
    if (stream === NO_STREAM) return undefined;
    const { node } = this.#readRow(place.segment, place.row);
    const matches = matchRows(this.#db, this.#segments, { node: [node] });
    const { before, after } = yield* findStreamNeighbours(this.#segments, book, matches, place);
    return {
      stream,
      before: before && this.#readRow(before.segment, before.row),
      after: after && this.#readRow(after.segment, after.row),
    };
  }

  /** Where an entry lies among all that match; undefined where it does not match. */
  position(filter: EntryFilter, order: TextSearch['order'], id: string): number | undefined {
    const place = this.#locate(id);
    if (!place) return undefined;
    const matches = this.#match(filter);
    const position = findPosition(this.#segments, matches, place.segment, place.row);
    if (position === undefined || order === 'oldest-first') return position;
    return countMatches(matches) - 1 - position;
  }

  /** Marks of which the entry is stored, each with one of its rows; of the others, what is known of them. */
  listMarked(): { readonly stored: StoredMark; readonly row: EntryRow | undefined }[] {
    const places = this.#locateMarks(() => true);
    const placeOf = new Map(places.map((place) => [identify(place.stored), place]));
    return this.#marks.list().map((stored) => {
      const place = placeOf.get(identify(stored));
      return { stored, row: place && this.#readRow(place.segment, place.row) };
    });
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
    const place = this.#locate(id);
    if (!place) return undefined;
    const { segment, row } = place;
    return { row: this.#readRow(segment, row), bytes: this.bytesOf(segment, row) };
  }

  /** Rows of a file's line, more than one where lines were glued, and the line's own bytes. */
  at(path: string, line: number): { rows: EntryRow[]; raw: Uint8Array } | undefined {
    const segment = findSegment(this.#segments, findFile(this.#db, path), line);
    if (!segment) return undefined;
    const rows = findLineRows(this.#segments, segment, line).map((row) => this.#readRow(segment, row));
    return { rows, raw: this.#readLine(segment, line - segment.firstLine) };
  }

  bytesOf(segment: SegmentHead, row: number): Uint8Array {
    const { file, from, to } = this.#stretchOf(segment, row);
    return readContent(this.#db, file, from, to);
  }

  #stretchOf(segment: SegmentHead, row: number): Stretch {
    const from = segment.offsetBytes + this.#segments.column(segment, 'offset')[row]!;
    return { file: segment.file, from, to: from + this.#segments.column(segment, 'length')[row]! };
  }

  /**
   * Begins a text search whose segments are looked into elsewhere, on threads; undefined where the answer is known.
   * Once it has finished, every question with this filter is answered from it.
   */
  beginSearch(filter: EntryFilter, order: TextSearch['order']): TextSearch | undefined {
    const text = pickText(filter);
    if (!text || this.#recall(filter)) return undefined;
    // A pattern that is none is refused here, and not on a thread.
    compileText(text);
    const heads = this.#heads;
    const generation = this.#generation;
    return new TextSearch(this.#select(filter), order, {
      text,
      list: (matches, limit) => this.#listRows(matches, 0, limit, order),
      finish: (matches) => {
        // Entries that came meanwhile were not searched.
        if (heads === this.#segments.list() && generation === this.#generation)
          this.#remember(filter, matches);
      },
    });
  }

  #match(filter: EntryFilter): readonly Match[] {
    const known = this.#recall(filter);
    if (known) return known;
    const base = this.#select(filter);
    const text = pickText(filter);
    const find = text && compileText(text);
    const matches = find
      ? base.flatMap((match) => keepRows(match, find(this.#db, this.#segments, match.segment)) ?? [])
      : base;
    this.#remember(filter, matches);
    return matches;
  }

  /** What all conditions but those on text select. */
  #select(filter: EntryFilter): readonly Match[] {
    const { finding, tag, marked, not } = filter;
    let matches = narrowToStreams(
      this.#segments,
      matchRows(this.#db, this.#segments, filter),
      this.#streams,
      filter,
    );
    if (finding !== undefined) matches = keepFound(matches, this.#findScope(finding));
    if (tag || marked)
      matches = keepFound(
        matches,
        this.#findMarked((mark) => !tag || hasTag(mark, tag)),
      );
    const { tag: others } = not ?? {};
    if (others)
      matches = leaveOutFound(
        matches,
        this.#findMarked((mark) => hasTag(mark, others)),
      );
    return matches;
  }

  #findScope(finding: string): FoundRows {
    const scope = this.#scopeOf(finding);
    if (!scope) throw createFailure('not-found', 'there is no such finding', { subject: finding });
    const places = scope.lines.flatMap(({ path, line }) => {
      const segment = findSegment(this.#segments, findFile(this.#db, path), line);
      return segment ? findLineRows(this.#segments, segment, line).map((row) => [segment, row] as const) : [];
    });
    return uniteRows(scope.also ? matchRows(this.#db, this.#segments, scope.also) : [], places);
  }

  #findMarked(wanted: (mark: Mark) => boolean): FoundRows {
    return uniteRows(
      [],
      this.#locateMarks(wanted).map(({ segment, row }) => [segment, row] as const),
    );
  }

  #locateMarks(wanted: (mark: Mark) => boolean) {
    return this.#marks.locate(this.#segments, wanted, (segment, row) => this.bytesOf(segment, row));
  }

  #locate(id: string): { readonly segment: SegmentHead; readonly row: number } | undefined {
    const [file, line = 0, place = 0] = id.split('-').map(Number);
    const segment = findSegment(this.#segments, file, line);
    const row = segment && findLineRows(this.#segments, segment, line)[place];
    return segment && row !== undefined ? { segment, row } : undefined;
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
    order: PageOptions['order'],
  ): EntryRow[] {
    return this.#listPlaces(matches, offset, limit, order).map(({ match, row }) =>
      this.#readRow(match.segment, row),
    );
  }

  #listPlaces(matches: readonly Match[], offset: number, limit: number, order: PageOptions['order']) {
    const total = countMatches(matches);
    const end = Math.min(offset + limit, total);
    if (offset >= end) return [];
    const isReversed = order === 'newest-first';
    const [from, to] = isReversed ? [total - end, total - offset] : [offset, end];
    const places = listPlaces(this.#segments, matches, from, to);
    return isReversed ? places.reverse() : places;
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
    const seq = get(segment, 'seq')[row]!;
    const key = { node: tuple.node, tsMicros, seq };
    const mark = this.#marks.find(key, () => this.bytesOf(segment, row));
    return {
      id: nameRow(this.#segments, segment, row),
      ts: flags & ROW_TS_AS_WRITTEN ? this.#readTs(this.bytesOf(segment, row)) : formatTs(tsMicros),
      tsMicros,
      node: tuple.node,
      seq,
      model: tuple.model,
      resId: this.#segments.formatResId(get(segment, 'res')[row]!),
      action: tuple.action,
      userId: tuple.userId,
      userLogin: tuple.userLogin,
      path: this.#pathOf(segment.file),
      line: segment.firstLine + get(segment, 'line')[row]!,
      salvaged: (flags & ROW_SALVAGED) !== 0,
      ...(mark && { mark }),
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

function identify({ node, tsMicros, seq, sha256 }: EntryIdentity): string {
  return JSON.stringify([node, tsMicros, seq, sha256]);
}

function hasTag({ tags }: Mark, wanted: readonly string[]): boolean {
  return tags.some((tag) => wanted.includes(tag));
}

function countMatches(matches: readonly Match[]): number {
  let count = 0;
  for (const match of matches) count += match.count;
  return count;
}
