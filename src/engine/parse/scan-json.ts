/**
 * Checks one JSON object, byte by byte and to its end, and notes where the values of its top-level keys lie.
 *
 * The grammar is RFC 8259's with what Python's `json` adds: `NaN`, `Infinity`, `-Infinity`. Strings must be valid
 * UTF-8 (RFC 3629). Duplicate keys are legal; the last one counts, as in Python and JSON.parse. No recursion: nesting
 * is a stack of bits, so depth costs memory and never the call stack.
 */
import type { MalformedReason } from '../batch.ts';

/** Keys with a column of their own, or that tell the dialect; the index is the field's number. */
export const FIELD_NAMES = [
  'seq',
  'ts',
  'node',
  'model',
  'res_id',
  'method',
  'action',
  'user_id',
  'user_login',
  'type',
  'data',
  'old_values',
  'new_values',
] as const;
export const SEQ = 0;
export const TS = 1;
export const NODE = 2;
export const MODEL = 3;
export const RES_ID = 4;
export const METHOD = 5;
export const ACTION = 6;
export const USER_ID = 7;
export const USER_LOGIN = 8;
export const TYPE = 9;
export const DATA = 10;
export const OLD_VALUES = 11;
export const NEW_VALUES = 12;
const FIELDS = FIELD_NAMES.length;

/** Python's own writer stops near depth 1,000. */
const MAX_DEPTH = 10_000;

const encoder = new TextEncoder();
const FIELD_BYTES = FIELD_NAMES.map((name) => encoder.encode(name));
/** Fields by the length of their name: a key is compared with two or three names at most. */
const FIELDS_OF_LENGTH = Array.from({ length: 16 }, (_, length) =>
  FIELD_BYTES.flatMap((bytes, field) => (bytes.length === length ? [field] : [])),
);

/** What a byte means inside a string: 0 itself, 1 the closing quote, 2 a backslash, 3 a control, 4 the start of UTF-8. */
const IN_STRING = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  IN_STRING[byte] = byte === 0x22 ? 1 : byte === 0x5c ? 2 : byte < 0x20 ? 3 : byte >= 0x80 ? 4 : 0;
}

/** One scanner is reused for all lines of a file; its public fields hold the result of the last scan. */
export class JsonScanner {
  /** Where each field's value lies, quotes included; -1 where the key was not seen. */
  readonly from = new Int32Array(FIELDS);
  readonly to = new Int32Array(FIELDS);
  /** Where scanning stopped: one past the closing brace, or the offending byte. */
  position = 0;
  reason: MalformedReason = 'not-json';

  #bytes: Uint8Array = new Uint8Array(0);
  #end = 0;
  readonly #isObject = new Uint8Array(MAX_DEPTH + 1);

  /** Scans the object that begins at `start`; false with a reason where it is not whole by `end`. */
  scanObject(bytes: Uint8Array, start: number, end: number): boolean {
    this.#begin(bytes, end);
    if (start >= end || bytes[start] !== 0x7b) return this.#fail('not-json', start);
    return this.#scanMembers(start + 1, true);
  }

  /** Scans the rest of an object whose beginning is lost, from a key's opening quote on. */
  scanTail(bytes: Uint8Array, start: number, end: number): boolean {
    this.#begin(bytes, end);
    return this.#scanMembers(start, false);
  }

