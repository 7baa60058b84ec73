/**
 * What stands between two values of a line - quotes, commas, keys, braces - repeats by the million. Such a gap is
 * checked by the grammar where it is first met, and from then on only compared.
 *
 * A gap belongs to a place in the nesting: the same bytes are legal inside an object and not inside a list. Each gap
 * knows which others followed it lately, so that the next one is found by comparing with one or two.
 */
import { FIELD_NAMES, GAP_BYTES, GAP_SLOTS, GAPS, MAX_GAPS } from './layout';
import { skipKey } from './values';

/** What follows a gap. */
export const STRING: u32 = 0;
export const SCALAR: u32 = 1;
export const LINE_END: u32 = 2;

/** A gap in memory. `inside` has a bit for each open container, from bit 1 on: set for objects. */
@unmanaged
export class Gap {
  length: u32;
  /** A bit for each of its first 32 bytes. */
  mask: u32;
  follows: u32;
  /** The top-level field whose value follows, or -1. */
  field: i32;
  depth: u32;
  inside: u32;
  /** Bits of top-level fields whose values are containers that begin in this gap. */
  fields: u32;
  /** At the end of a line: bytes up to the object's closing brace. */
  objectLength: u32;
  hash: u32;
  depthBefore: u32;
  insideBefore: u32;
  // Gaps that followed this one, the latest first, then a 0, and then its bytes.
}
const FOLLOWERS: usize = 44;
const MAX_FOLLOWERS: usize = 24;
const BYTES: usize = FOLLOWERS + (MAX_FOLLOWERS + 1) * 4;
const MAX_LENGTH: u32 = <u32>(GAP_BYTES - BYTES);

const MAX_DEPTH: u32 = 30;
const FIELD_COUNT: i32 = 13;
/** data, old_values and new_values: what they hold has no column. */
const VALUES_FIELDS: u32 = (1 << 10) | (1 << 11) | (1 << 12);

/** Stands at the beginning of every line. */
export const LINE_START = changetype<Gap>(GAPS);
/** Holds a gap that is not kept. */
const passing = changetype<Gap>(GAPS + GAP_BYTES);
let count: u32 = 2;

/** Forgets all gaps where there is no room for more; to be called between lines. */
export function makeRoom(): void {
  if (count < MAX_GAPS) return;
  memory.fill(GAPS, 0, MAX_GAPS * GAP_BYTES);
  memory.fill(GAP_SLOTS, 0, MAX_GAPS * 8);
  count = 2;
}

/** The gap at `p`, after `previous` and the value behind it; null where the grammar knows none, or it is too deep. */
export function nextGap(p: usize, previous: Gap): Gap | null {
  const followers = changetype<usize>(previous) + FOLLOWERS;
  for (let at = followers; ; at += 4) {
    const other = load<u32>(at);
    if (other === 0) return learnGap(p, previous);
    const gap = changetype<Gap>(<usize>other);
    if (!stands(gap, p)) continue;
    if (at !== followers) {
      store<u32>(at, load<u32>(at - 4));
      store<u32>(at - 4, other);
    }
    return gap;
  }
}

function learnGap(p: usize, previous: Gap): Gap | null {
  if (!readGap(p, previous)) return null;
  const gap = keep(p);
  if (gap !== passing && previous !== passing) {
    const followers = changetype<usize>(previous) + FOLLOWERS;
    memory.copy(followers + 4, followers, MAX_FOLLOWERS * 4 - 4);
    store<u32>(followers, <u32>changetype<usize>(gap));
  }
  return gap;
}

/** Whether this gap is at `p`: its bytes, and behind them what may follow it rather than a longer gap. */
function stands(gap: Gap, p: usize): bool {
  const at = changetype<usize>(gap) + BYTES;
  const low = i8x16.bitmask(i8x16.eq(v128.load(p), v128.load(at)));
  const high = i8x16.bitmask(i8x16.eq(v128.load(p, 16), v128.load(at, 16)));
  if ((~(low | (high << 16)) & gap.mask) !== 0) return false;
  if (gap.follows === SCALAR) {
    const byte = load<u8>(p + gap.length);
    if (byte <= 0x22 || (byte | 0x20) === 0x7b || (byte | 0x20) === 0x7d) return false;
  }
  return gap.length <= 32 || memory.compare(at + 32, p + 32, gap.length - 32) === 0;
}

