/** Numbers for values and for the tuples of five that repeat together; by hash, compared byte by byte. */
import {
  MASKS,
  MAX_TUPLES,
  MAX_VALUES,
  TUPLE_SLOTS,
  TUPLES,
  VALUE_SLOTS,
  VALUE_TEXT,
  VALUE_TEXT_BYTES,
  VALUES,
} from './layout';

/** A value's bytes as they are written. Number 0 is an absent value. */
@unmanaged
class Value {
  place: u32;
  length: u32;
  unused0: u64;
  // Its first 32 bytes, zeros behind a shorter one.
}
const VALUE_BYTES: usize = 48;
const HEAD: usize = 16;

let values: u32 = 1;
let textEnd: usize = VALUE_TEXT;
let tuples: u32 = 0;

/** Set where something found no room: the caller is to take what there is and `forget`. */
export let isFull: bool = false;

/** Starts again with nothing known. */
export function forget(): void {
  memory.fill(MASKS, 0xff, 32);
  memory.fill(VALUE_SLOTS, 0, MAX_VALUES * 8);
  memory.fill(TUPLE_SLOTS, 0, MAX_TUPLES * 8);
  values = 1;
  textEnd = VALUE_TEXT;
  tuples = 0;
  isFull = false;
}

/** The number of the value in [from, to); -1 where there is no room. */
export function internValue(from: usize, to: usize): i32 {
  const length = <u32>(to - from);
  // Nearly all values have at most 32 bytes: those are hashed and compared at once, whatever their length.
  const masks = MASKS + 32 - min(<usize>length, 32);
  const low = v128.and(v128.load(from), v128.load(masks));
  const high = v128.and(v128.load(from, 16), v128.load(masks, 16));
  let hash = mix(i64x2.extract_lane(low, 0) ^ length) ^ i64x2.extract_lane(low, 1);
  hash = mix(mix(hash) ^ i64x2.extract_lane(high, 0)) ^ i64x2.extract_lane(high, 1);
  hash = mix(hash);
  const mask = MAX_VALUES * 2 - 1;
  let slot = <u32>(hash >> 32) & mask;
  while (true) {
    const number = load<u32>(VALUE_SLOTS + ((<usize>slot) << 2));
    if (number === 0) break;
    const value = VALUES + <usize>number * VALUE_BYTES;
    const difference = v128.or(
      v128.xor(low, v128.load(value, HEAD)),
      v128.xor(high, v128.load(value, HEAD + 16)),
    );
    if (!v128.any_true(difference) && changetype<Value>(value).length === length) {
      if (length <= 32 || memory.compare(changetype<Value>(value).place, from, length) === 0) return number;
    }
    slot = (slot + 1) & mask;
  }
  if (values === MAX_VALUES || textEnd + length > VALUE_TEXT + VALUE_TEXT_BYTES) {
    isFull = true;
    return -1;
  }
  const value = VALUES + <usize>values * VALUE_BYTES;
  changetype<Value>(value).place = <u32>textEnd;
  changetype<Value>(value).length = length;
  v128.store(value, low, HEAD);
  v128.store(value, high, HEAD + 16);
  memory.copy(textEnd, from, length);
  textEnd += length;
  store<u32>(VALUE_SLOTS + ((<usize>slot) << 2), values);
  return values++;
}

function mix(hash: u64): u64 {
  const product = hash * 0x9e3779b97f4a7c15;
  return product ^ (product >> 29);
}

/** The number, from 0, of the tuple of these values; -1 where there is no room. */
export function internTuple(node: u32, model: u32, action: u32, userId: u32, userLogin: u32): i32 {
  let hash = mix(<u64>node | ((<u64>model) << 16) | ((<u64>action) << 32) | ((<u64>userId) << 48));
  hash = mix(hash ^ userLogin);
  const mask = MAX_TUPLES * 2 - 1;
  let slot = (<u32>hash ^ <u32>(hash >> 32)) & mask;
  while (true) {
    const number = load<u32>(TUPLE_SLOTS + ((<usize>slot) << 2));
    if (number === 0) break;
    const at = TUPLES + ((<usize>(number - 1)) << 5);
    if (
      load<u32>(at) === node &&
      load<u32>(at, 4) === model &&
      load<u32>(at, 8) === action &&
      load<u32>(at, 12) === userId &&
      load<u32>(at, 16) === userLogin
    )
      return number - 1;
    slot = (slot + 1) & mask;
  }
  if (tuples === MAX_TUPLES) {
    isFull = true;
    return -1;
  }
  const at = TUPLES + ((<usize>tuples) << 5);
  store<u32>(at, node);
  store<u32>(at, model, 4);
  store<u32>(at, action, 8);
  store<u32>(at, userId, 12);
  store<u32>(at, userLogin, 16);
  store<u32>(TUPLE_SLOTS + ((<usize>slot) << 2), tuples + 1);
  return tuples++;
}
