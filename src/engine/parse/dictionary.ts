/**
 * Dictionaries from bytes to small codes, without a string per entry: values such as a node or a model repeat by the
 * million. A string is decoded once, when its bytes are first seen.
 */
import type { Tuple } from '../batch.ts';

const decoder = new TextDecoder();

/** Values remembered by a glance at them; a power of two. */
const RECENT = 1024;

/** Interns JSON values by their written bytes; codes count from 1, and 0 stands for an absent value. */
export class ByteDictionary {
  readonly texts: string[] = [''];
  readonly #recent = new Int32Array(RECENT);
  #slots = new Int32Array(256);
  #hashes = new Int32Array(128);
  #keys: Uint8Array[] = [new Uint8Array(0)];

  /** The code of the value at [from, to), which is decoded as a JSON string where it is one. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    if (from < 0) return 0;
    // A value seen lately is found by three of its bytes and compared once, without a hash over all of them.
    const glance =
      ((to - from) * 31 + bytes[to - 2]! * 7 + bytes[to - 3]! * 3 + bytes[(from + to) >> 1]!) & (RECENT - 1);
    const recent = this.#recent[glance]!;
    if (recent !== 0 && hasBytes(this.#keys[recent]!, bytes, from, to)) return recent;
    const code = this.#find(bytes, from, to);
    this.#recent[glance] = code;
    return code;
  }

  #find(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashBytes(bytes, from, to);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = this.#slots[slot]!;
      if (code === 0) break;
      if (this.#hashes[code] === hash && hasBytes(this.#keys[code]!, bytes, from, to)) return code;
      slot = (slot + 1) & mask;
    }
    return this.#add(bytes.slice(from, to), hash);
  }

  #add(key: Uint8Array, hash: number): number {
    const code = this.texts.length;
    this.texts.push(readText(key));
    this.#keys.push(key);
    if (code >= this.#hashes.length) {
      const larger = new Int32Array(this.#hashes.length * 2);
      larger.set(this.#hashes);
      this.#hashes = larger;
    }
    this.#hashes[code] = hash;
    if (code * 2 > this.#slots.length) this.#grow();
    else this.#place(code);
    return code;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let code = 1; code < this.texts.length; code++) this.#place(code);
  }

  #place(code: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hashes[code]! & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = code;
  }
}

const COLUMNS = 5;

/** One code for the five text columns that repeat together; the quick lane and the plain one may each give a tuple a code. */
export class TupleDictionary {
  readonly tuples: Tuple[] = [];
  readonly node = new ByteDictionary();
  readonly model = new ByteDictionary();
  readonly action = new ByteDictionary();
  readonly userId = new ByteDictionary();
  readonly userLogin = new ByteDictionary();
  /** Codes of a tuple's columns, in the order above: the caller fills them and asks `intern`. */
  readonly wanted = new Int32Array(COLUMNS);
  #slots = new Int32Array(256);
  #parts = new Int32Array(128 * COLUMNS);
  /** By the number of the parts. */
  readonly #codes: number[] = [];

  /** Gives a tuple that was told apart elsewhere its code. */
  add(tuple: Tuple): number {
    return this.tuples.push(tuple) - 1;
  }

  /** The code, from 0, of the tuple in `wanted`. */
  intern(): number {
    const wanted = this.wanted;
    const parts = this.#parts;
    const mask = this.#slots.length - 1;
    let slot = hashCodes(wanted, 0) & mask;
    for (;;) {
      const number = this.#slots[slot]! - 1;
      if (number < 0) return this.#addWanted();
      const at = number * COLUMNS;
      let same = 0;
      while (same < COLUMNS && parts[at + same] === wanted[same]) same++;
      if (same === COLUMNS) return this.#codes[number]!;
      slot = (slot + 1) & mask;
    }
  }

  #addWanted(): number {
    const [node, model, action, userId, userLogin] = this.wanted;
    const code = this.add({
      node: this.node.texts[node!]!,
      model: this.model.texts[model!]!,
      action: this.action.texts[action!]!,
      userId: this.userId.texts[userId!]!,
      userLogin: this.userLogin.texts[userLogin!]!,
    });
    const number = this.#codes.push(code) - 1;
    if ((number + 1) * COLUMNS > this.#parts.length) {
      const larger = new Int32Array(this.#parts.length * 2);
      larger.set(this.#parts);
      this.#parts = larger;
    }
    this.#parts.set(this.wanted, number * COLUMNS);
    if ((number + 1) * 2 > this.#slots.length) {
      this.#slots = new Int32Array(this.#slots.length * 2);
      for (let earlier = 0; earlier < number; earlier++) this.#place(earlier);
    }
    this.#place(number);
    return code;
  }

  #place(number: number): void {
    const mask = this.#slots.length - 1;
    let slot = hashCodes(this.#parts, number * COLUMNS) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number + 1;
  }
}

function hashCodes(codes: Int32Array, at: number): number {
  let hash = 0x9e3779b9 | 0;
  for (let i = at; i < at + COLUMNS; i++) hash = Math.imul(hash ^ codes[i]!, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

/** A JSON string's text; any other value's own characters. */
export function readText(written: Uint8Array): string {
  const text = decoder.decode(written);
  if (written[0] !== 0x22) return text;
  return text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1);
}

/** FNV-1a over the bytes, 32 bits. */
function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let p = from; p < to; p++) hash = Math.imul(hash ^ bytes[p]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

function hasBytes(key: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (key.length !== to - from) return false;
  for (let i = 0; i < key.length; i++) if (key[i] !== bytes[from + i]) return false;
  return true;
}