  #begin(bytes: Uint8Array, end: number): void {
    this.#bytes = bytes;
    this.#end = end;
    this.from.fill(-1);
    this.to.fill(-1);
  }

  #fail(reason: MalformedReason, position: number): false {
    this.reason = position >= this.#end ? 'torn' : reason;
    this.position = Math.min(position, this.#end);
    return false;
  }

  #scanMembers(start: number, emptyAllowed: boolean): boolean {
    const bytes = this.#bytes;
    const end = this.#end;
    const isObject = this.#isObject;
    let depth = 1;
    isObject[1] = 1;
    let p = this.#skipSpace(start);
    let field = -1;
    let valueFrom = 0;
    // `{` or `[` was just read: its first member or its end may follow.
    let opened = emptyAllowed;
    for (;;) {
      // A member begins at p, or the container ends.
      let closes = false;
      if (opened && p < end && bytes[p] === (isObject[depth] === 1 ? 0x7d : 0x5d)) {
        closes = true;
      } else {
        if (isObject[depth] === 1) {
          if (p >= end || bytes[p] !== 0x22) return this.#fail('not-json', p);
          const keyFrom = p + 1;
          p = this.#scanString(keyFrom);
          if (p < 0) return false;
          if (depth === 1) field = findField(bytes, keyFrom, p - 1);
          p = this.#skipSpace(p);
          if (p >= end || bytes[p] !== 0x3a) return this.#fail('not-json', p);
          p = this.#skipSpace(p + 1);
        }
        if (depth === 1) valueFrom = p;
        if (p >= end) return this.#fail('torn', p);
        const byte = bytes[p]!;
        if (byte === 0x22) {
          p = this.#scanString(p + 1);
        } else if (byte === 0x7b || byte === 0x5b) {
          if (depth === MAX_DEPTH) return this.#fail('too-deep', p);
          depth++;
          isObject[depth] = byte === 0x7b ? 1 : 0;
          p = this.#skipSpace(p + 1);
          opened = true;
          continue;
        } else {
          p = byte === 0x2d || (byte >= 0x30 && byte <= 0x39) ? this.#scanNumber(p) : this.#scanWord(p);
        }
        if (p < 0) return false;
      }
      // A value, or an empty container at p, has ended; so may the containers around it.
      for (;;) {
        if (closes) {
          p++;
          depth--;
          if (depth === 0) {
            this.position = p;
            return true;
          }
        }
        const valueTo = p;
        p = p < end && bytes[p]! > 0x20 ? p : this.#skipSpace(p);
        if (p >= end) return this.#fail('torn', p);
        const byte = bytes[p]!;
        const isEnd = byte === (isObject[depth] === 1 ? 0x7d : 0x5d);
        if (!isEnd && byte !== 0x2c) return this.#fail('not-json', p);
        // Only now is a number known to be whole: a torn `"seq": 12` may have been 128.
        if (depth === 1 && field >= 0) {
          this.from[field] = valueFrom;
          this.to[field] = valueTo;
          field = -1;
        }
        if (!isEnd) break;
        closes = true;
      }
      p = this.#skipSpace(p + 1);
      opened = false;
    }
  }

  #skipSpace(start: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let p = start;
    while (p < end) {
      const byte = bytes[p]!;
      if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d && byte !== 0x0a) break;
      p++;
    }
    return p;
  }

  /** From after the opening quote to after the closing one; -1 after a failure. */
  #scanString(start: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let p = start;
    for (;;) {
      while (p < end && IN_STRING[bytes[p]!] === 0) p++;
      if (p >= end) return this.#stop('torn', p);
      const meaning = IN_STRING[bytes[p]!]!;
      if (meaning === 1) return p + 1;
      if (meaning === 3) return this.#stop(bytes[p] === 0 ? 'nul-bytes' : 'control-character', p);
      if (meaning === 4) {
        const next = skipUtf8(bytes, p, end);
        if (next < 0) return this.#stop(isCutUtf8(bytes, p, end) ? 'torn' : 'invalid-utf8', p);
        p = next;
      } else {
        const escaped = p + 1 < end ? bytes[p + 1]! : -1;
        if (escaped === 0x75) {
          for (let digit = p + 2; digit < p + 6; digit++) {
            if (digit >= end || !isHexDigit(bytes[digit]!)) return this.#stop('not-json', digit);
          }
          p += 6;
        } else if (escaped >= 0 && isSimpleEscape(escaped)) {
          p += 2;
        } else {
          return this.#stop('not-json', p + 1);
        }
      }
    }
  }

  #stop(reason: MalformedReason, position: number): -1 {
    this.#fail(reason, position);
    // A string cut inside a character is torn, though bytes of the character are left.
    if (reason === 'torn') this.reason = 'torn';
    return -1;
  }

  /** `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`, or `-Infinity`. */
  #scanNumber(start: number): number {
    const bytes = this.#bytes;
    let p = start;
    if (bytes[p] === 0x2d) {
      p++;
      if (p < this.#end && bytes[p] === 0x49) return this.#scanWord(p);
    }
    const whole = p;
    p = this.#skipDigits(p);
    if (p === whole || (bytes[whole] === 0x30 && p > whole + 1)) return this.#stop('not-json', p);
    if (p < this.#end && bytes[p] === 0x2e) {
      const fraction = p + 1;
      p = this.#skipDigits(fraction);
      if (p === fraction) return this.#stop('not-json', p);
    }
    if (p < this.#end && (bytes[p] === 0x65 || bytes[p] === 0x45)) {
      p++;
      if (p < this.#end && (bytes[p] === 0x2b || bytes[p] === 0x2d)) p++;
      const exponent = p;
      p = this.#skipDigits(exponent);
      if (p === exponent) return this.#stop('not-json', p);
    }
    return p;
  }

  #skipDigits(start: number): number {
    const bytes = this.#bytes;
    let p = start;
    while (p < this.#end && bytes[p]! >= 0x30 && bytes[p]! <= 0x39) p++;
    return p;
  }

  /** `true`, `false`, `null`, `NaN`, `Infinity`. */
  #scanWord(start: number): number {
    const bytes = this.#bytes;
    const word = WORDS[bytes[start]!];
    if (word === undefined) return this.#stop(bytes[start] === 0 ? 'nul-bytes' : 'not-json', start);
    for (let i = 1; i < word.length; i++) {
      if (start + i >= this.#end || bytes[start + i] !== word[i]) return this.#stop('not-json', start + i);
    }
    return start + word.length;
  }
}

