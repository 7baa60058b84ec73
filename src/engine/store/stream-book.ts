/** Which stream each row is in, as it was told by file and line: that holds while a file grows, whatever segments it has. */
import type { EntryFilter } from '../../contract/entry.ts';
import { createFailure } from '../base/failure.ts';
import { REF_LINES } from '../batch.ts';
import { type Match, matchOf, rowAt } from './match-rows.ts';
import type { SegmentHead, Segments } from './segments.ts';

/** A stream as its first entry names it: no two of a source and node begin with the same. */
export interface LabelledStream {
  readonly source: number;
  readonly node: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly firstTsMicros: number;
}

/** What was told: streams are numbered from 1, and 0 stands for none. */
export interface StreamLabels {
  readonly streams: readonly LabelledStream[];
  /** By file: the stream of each line's entry. */
  readonly files: ReadonlyMap<number, Uint16Array | Uint32Array>;
  /** Entries that share a line, by `file * 2^33 + line`. */
  readonly glued: readonly {
    readonly ref: number;
    readonly seq: number;
    readonly tsMicros: number;
    readonly stream: number;
  }[];
}

/** A row's entry is in no stream that is known: it was read after the streams were told apart, or is not of the report. */
export const NO_STREAM = '';

type Numbers = Uint16Array | Uint32Array;

interface RowNumbers {
  readonly numbers: Numbers;
  readonly present: ReadonlySet<number>;
}

export class StreamBook {
  readonly labels: StreamLabels;
  #ids: readonly (string | undefined)[] = [];
  #numberOf: ReadonlyMap<string, number> = new Map();
  readonly #glued: ReadonlyMap<number, StreamLabels['glued']>;
  /** By the segment as it is: its rows' numbers. */
  readonly #rows = new Map<string, RowNumbers>();

  constructor(labels: StreamLabels) {
    this.labels = labels;
    this.#glued = Map.groupBy(labels.glued, ({ ref }) => ref);
  }

  /** `ids`: the report's, by the stream's number less 1; undefined of those that it does not tell. */
  name(ids: readonly (string | undefined)[]): void {
    this.#ids = ids;
    this.#numberOf = new Map(
      ids.flatMap((id, index) => (id === undefined ? [] : [[id, index + 1] as const])),
    );
  }

  /** The number of each row's stream, and which there are. */
  read(segments: Segments, segment: SegmentHead): RowNumbers {
    const key = JSON.stringify(segment);
    let known = this.#rows.get(key);
    if (!known) {
      const numbers = this.#readNumbers(segments, segment);
      known = { numbers, present: new Set(numbers) };
      this.#rows.set(key, known);
    }
    return known;
  }

  /** Forgets segments that are no longer there: a growing file's small ones are made one again and again. */
  retain(segments: readonly SegmentHead[]): void {
    const kept = new Set(segments.map((segment) => JSON.stringify(segment)));
    for (const key of this.#rows.keys()) if (!kept.has(key)) this.#rows.delete(key);
  }

  #idOf(number: number): string | undefined {
    return this.#ids[number - 1];
  }

  /** The report's id of a row's stream; `NO_STREAM` where it has none. */
  nameRow(segments: Segments, segment: SegmentHead, row: number): string {
    return this.#idOf(this.read(segments, segment).numbers[row]!) ?? NO_STREAM;
  }

  /** What of a match is in the streams that are wanted (`select`). */
  keep(segments: Segments, match: Match, wanted: Uint8Array): Match | undefined {
    const { numbers, present } = this.read(segments, match.segment);
    const shares = [...present].filter((number) => wanted[number] === 1).length;
    // Most streams are in a few segments only, and few are left out.
    if (shares === 0) return undefined;
    if (shares === present.size) return match;
    const rows = new Uint32Array(match.count);
    let count = 0;
    for (let position = 0; position < match.count; position += 1) {
      const row = rowAt(match, position);
      if (wanted[numbers[row]!] === 1) rows[count++] = row;
    }
    return matchOf(match.segment, rows.slice(0, count));
  }

  /** A 1 for each stream's number that is wanted. */
  select(ids: readonly string[], { not = false }: { readonly not?: boolean } = {}): Uint8Array {
    const wanted = new Uint8Array(this.labels.streams.length + 1).fill(not ? 1 : 0);
    const chosen = ids.map((id) => this.#numberOf.get(id));
    for (const number of chosen) if (number !== undefined) wanted[number] = not ? 0 : 1;
    if (!ids.includes(NO_STREAM)) return wanted;
    for (let number = 0; number < wanted.length; number += 1) {
      if (this.#idOf(number) === undefined) wanted[number] = not ? 0 : 1;
    }
    return wanted;
  }

  /** How many rows of the matches each stream has, by the report's id. */
  count(segments: Segments, matches: readonly Match[]): Map<string, number> {
    const counts = new Float64Array(this.labels.streams.length + 1);
    for (const match of matches) {
      const { numbers } = this.read(segments, match.segment);
      for (let position = 0; position < match.count; position += 1)
        counts[numbers[rowAt(match, position)]!]!++;
    }
    const byId = new Map<string, number>();
    for (const [number, count] of counts.entries()) {
      const id = this.#idOf(number) ?? NO_STREAM;
      if (count > 0) byId.set(id, (byId.get(id) ?? 0) + count);
    }
    return byId;
  }

  #readNumbers(segments: Segments, segment: SegmentHead): Numbers {
    const lines = this.labels.files.get(segment.file);
    const isNarrow = !lines || lines instanceof Uint16Array;
    const numbers = isNarrow ? new Uint16Array(segment.rows) : new Uint32Array(segment.rows);
    if (!lines) return numbers;
    const line = segments.column(segment, 'line');
    for (let row = 0; row < segment.rows; row += 1) numbers[row] = lines[segment.firstLine + line[row]!] ?? 0;
    if (this.#glued.size === 0) return numbers;
    const seq = segments.column(segment, 'seq');
    const ts = segments.column(segment, 'ts');
    for (let row = 0; row < segment.rows; row += 1) {
      const own = this.#glued.get(segment.file * REF_LINES + segment.firstLine + line[row]!);
      const told = own?.find(({ seq: wanted, tsMicros }) => wanted === seq[row] && tsMicros === ts[row]);
      if (told) numbers[row] = told.stream;
    }
    return numbers;
  }
}

/** Matches cut down to what a filter says of streams. Failure: `bad-request` before they were told apart. */
export function narrowToStreams(
  segments: Segments,
  matches: readonly Match[],
  book: StreamBook | undefined,
  { stream, not }: EntryFilter,
): readonly Match[] {
  if (!stream && !not?.stream) return matches;
  if (!book) throw createFailure('bad-request', 'the streams have not been told apart yet');
  const kept = stream ? book.select(stream) : undefined;
  const others = not?.stream ? book.select(not.stream, { not: true }) : undefined;
  return [kept, others].reduce<readonly Match[]>(
    (left, wanted) => (wanted ? left.flatMap((match) => book.keep(segments, match, wanted) ?? []) : left),
    matches,
  );
}
