/**
 * The quick lane of parsing, compiled to WebAssembly by AssemblyScript (`npm run assembly`): reads lines that are
 * one whole entry of the usual form into rows. It stops at any line that is not, which the plain lane then reads;
 * it never takes a line that the plain lane would read otherwise (test/engine/parse/quick-lane.test.ts).
 */
import { internTuple, internValue, isFull } from './dictionary';
import { LINE_END, LINE_START, makeRoom, nextGap, STRING } from './gaps';
import {
  CODE,
  FIELD_NAMES,
  FIELDS,
  FLAGS,
  LENGTH,
  LINE,
  MAX_ROWS,
  OFFSET,
  RES_ID,
  SEQ as SEQ_COLUMN,
  TEXT,
  TEXT_BYTES,
  TS as TS_COLUMN,
  TUPLES,
  VALUES,
} from './layout';
import { readInteger, readTs, skipScalar, skipString } from './values';

export { forget } from './dictionary';
export {
  CODE,
  FIELD_NAMES,
  FLAGS,
  isFull,
  LENGTH,
  LINE,
  OFFSET,
  RES_ID,
  SEQ_COLUMN as SEQ,
  TEXT,
  TEXT_BYTES,
  TS_COLUMN as TS,
  TUPLES,
  VALUES,
};

// Numbers of fields, as FIELD_NAMES in scan-json.ts has them.
const SEQ = 0;
const TS = 1;
const NODE = 2;
const MODEL = 3;
const RES_ID_FIELD = 4;
const METHOD = 5;
const ACTION = 6;
const USER_ID = 7;
const USER_LOGIN = 8;
const TYPE = 9;
const DATA = 10;
const OLD_VALUES = 11;
const NEW_VALUES = 12;
const NEEDED: u32 = (1 << SEQ) | (1 << TS) | (1 << NODE);

// Row flags of batch.ts.
const RULE_CHANGE: u8 = 2;
const DOCUMENTED: u8 = 4;
const OBSERVED: u8 = 8;

let onlyNodes: bool = false;
/** Rows in the columns. */
export let rows: u32 = 0;
/** Lines read by the last call. */
export let lines: u32 = 0;

/** Whether a row's tuple is to be its node's value alone, and its record is not read. */
export function setOnlyNodes(wanted: bool): void {
  onlyNodes = wanted;
}

/**
 * Reads the whole lines in [from, to) until one is not for this lane or the columns are full; says where it stopped.
 * `line`: the first line's number in its batch; `offset`: what is added to a place in memory to give one in the batch.
 */
export function scan(from: usize, to: usize, line: u32, offset: u32): usize {
  let p = from;
  lines = 0;
  while (p < to && rows < MAX_ROWS) {
    makeRoom();
    const next = scanLine(p, line + lines, offset);
    if (next === 0) break;
    lines++;
    p = next;
  }
  return p;
}

/** Where the next line begins; 0, and no row, where the line is not for this lane. */
function scanLine(start: usize, line: u32, offset: u32): usize {
  let gap = LINE_START;
  let seen: u32 = 0;
  let p = start;
  while (true) {
    const next = nextGap(p, gap);
    if (next === null) return 0;
    gap = next;
    seen |= gap.fields;
    if (gap.follows === LINE_END) {
      const objectEnd = p + gap.objectLength;
      if (!addRow(seen, line, <u32>start + offset, <u32>(objectEnd - start))) return 0;
      return p + gap.length;
    }
    p += gap.length;
    const isString = gap.follows === STRING;
    const from = p - <usize>isString;
    p = isString ? skipString(p) : skipScalar(p);
    if (p === 0) return 0;
    const field = gap.field;
    if (field >= 0) {
      seen |= 1 << field;
      const at = FIELDS + ((<usize>field) << 3);
      store<u32>(at, <u32>from);
      store<u32>(at, <u32>p, 4);
    }
  }
}

