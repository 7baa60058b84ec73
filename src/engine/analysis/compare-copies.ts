/**
 * Two sources that may hold the same entries, joined by (ts, seq) node by node in one pass over both.
 *
 * Only where both were being written can one lack what the other has: before a copy's first and after its last
 * entry it simply was not there. A copy that ran further is told apart, since it shows a cut tail.
 */
import type { SortedEntries } from './sorted-entries.ts';

/** A stretch of entries that one copy holds and the other lacks. */
export interface Lacking {
  readonly firstRef: number;
  readonly lastRef: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly fromMicros: number;
  readonly toMicros: number;
  readonly count: number;
  /** The other copy ended before: its tail may be cut. */
  readonly isTail: boolean;
}

export interface CopyComparison {
  readonly common: number;
  /** Entries in the time that both cover. */
  readonly overlapA: number;
  readonly overlapB: number;
  readonly onlyInA: readonly Lacking[];
  readonly onlyInB: readonly Lacking[];
}

interface Cursor {
  readonly done: boolean;
  readonly ts: number;
  readonly seq: number;
  readonly ref: number;
}

/** Joins two sources' entries of one node; `onCommon` is told of every entry that both hold. */
export function compareCopies(
  a: SortedEntries,
  b: SortedEntries,
  onCommon: (refA: number, refB: number, seq: number, tsMicros: number) => void,
): CopyComparison {
  const [spanA, spanB] = [findSpan(a), findSpan(b)];
  const from = Math.max(spanA.from, spanB.from);
  const to = Math.min(spanA.to, spanB.to);
  const onlyInA = new LackingList(spanB.to);
  const onlyInB = new LackingList(spanA.to);
  let common = 0;
  let overlapA = 0;
  let overlapB = 0;
  const walkA = walk(a);
  const walkB = walk(b);
  let x = walkA();
  let y = walkB();
  while (!x.done || !y.done) {
    const order = x.done ? 1 : y.done ? -1 : x.ts - y.ts || x.seq - y.seq;
    if (order <= 0 && x.ts >= from && x.ts <= to) overlapA++;
    if (order >= 0 && y.ts >= from && y.ts <= to) overlapB++;
    if (order === 0) {
      common++;
      onCommon(x.ref, y.ref, x.seq, x.ts);
      onlyInA.end();
      onlyInB.end();
      x = walkA();
      y = walkB();
    } else if (order < 0) {
      if (x.ts >= from) onlyInA.add(x);
      x = walkA();
    } else {
      if (y.ts >= from) onlyInB.add(y);
      y = walkB();
    }
  }
  return { common, overlapA, overlapB, onlyInA: onlyInA.take(), onlyInB: onlyInB.take() };
}

class LackingList {
  readonly #otherEnd: number;
  readonly #found: Lacking[] = [];
  #open: Lacking | undefined;

  constructor(otherEnd: number) {
    this.#otherEnd = otherEnd;
  }

  add({ ts, seq, ref }: Cursor): void {
    const isTail = ts > this.#otherEnd;
    if (this.#open && this.#open.isTail !== isTail) this.end();
    const open = this.#open ?? {
      firstRef: ref,
      firstSeq: seq,
      lastSeq: seq,
      fromMicros: ts,
      toMicros: ts,
      lastRef: ref,
      count: 0,
      isTail,
    };
    this.#open = {
      ...open,
      firstSeq: Math.min(open.firstSeq, seq),
      lastSeq: Math.max(open.lastSeq, seq),
      lastRef: ref,
      toMicros: ts,
      count: open.count + 1,
    };
  }

  end(): void {
    if (this.#open) this.#found.push(this.#open);
    this.#open = undefined;
  }

  take(): readonly Lacking[] {
    this.end();
    return this.#found;
  }
}

function findSpan(entries: SortedEntries): { from: number; to: number } {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { count, tsMicros } of entries.chunks()) {
    from = Math.min(from, tsMicros[0]!);
    to = Math.max(to, tsMicros[count - 1]!);
  }
  return { from, to };
}

/** Each entry once: the same entry twice within a source is that source's duplicate, not something the other lacks. */
function walk(entries: SortedEntries): () => Cursor {
  const next = walkLines(entries);
  let last: Cursor = { done: false, ts: Number.NaN, seq: 0, ref: 0 };
  return () => {
    let cursor = next();
    while (!cursor.done && cursor.ts === last.ts && cursor.seq === last.seq) cursor = next();
    last = cursor;
    return cursor;
  };
}

function walkLines(entries: SortedEntries): () => Cursor {
  const chunks = entries.chunks()[Symbol.iterator]();
  let chunk = chunks.next();
  let at = 0;
  return () => {
    if (!chunk.done && at === chunk.value.count) {
      chunk = chunks.next();
      at = 0;
    }
    if (chunk.done) return { done: true, ts: 0, seq: 0, ref: 0 };
    const { tsMicros, seq, ref } = chunk.value;
    const cursor = { done: false, ts: tsMicros[at]!, seq: seq[at]!, ref: ref[at]! };
    at++;
    return cursor;
  };
}
