/**
 * Lines that a report names or compares: their path and line number, their time as written, and whether two say the
 * same. Files are read again for the few lines that need it: a time that is not in the module's own form, or lines
 * with the same node, ts and seq.
 */
import type { Place } from '../../contract/finding.ts';
import { assert } from '../base/assert.ts';
import { clipText } from '../base/clip-text.ts';
import { formatTs } from '../base/timestamp.ts';
import { REF_LINES } from '../batch.ts';
import { type Census, hasOddTs } from '../gather/census.ts';
import type { GatheredFile } from '../gather/gather.ts';
import { type Difference, listDifferences, readWrittenTs } from '../parse/read-entry.ts';
import type { Said } from '../report/build-report.ts';
import { fetchLines } from '../source/open-source.ts';
import { findDifferent, PairList } from './compare-lines.ts';

export interface PlacedEntry {
  readonly ref: number;
  readonly seq?: number;
  readonly tsMicros: number;
}

/** Two lines that are the same entry. */
interface Pair {
  readonly ref: number;
  readonly otherRef: number;
  readonly seq: number;
  readonly tsMicros: number;
}

/** Pairs whose differences are told key by key, and keys of one pair. */
const MAX_DESCRIBED = 2000;
const MAX_KEYS = 8;
const MAX_VALUE = 120;

export class PlaceBook {
  readonly #files: ReadonlyMap<number, GatheredFile>;
  readonly #census: Census;
  readonly #signal: AbortSignal;
  readonly #writtenTs = new Map<number, string>();

  constructor(files: ReadonlyMap<number, GatheredFile>, census: Census, signal: AbortSignal) {
    this.#files = files;
    this.#census = census;
    this.#signal = signal;
  }

  /** Reads the times, as written, that the places' microseconds do not tell. To be awaited before `tsOf`. */
  async learnTimes(entries: Iterable<PlacedEntry>): Promise<void> {
    const wanted = new Set<number>();
    for (const { ref } of entries) {
      const figures = this.#census.files.get(Math.floor(ref / REF_LINES));
      if (figures && hasOddTs(figures)) wanted.add(ref);
    }
    for await (const { ref, bytes } of this.fetch(wanted)) this.#writtenTs.set(ref, readWrittenTs(bytes));
  }

  /** The time as written. */
  tsOf({ ref, tsMicros }: PlacedEntry): string {
    return this.#writtenTs.get(ref) || formatTs(tsMicros);
  }

  pathOf(ref: number): string {
    const file = this.#files.get(Math.floor(ref / REF_LINES));
    assert(file !== undefined, 'a place lies in a file that was read');
    return file.file.path;
  }

  /** Whether a line is what the receiver received. */
  isReceived(ref: number): boolean {
    return this.#files.get(Math.floor(ref / REF_LINES))?.file.compression === 'spool';
  }

  /** Index of the opened path that a file lies in. */
  rootOf(file: number): number {
    return this.#files.get(file)?.file.root ?? -1;
  }

  placeOf(entry: PlacedEntry): Place {
    const { ref, seq } = entry;
    return {
      path: this.pathOf(ref),
      line: ref % REF_LINES,
      ...(seq === undefined ? {} : { seq }),
      ts: this.tsOf(entry),
    };
  }

  /** Those of the pairs of lines that do not say the same, with the keys in which they differ. */
  async describeDifferent<T extends Pair>(pairs: readonly T[]): Promise<Map<T, Said[]>> {
    const list = new PairList();
    for (const { ref, otherRef, seq, tsMicros } of pairs) list.add(ref, otherRef, seq, tsMicros);
    const different = await findDifferent(list, this.#files, this.#signal);
    return this.describe(different.map((index) => pairs[index]!));
  }

  /** The keys in which pairs of lines differ, told of the first pairs only. */
  async describe<T extends Pair>(different: readonly T[]): Promise<Map<T, Said[]>> {
    const told = new Map<T, Said[]>(different.map((pair) => [pair, [{ code: 'other-content', values: {} }]]));
    const described = different.slice(0, MAX_DESCRIBED);
    const lines = new Map<number, Uint8Array>();
    const wanted = new Set(described.flatMap(({ ref, otherRef }) => [ref, otherRef]));
    for await (const { ref, bytes } of this.fetch(wanted)) lines.set(ref, bytes);
    for (const pair of described) {
      const differences = listDifferences(lines.get(pair.ref)!, lines.get(pair.otherRef)!);
      if (differences.length > 0) told.set(pair, tellDifferences(differences));
    }
    return told;
  }

  /** The pairs of a list that differ. */
  async findDifferent(pairs: PairList): Promise<number[]> {
    return findDifferent(pairs, this.#files, this.#signal);
  }

  /** The lines at these places, without terminators, file by file. */
  async *fetch(refs: ReadonlySet<number>): AsyncGenerator<{ ref: number; bytes: Uint8Array }> {
    const byFile = new Map<number, number[]>();
    for (const ref of refs) {
      const file = Math.floor(ref / REF_LINES);
      const lines = byFile.get(file);
      if (lines) lines.push(ref % REF_LINES);
      else byFile.set(file, [ref % REF_LINES]);
    }
    for (const [index, lines] of byFile) {
      const { file } = this.#files.get(index)!;
      lines.sort((a, b) => a - b);
      for await (const { line, bytes } of fetchLines(file, lines, { signal: this.#signal })) {
        yield { ref: index * REF_LINES + line, bytes: trimLine(bytes) };
      }
    }
  }
}

function tellDifferences(differences: readonly Difference[]): Said[] {
  const told = differences.slice(0, MAX_KEYS).map(({ key, one, other }): Said => {
    if (other === undefined)
      return { code: 'differs-first-only', values: { key, one: clipText(one ?? '', MAX_VALUE) } };
    if (one === undefined)
      return { code: 'differs-other-only', values: { key, other: clipText(other, MAX_VALUE) } };
    return {
      code: 'differs',
      values: { key, one: clipText(one, MAX_VALUE), other: clipText(other, MAX_VALUE) },
    };
  });
  const count = differences.length - told.length;
  return count > 0 ? [...told, { code: 'differs-more', values: { count } }] : told;
}

function trimLine(bytes: Uint8Array): Uint8Array {
  let from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let to = bytes.length;
  while (to > from && bytes[to - 1]! <= 0x20) to--;
  while (from < to && bytes[from]! <= 0x20) from++;
  return bytes.subarray(from, to);
}
