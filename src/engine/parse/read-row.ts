/** From the fields a scan found to one row: which objects are entries, and what their columns hold. */
import {
  type MalformedReason,
  ROW_DOCUMENTED,
  ROW_OBSERVED,
  ROW_RULE_CHANGE,
  ROW_TS_AS_WRITTEN,
} from '../batch.ts';
import type { Columns } from './columns.ts';
import { ByteDictionary, TupleDictionary } from './dictionary.ts';
import { TsReader } from './read-ts.ts';
import * as scan from './scan-json.ts';

/** Makes rows of one file's entries; its dictionaries live as long as one batch. */
export class RowReader {
  tuples = new TupleDictionary();
  resTexts = new ByteDictionary();
  /** Tuples are of nodes alone, and no row has a record. */
  onlyNodes = false;
  readonly #ts = new TsReader();

  /** Starts new dictionaries: a batch carries its own. */
  reset(): void {
    this.tuples = new TupleDictionary();
    this.resTexts = new ByteDictionary();
  }

  /** Adds a row for the object the scanner last went through, or says why it is no entry. */
  addRow(scanner: scan.JsonScanner, bytes: Uint8Array, columns: Columns): MalformedReason | undefined {
    const { from, to } = scanner;
    if (from[scan.SEQ]! < 0 || from[scan.TS]! < 0 || from[scan.NODE]! < 0) return 'missing-key';
    const seq = readInteger(bytes, from[scan.SEQ]!, to[scan.SEQ]!);
    if (!(seq >= 0)) return 'bad-seq';
    const tsMicros = this.#ts.read(bytes, from[scan.TS]!, to[scan.TS]!);
    if (Number.isNaN(tsMicros)) return 'bad-ts';
    const node = from[scan.NODE]!;
    if (bytes[node] !== 0x22 || to[scan.NODE]! - node < 3) return 'bad-node';

    const row = columns.addRow();
    columns.seq[row] = seq;
    columns.tsMicros[row] = tsMicros;
    const { tuples } = this;
    tuples.wanted[0] = tuples.node.intern(bytes, node, to[scan.NODE]!);
    if (this.onlyNodes) {
      columns.resId[row] = -1;
      tuples.wanted.fill(0, 1);
    } else {
      columns.resId[row] = this.#readResId(bytes, from[scan.RES_ID]!, to[scan.RES_ID]!);
      const action = from[scan.METHOD]! >= 0 ? scan.METHOD : scan.ACTION;
      tuples.wanted[1] = tuples.model.intern(bytes, from[scan.MODEL]!, to[scan.MODEL]!);
      tuples.wanted[2] = tuples.action.intern(bytes, from[action]!, to[action]!);
      tuples.wanted[3] = tuples.userId.intern(bytes, from[scan.USER_ID]!, to[scan.USER_ID]!);
      tuples.wanted[4] = tuples.userLogin.intern(bytes, from[scan.USER_LOGIN]!, to[scan.USER_LOGIN]!);
    }
    columns.code[row] = tuples.intern();
    columns.flags[row] = readFlags(scanner, bytes) | (this.#ts.asWritten ? ROW_TS_AS_WRITTEN : 0);
    return undefined;
  }

  #readResId(bytes: Uint8Array, from: number, to: number): number {
    if (from < 0 || (bytes[from] === 0x6e && to - from === 4)) return -1;
    const id = readInteger(bytes, from, to);
    return id >= 0 ? id : -1 - this.resTexts.intern(bytes, from, to);
  }
}

/** A non-negative integer that a double holds exactly, in plain digits; NaN for anything else. */
function readInteger(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  if (to <= from || to - from > 16) return Number.NaN;
  for (let p = from; p < to; p++) {
    const digit = bytes[p]! - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : Number.NaN;
}

const RULE_ACTION = new TextEncoder().encode('"rule_');
const CONFIG_CHANGE = new TextEncoder().encode('"audit_config_change"');

/**
 * The dialects differ in where old and new values are and in key order: `seq` comes first in the documented one.
 * An observed rule change has `old_values` at the top too, so `type` decides before that.
 */
function readFlags(scanner: scan.JsonScanner, bytes: Uint8Array): number {
  const { from, to } = scanner;
  const type = from[scan.TYPE]!;
  let isRuleChange = type >= 0 && to[scan.TYPE]! - type === CONFIG_CHANGE.length;
  for (let i = 0; isRuleChange && i < CONFIG_CHANGE.length; i++)
    isRuleChange = bytes[type + i] === CONFIG_CHANGE[i];
  if (isRuleChange) return ROW_RULE_CHANGE | ROW_OBSERVED;
  if (from[scan.DATA]! >= 0) return ROW_OBSERVED;
  const action = from[scan.ACTION]!;
  if (action >= 0 && RULE_ACTION.every((byte, i) => bytes[action + i] === byte))
    return ROW_RULE_CHANGE | ROW_DOCUMENTED;
  if (from[scan.OLD_VALUES]! >= 0 || from[scan.NEW_VALUES]! >= 0) return ROW_DOCUMENTED;
  return action >= 0 || from[scan.SEQ]! < from[scan.NODE]! ? ROW_DOCUMENTED : 0;
}