const WORDS: readonly (Uint8Array | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const word = ['true', 'false', 'null', 'NaN', 'Infinity'].find((text) => text.charCodeAt(0) === byte);
  return word === undefined ? undefined : encoder.encode(word);
});

function findField(bytes: Uint8Array, from: number, to: number): number {
  const candidates = FIELDS_OF_LENGTH[to - from];
  if (candidates === undefined) return -1;
  for (let i = 0; i < candidates.length; i++) {
    const name = FIELD_BYTES[candidates[i]!]!;
    let at = 0;
    while (at < name.length && name[at] === bytes[from + at]) at++;
    if (at === name.length) return candidates[i]!;
  }
  return -1;
}

function isSimpleEscape(byte: number): boolean {
  // " \ / b f n r t
  return (
    byte === 0x22 ||
    byte === 0x5c ||
    byte === 0x2f ||
    byte === 0x62 ||
    byte === 0x66 ||
    byte === 0x6e ||
    byte === 0x72 ||
    byte === 0x74
  );
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}

/** RFC 3629, table in section 4: no overlong form, no surrogate, nothing above U+10FFFF. -1 where it is none. */
function skipUtf8(bytes: Uint8Array, p: number, end: number): number {
  const lead = bytes[p]!;
  const length = utf8Length(lead);
  if (length === 0 || p + length > end) return -1;
  const second = bytes[p + 1]!;
  if (second < (lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80)) return -1;
  if (second > (lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf)) return -1;
  for (let i = 2; i < length; i++) if ((bytes[p + i]! & 0xc0) !== 0x80) return -1;
  return p + length;
}

function utf8Length(lead: number): number {
  return lead >= 0xc2 && lead <= 0xdf
    ? 2
    : lead >= 0xe0 && lead <= 0xef
      ? 3
      : lead >= 0xf0 && lead <= 0xf4
        ? 4
        : 0;
}

/** The line ends inside a character that was right so far. */
function isCutUtf8(bytes: Uint8Array, p: number, end: number): boolean {
  const length = utf8Length(bytes[p]!);
  if (length === 0 || p + length <= end) return false;
  for (let i = p + 1; i < end; i++) if ((bytes[i]! & 0xc0) !== 0x80) return false;
  return true;
}
