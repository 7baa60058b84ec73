/**
 * The quick lane: lines that are one whole entry of the usual form, read by WebAssembly (assembly/scan-lines.ts). It
 * stops at any other line, which the plain lane of parse-lines.ts reads; the plain lane alone would give the same rows.
 */

import type { Tuple } from '../batch.ts';
import type { Columns, Rows } from './columns.ts';
import { readText, type TupleDictionary } from './dictionary.ts';
import { FIELD_NAMES } from './scan-json.ts';
import { scanLinesWasm } from './scan-lines.wasm.ts';

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  scan(from: number, to: number, line: number, offset: number): number;
  forget(): void;
  setOnlyNodes(wanted: number): void;
  readonly rows: Counter;
  readonly lines: Counter;
  readonly isFull: Counter;
}
interface Counter {
  value: number;
}
/** Places in the module's memory (assembly/layout.ts). */
type Places = Readonly<
  Record<
    | 'TEXT'
    | 'TEXT_BYTES'
    | 'FIELD_NAMES'
    | 'TS'
    | 'SEQ'
    | 'RES_ID'
    | 'CODE'
    | 'LINE'
    | 'OFFSET'
    | 'LENGTH'
    | 'FLAGS'
    | 'TUPLES'
    | 'VALUES',
    Counter
  >
>;

/** Sizes in layout.ts, in bytes; there are as many values as tuples. */
const MAX_TUPLES = 16_384;
const TUPLE_BYTES = 32;
const VALUE_BYTES = 48;

export class QuickLane {
  /** How many bytes of lines it takes at once. */
  readonly textBytes: number;
  readonly #exports: Exports;
  readonly #text: number;
  readonly #tuplesAt: number;
  readonly #valuesAt: number;
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;
  readonly #rows: Rows;
  /** What was read of the module's values and tuples, by their numbers there. */
  #texts: string[] = [];
  #tuples: Tuple[] = [];
  /** By the module's number of a tuple (of a node's value, where only those are read): its code in `#dictionary`, or -1. */
  readonly #codes = new Int32Array(MAX_TUPLES).fill(-1);
  #dictionary: TupleDictionary | undefined;
  #onlyNodes = false;
  #at = 0;
  #to = 0;

  constructor() {
    const module = new WebAssembly.Module(readBase64(scanLinesWasm));
    const exports = new WebAssembly.Instance(module).exports as unknown as Exports & Places;
    const { buffer } = exports.memory;
    const at = (place: keyof Places): number => exports[place].value;
    this.#exports = exports;
    this.textBytes = at('TEXT_BYTES');
    this.#text = at('TEXT');
    this.#tuplesAt = at('TUPLES') / 4;
    this.#valuesAt = at('VALUES') / 4;
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Uint32Array(buffer);
    const maxRows = (at('SEQ') - at('TS')) / 8;
    this.#rows = {
      tsMicros: new Float64Array(buffer, at('TS'), maxRows),
      seq: new Float64Array(buffer, at('SEQ'), maxRows),
      resId: new Float64Array(buffer, at('RES_ID'), maxRows),
      code: new Uint32Array(buffer, at('CODE'), maxRows),
      line: new Uint32Array(buffer, at('LINE'), maxRows),
      offset: new Uint32Array(buffer, at('OFFSET'), maxRows),
      length: new Uint32Array(buffer, at('LENGTH'), maxRows),
      flags: new Uint8Array(buffer, at('FLAGS'), maxRows),
    };
    for (const [field, name] of FIELD_NAMES.entries()) {
      const place = at('FIELD_NAMES') + field * 16;
      for (let i = 0; i < name.length; i++) this.#bytes[place + i] = name.charCodeAt(i);
      this.#bytes[place + 15] = name.length;
    }
    this.#forget();
  }

  /** Whether rows are to have their node alone of a tuple, and no record. */
  setOnlyNodes(onlyNodes: boolean): void {
    if (onlyNodes === this.#onlyNodes) return;
    this.#onlyNodes = onlyNodes;
    this.#exports.setOnlyNodes(Number(onlyNodes));
    this.#forget();
  }

  /** Takes whole lines, at most `textBytes`, as the next to be read. */
  load(lines: Uint8Array): void {
    this.#bytes.set(lines, this.#text);
    this.#at = this.#text;
    this.#to = this.#text + lines.length;
    // Nothing of longer text that lay here before must complete the last line.
    this.#bytes[this.#to] = 0;
  }

  /**
   * Reads lines up to the first that is not for this lane, and adds their rows; returns how many lines those were.
   * `line`: number of the next line in its batch; `offset`: place of the loaded lines in it.
   */
  read(line: number, offset: number, columns: Columns, dictionary: TupleDictionary): number {
    const exports = this.#exports;
    let taken = 0;
    if (dictionary !== this.#dictionary) {
      this.#dictionary = dictionary;
      this.#codes.fill(-1);
    }
    for (;;) {
      // A u32 that wraps: what is added may be negative.
      this.#at = exports.scan(this.#at, this.#to, line + taken, offset - this.#text);
      taken += exports.lines.value;
      const rows = exports.rows.value;
      const wasFull = exports.isFull.value !== 0;
      if (rows > 0) {
        this.#numberTuples(rows, dictionary);
        columns.addRows(this.#rows, rows);
        exports.rows.value = 0;
      }
      if (wasFull) {
        this.#forget();
      } else if (this.#at === this.#to || rows < this.#rows.seq.length) {
        return taken;
      }
    }
  }

  /** How far into the loaded lines it has come. */
  get readBytes(): number {
    return this.#at - this.#text;
  }

  /** Goes on behind a line that was read elsewhere. */
  skip(bytes: number): void {
    this.#at += bytes;
  }

  /** Turns the module's numbers of tuples into codes of the batch's dictionary. */
  #numberTuples(rows: number, dictionary: TupleDictionary): void {
    const codes = this.#codes;
    const code = this.#rows.code;
    for (let row = 0; row < rows; row++) {
      const number = code[row]!;
      if (codes[number] === -1) {
        this.#tuples[number] ??= this.#readTuple(number);
        codes[number] = dictionary.add(this.#tuples[number]);
      }
      code[row] = codes[number]!;
    }
  }

  #readTuple(number: number): Tuple {
    if (this.#onlyNodes)
      return { node: this.#textOf(number), model: '', action: '', userId: '', userLogin: '' };
    const at = this.#tuplesAt + (number * TUPLE_BYTES) / 4;
    const [node, model, action, userId, userLogin] = this.#words.subarray(at, at + 5);
    return {
      node: this.#textOf(node!),
      model: this.#textOf(model!),
      action: this.#textOf(action!),
      userId: this.#textOf(userId!),
      userLogin: this.#textOf(userLogin!),
    };
  }

  #textOf(value: number): string {
    this.#texts[value] ??= this.#readValue(value);
    return this.#texts[value];
  }

  #readValue(value: number): string {
    const at = this.#valuesAt + (value * VALUE_BYTES) / 4;
    const from = this.#words[at]!;
    return readText(this.#bytes.subarray(from, from + this.#words[at + 1]!));
  }

  /** Starts the module's dictionaries again: they are full. */
  #forget(): void {
    this.#exports.forget();
    this.#codes.fill(-1);
    this.#tuples = [];
    // Number 0 is an absent value.
    this.#texts = [''];
  }
}

function readBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

let lane: QuickLane | undefined;

/** The thread's lane: it keeps nothing between two calls but what it learnt. */
export function openQuickLane(): QuickLane {
  lane ??= new QuickLane();
  return lane;
}