/** Adds a row as RowReader in read-row.ts does; false where that one is to decide. */
function addRow(seen: u32, line: u32, offset: u32, length: u32): bool {
  if ((seen & NEEDED) !== NEEDED) return false;
  const seq = readInteger(from(SEQ), to(SEQ));
  if (seq < 0) return false;
  const ts = readTs(from(TS), to(TS));
  if (ts < 0) return false;
  const nodeAt = from(NODE);
  if (load<u8>(nodeAt) !== 0x22 || to(NODE) - nodeAt < 3) return false;
  if (onlyNodes) {
    const node = internValue(nodeAt, to(NODE));
    if (node < 0) return false;
    putRow(ts, seq, -1, node, line, offset, length, seen);
    return true;
  }
  let resId: i64 = -1;
  if ((seen & (1 << RES_ID_FIELD)) !== 0 && load<u8>(from(RES_ID_FIELD)) !== 0x6e) {
    resId = readInteger(from(RES_ID_FIELD), to(RES_ID_FIELD));
    if (resId < 0) return false;
  }
  const node = intern(seen, NODE);
  const model = intern(seen, MODEL);
  const action = intern(seen, (seen & (1 << METHOD)) !== 0 ? METHOD : ACTION);
  const userId = intern(seen, USER_ID);
  const userLogin = intern(seen, USER_LOGIN);
  if ((node | model | action | userId | userLogin) < 0) return false;
  const code = internTuple(node, model, action, userId, userLogin);
  if (code < 0) return false;
  putRow(ts, seq, resId, code, line, offset, length, seen);
  return true;
}

function putRow(
  ts: i64,
  seq: i64,
  resId: i64,
  code: u32,
  line: u32,
  offset: u32,
  length: u32,
  seen: u32,
): void {
  const row: usize = rows++;
  store<f64>(TS_COLUMN + (row << 3), <f64>ts);
  store<f64>(SEQ_COLUMN + (row << 3), <f64>seq);
  store<f64>(RES_ID + (row << 3), <f64>resId);
  store<u32>(CODE + (row << 2), code);
  store<u32>(LINE + (row << 2), line);
  store<u32>(OFFSET + (row << 2), offset);
  store<u32>(LENGTH + (row << 2), length);
  store<u8>(FLAGS + row, readFlags(seen));
}

function from(field: usize): usize {
  return load<u32>(FIELDS + (field << 3));
}

function to(field: usize): usize {
  return load<u32>(FIELDS + (field << 3), 4);
}

function intern(seen: u32, field: i32): i32 {
  return (seen & (1 << field)) === 0 ? 0 : internValue(from(field), to(field));
}

function readFlags(seen: u32): u8 {
  if ((seen & (1 << TYPE)) !== 0 && isConfigChange(from(TYPE), to(TYPE))) return RULE_CHANGE | OBSERVED;
  if ((seen & (1 << DATA)) !== 0) return OBSERVED;
  if ((seen & (1 << ACTION)) !== 0 && isRuleAction(from(ACTION))) return RULE_CHANGE | DOCUMENTED;
  if ((seen & ((1 << OLD_VALUES) | (1 << NEW_VALUES) | (1 << ACTION))) !== 0) return DOCUMENTED;
  return from(SEQ) < from(NODE) ? DOCUMENTED : 0;
}

/** Begins with `"rule_`; 16 bytes may be loaded anywhere. */
function isRuleAction(p: usize): bool {
  return load<u32>(p) === 0x6c757222 && load<u16>(p, 4) === 0x5f65;
}

/** `"audit_config_change"` */
function isConfigChange(p: usize, end: usize): bool {
  return (
    end - p === 21 &&
    load<u64>(p) === 0x635f746964756122 &&
    load<u64>(p, 8) === 0x68635f6769666e6f &&
    load<u32>(p, 16) === 0x65676e61 &&
    load<u8>(p, 20) === 0x22
  );
}
