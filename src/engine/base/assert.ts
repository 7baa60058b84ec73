/** Marks what must hold; a failure is a bug of ours and never a fact about a log. */
export function assert(condition: boolean, why: string): asserts condition {
  if (!condition) throw new Error(`broken assumption: ${why}`);
}

/** Stands where every case was handled; the compiler points here when a case is added. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value: ${String(value)}`);
}
