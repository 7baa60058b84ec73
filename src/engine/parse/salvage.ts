/**
 * Recovers entries from a line that is not one whole entry: a write cut short by a kill or a full disk, another
 * process's line glued behind it, NUL bytes where a block was never written.
 *
 * What is recovered counts as present. An object counts where it is whole and holds node, ts and seq; so does one
 * that is torn after those three, or whose torn-off beginning left them at its end.
 */
import type { MalformedReason } from '../batch.ts';
import type { JsonScanner } from './scan-json.ts';

/** Bytes scanned per byte of the line at most: a hostile line of a million `{"seq"` must not cost its square. */
const WORK_LIMIT = 8;

const encoder = new TextEncoder();
/** How an entry's object begins in either dialect, with and without a space after separators. */
const OPENINGS = ['seq', 'ts', 'node', 'rule_name', 'type', 'model', 'action'].map((key) =>
  encoder.encode(`{"${key}"`),
);
const TAIL_KEYS = ['seq', 'ts', 'node'].map((key) => encoder.encode(`"${key}"`));

export interface Salvage {
  /** Called after a scan that found an object; answers why it is no entry, or nothing where it was taken. */
  readonly take: (from: number, to: number) => MalformedReason | undefined;
  readonly scanner: JsonScanner;
}

/**
 * Goes through the line in [start, end) and hands every recoverable entry to `take`.
 * Returns how many were taken, and whether one of them was whole.
 */
export function salvageLine(
  bytes: Uint8Array,
  start: number,
  end: number,
  salvage: Salvage,
): { taken: number; whole: number } {
  const { scanner, take } = salvage;
  let taken = 0;
  let whole = 0;
  let work = (end - start) * WORK_LIMIT;
  // Everything before `open` is accounted for.
  let open = start;
  let at = findOpening(bytes, start, end);
  while (at < end && work > 0) {
    const isWhole = scanner.scanObject(bytes, at, end);
    work -= Math.max(scanner.position - at, 16);
    if (isWhole) {
      taken += salvageTail(bytes, open, at, salvage);
      if (take(at, scanner.position) === undefined) {
        taken++;
        whole++;
      }
      open = scanner.position;
      at = findOpening(bytes, open, end);
      continue;
    }
    // Torn here: what was read up to the tear may already name the entry. The next object may begin before the tear.
    const tornAt = scanner.position;
    const next = findOpening(bytes, at + 1, end);
    if (take(at, Math.min(Math.max(tornAt, at + 1), next)) === undefined) {
      taken++;
      open = Math.min(tornAt, next);
    }
    at = next;
  }
  taken += salvageTail(bytes, open, end, salvage);
  return { taken, whole };
}

/** The end of an object whose beginning is lost: its last members up to the closing brace at `end`. */
function salvageTail(bytes: Uint8Array, start: number, end: number, salvage: Salvage): number {
  let to = end;
  while (to > start && bytes[to - 1]! <= 0x20) to--;
  if (to <= start || bytes[to - 1] !== 0x7d) return 0;
  // The three keys stand together at the end of an observed entry: begin at the first of them.
  let first = end;
  for (const key of TAIL_KEYS) {
    const at = findLast(bytes, key, start, to);
    if (at < 0) return 0;
    first = Math.min(first, at);
  }
  const isTail = salvage.scanner.scanTail(bytes, first, to) && salvage.scanner.position === to;
  return isTail && salvage.take(first, to) === undefined ? 1 : 0;
}

function findOpening(bytes: Uint8Array, start: number, end: number): number {
  for (let at = bytes.indexOf(0x7b, start); at >= 0 && at < end; at = bytes.indexOf(0x7b, at + 1)) {
    if (bytes[at + 1] === 0x22 && OPENINGS.some((opening) => hasAt(bytes, opening, at, end))) return at;
  }
  return end;
}

function findLast(bytes: Uint8Array, text: Uint8Array, start: number, end: number): number {
  for (let at = end - text.length; at >= start; at--) if (hasAt(bytes, text, at, end)) return at;
  return -1;
}

function hasAt(bytes: Uint8Array, text: Uint8Array, at: number, end: number): boolean {
  if (at + text.length > end) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}