/** The kept gap that equals `passing`, which stands at `p`; `passing` itself where there is no room. */
function keep(p: usize): Gap {
  const length = passing.length;
  if (length > MAX_LENGTH || count === MAX_GAPS) return passing;
  let hash: u32 = passing.inside ^ (passing.depth << 24);
  for (let i: u32 = 0; i < length; i++) hash = (hash ^ load<u8>(p + i)) * 0x01000193;
  hash ^= hash >> 15;
  const mask = MAX_GAPS * 2 - 1;
  let slot = hash & mask;
  while (true) {
    const place = load<u32>(GAP_SLOTS + slot * 4);
    if (place === 0) break;
    const gap = changetype<Gap>(<usize>place);
    if (
      gap.hash === hash &&
      gap.length === length &&
      gap.depthBefore === passing.depthBefore &&
      gap.insideBefore === passing.insideBefore &&
      memory.compare(changetype<usize>(gap) + BYTES, p, length) === 0
    )
      return gap;
    slot = (slot + 1) & mask;
  }
  const gap = changetype<Gap>(GAPS + count++ * GAP_BYTES);
  passing.hash = hash;
  passing.mask = length >= 32 ? -1 : (1 << length) - 1;
  memory.copy(changetype<usize>(gap), changetype<usize>(passing), FOLLOWERS);
  memory.copy(changetype<usize>(gap) + BYTES, p, length);
  store<u32>(GAP_SLOTS + slot * 4, <u32>changetype<usize>(gap));
  return gap;
}

/** Reads the gap at `p` by the grammar into `passing`, as #scanMembers in scan-json.ts does between two values. */
function readGap(start: usize, previous: Gap): bool {
  let depth = previous.depth;
  let inside = previous.inside;
  passing.depthBefore = depth;
  passing.insideBefore = inside;
  passing.field = -1;
  passing.fields = 0;
  let p = start;
  // `{` or `[` was just read: its first member or its end may follow.
  let opened = false;
  if (depth === 0) {
    if (load<u8>(p) !== 0x7b) return false;
    depth = 1;
    inside = 2;
    opened = true;
    p++;
  }
  while (true) {
    p = skipSpace(p);
    const close: u32 = (inside >> depth) & 1 ? 0x7d : 0x5d;
    if (load<u8>(p) === close) {
      p++;
      inside &= ~(1 << depth);
      depth--;
      if (depth === 0) return readLineEnd(start, p);
      opened = false;
      continue;
    }
    if (!opened) {
      if (load<u8>(p) !== 0x2c) return false;
      p = skipSpace(p + 1);
    }
    opened = false;
    let field = -1;
    if (close === 0x7d) {
      if (load<u8>(p) !== 0x22) return false;
      const key = p + 1;
      p = skipKey(key);
      if (p === 0) return false;
      if (depth === 1) field = findField(key, p - 1);
      p = skipSpace(p);
      if (load<u8>(p) !== 0x3a) return false;
      p = skipSpace(p + 1);
    }
    const byte = load<u8>(p);
    if (byte !== 0x7b && byte !== 0x5b) {
      passing.field = field;
      passing.depth = depth;
      passing.inside = inside;
      passing.follows = byte === 0x22 ? STRING : SCALAR;
      passing.length = <u32>(p - start) + <u32>(byte === 0x22);
      return true;
    }
    if (depth === MAX_DEPTH) return false;
    if (field >= 0) {
      const bit = 1 << field;
      if ((bit & VALUES_FIELDS) === 0) return false;
      passing.fields |= bit;
    }
    depth++;
    if (byte === 0x7b) inside |= 1 << depth;
    opened = true;
    p++;
  }
}

/** After the object only spaces and the newline may follow. */
function readLineEnd(start: usize, objectEnd: usize): bool {
  let p = objectEnd;
  while (isSpace(load<u8>(p))) p++;
  if (load<u8>(p) !== 0x0a) return false;
  passing.depth = 0;
  passing.inside = 0;
  passing.follows = LINE_END;
  passing.objectLength = <u32>(objectEnd - start);
  passing.length = <u32>(p + 1 - start);
  return true;
}

/** A newline ends the line, so that it is no space here. */
function isSpace(byte: u32): bool {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

function skipSpace(p: usize): usize {
  while (isSpace(load<u8>(p))) p++;
  return p;
}

/** The number of the field whose name is in [from, to), or -1. */
function findField(from: usize, to: usize): i32 {
  const length = to - from;
  if (length > 15) return -1;
  const wanted = (1 << (length as i32)) - 1;
  for (let field = 0; field < FIELD_COUNT; field++) {
    const name = FIELD_NAMES + <usize>field * 16;
    if (load<u8>(name, 15) !== length) continue;
    if ((i8x16.bitmask(i8x16.eq(v128.load(from), v128.load(name))) & wanted) === wanted) return field;
  }
  return -1;
}
