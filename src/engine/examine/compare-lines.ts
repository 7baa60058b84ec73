/**
 * Which of many pairs of lines do not say the same. Lines of equal files are never read; each other file is read once
 * for its bytes, and once more for the lines whose bytes differ.
 */
import { hashBytes, hashText } from '../base/content-id.ts';
import { REF_LINES } from '../batch.ts';
import type { GatheredFile } from '../gather/gather.ts';
import { canonicalForm } from '../parse/canonical-form.ts';
import { readLines } from '../source/open-source.ts';

/** Pairs of places as columns: a million of them are no more than 32 MB. */
export class PairList {
  refs = new Float64Array(1024);
  otherRefs = new Float64Array(1024);
  seqs = new Float64Array(1024);
  times = new Float64Array(1024);
  count = 0;

  add(ref: number, otherRef: number, seq: number, tsMicros: number): void {
    if (this.count === this.refs.length) {
      this.refs = widen(this.refs);
      this.otherRefs = widen(this.otherRefs);
      this.seqs = widen(this.seqs);
      this.times = widen(this.times);
    }
    this.refs[this.count] = ref;
    this.otherRefs[this.count] = otherRef;
    this.seqs[this.count] = seq;
    this.times[this.count++] = tsMicros;
  }
}

function widen(column: Float64Array): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(column.length * 2);
  wider.set(column);
  return wider;
}

/** Gives the indexes of the pairs that differ, ascending. Throws `cancelled`. */
export async function findDifferent(
  pairs: PairList,
  files: ReadonlyMap<number, GatheredFile>,
  signal: AbortSignal,
): Promise<number[]> {
  const unknown: number[] = [];
  for (let i = 0; i < pairs.count; i++) {
    if (!isSameLine(pairs.refs[i]!, pairs.otherRefs[i]!, files)) unknown.push(i);
  }
  const unequal = await keepUnequal(unknown, pairs, files, signal, hashBytes);
  return keepUnequal(unequal, pairs, files, signal, (bytes, from, to) =>
    hashText(canonicalForm(bytes.subarray(from, to))),
  );
}

/** The same line of two files of the same content says the same. */
function isSameLine(ref: number, otherRef: number, files: ReadonlyMap<number, GatheredFile>): boolean {
  if (ref % REF_LINES !== otherRef % REF_LINES) return false;
  const a = files.get(Math.floor(ref / REF_LINES))!.reading;
  const b = files.get(Math.floor(otherRef / REF_LINES))!.reading;
  return a.contentSha256 === b.contentSha256 && a.error === undefined && b.error === undefined;
}

type HashLine = (bytes: Uint8Array, from: number, to: number) => number;

async function keepUnequal(
  indexes: readonly number[],
  pairs: PairList,
  files: ReadonlyMap<number, GatheredFile>,
  signal: AbortSignal,
  hash: HashLine,
): Promise<number[]> {
  /** By file, a place for each of its lines; those that are asked for are no NaN. */
  const wanted = new Map<number, Float64Array>();
  const placesOf = (ref: number): Float64Array => {
    const file = Math.floor(ref / REF_LINES);
    const known = wanted.get(file);
    if (known) return known;
    const made = new Float64Array(files.get(file)!.reading.lines + 2).fill(Number.NaN);
    wanted.set(file, made);
    return made;
  };
  for (const index of indexes) {
    for (const ref of [pairs.refs[index]!, pairs.otherRefs[index]!]) placesOf(ref)[ref % REF_LINES] = 0;
  }
  for (const [file, places] of wanted) await hashLines(files.get(file)!, places, signal, hash);
  const hashOf = (ref: number): number | undefined => placesOf(ref)[ref % REF_LINES];
  return indexes.filter((index) => hashOf(pairs.refs[index]!) !== hashOf(pairs.otherRefs[index]!));
}

/** Hashes the lines whose place is no NaN, without their terminators and the blanks around. */
async function hashLines(
  { file }: GatheredFile,
  hashes: Float64Array,
  signal: AbortSignal,
  hash: HashLine,
): Promise<void> {
  let long: { readonly line: number; readonly pieces: Uint8Array[] } | undefined;
  const put = (line: number, bytes: Uint8Array, start: number, end: number): void => {
    let from = start;
    let to = end;
    if (bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf) from += 3;
    while (to > from && bytes[to - 1]! <= 0x20) to--;
    while (from < to && bytes[from]! <= 0x20) from++;
    hashes[line] = hash(bytes, from, to);
  };
  const endLong = (): void => {
    if (long) {
      const bytes = Buffer.concat(long.pieces);
      put(long.line, bytes, 0, bytes.length);
    }
    long = undefined;
  };
  for await (const run of readLines(file, { signal })) {
    if (run.piece === 'rest') {
      long?.pieces.push(run.bytes.slice());
      continue;
    }
    endLong();
    for (let i = 0; i < run.count; i++) {
      const line = run.firstLine + i;
      if (Number.isNaN(hashes[line] ?? Number.NaN)) continue;
      const from = i === 0 ? 0 : run.ends[i - 1]!;
      if (run.piece === 'head') long = { line, pieces: [run.bytes.slice(from, run.ends[i]!)] };
      else put(line, run.bytes, from, run.ends[i]!);
    }
  }
  endLong();
}
