/**
 * A text to search for, as a pattern over raw content: bytes taken as single-byte characters, so that places are offsets.
 *
 * A character beyond printable ASCII is found as UTF-8 and as a JSON escape, one with an upper and a lower case in both;
 * quote, backslash, slash and controls as themselves and as escapes. Printable ASCII is found as written: nothing that
 * writes JSON escapes it. What of a text is such is `plain`, which content is scanned for (content-scanner.ts).
 */

export interface Needle {
  /** Global. */
  readonly pattern: RegExp;
  /** Longest stretch of content that the pattern can match. */
  readonly maxBytes: number;
  /** The longest run of printable ASCII, its letters in lower case: every match holds it. Empty where there is none. */
  readonly plain: string;
  /** True where that is the whole text. */
  readonly isPlain: boolean;
  /** Slots of the 4-grams that every match holds, whatever way it is written. */
  readonly grams: Uint16Array;
}

/** 4-grams fall into so many slots: a block's filter has a bit for each. */
export const GRAM_SLOTS = 65_536;
const GRAM = 4;
/** Grams of digits alone have slots of their own, one each. */
const NUMBERS = 10 ** GRAM;
/** Longer runs are cut: a scan has room for so much. */
export const MAX_PLAIN = 1024;
/** Printable ASCII that JSON has no short escape for. */
const PLAIN = /^[ !#-.0-[\]-~]$/;
const SHORT_ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['\b', 'b'],
  ['\f', 'f'],
  ['\n', 'n'],
  ['\r', 'r'],
  ['\t', 't'],
]);
const utf8 = new TextEncoder();

/** Compiles a text that is not empty. */
export function compileNeedle(text: string): Needle {
  let source = '';
  let maxBytes = 0;
  let run = '';
  let plain = '';
  const grams = new Set<number>();
  for (const character of text) {
    const isPlain = PLAIN.test(character);
    const ways = isPlain
      ? [...new Set([character.toLowerCase(), character.toUpperCase()])]
      : listWays(character);
    source += ways.length === 1 ? escapeBytes(ways[0]!) : `(?:${ways.map(escapeBytes).join('|')})`;
    maxBytes += Math.max(...ways.map(({ length }) => length));
    run = isPlain ? run + character.toLowerCase() : '';
    if (run.length > plain.length && run.length <= MAX_PLAIN) plain = run;
    if (run.length >= GRAM) grams.add(slotOf(run.slice(-GRAM)));
  }
  const isPlain = plain.length === text.length;
  return { pattern: new RegExp(source, 'g'), maxBytes, plain, isPlain, grams: Uint16Array.from(grams) };
}

/** Slots behind those of numbers: most grams of a log are digits, and would take the slots of words. */
function slotOfWord(word: number): number {
  const hash = Math.imul(word, 0x9e3779b1) >>> 16;
  return NUMBERS + Math.floor((hash * (GRAM_SLOTS - NUMBERS)) / GRAM_SLOTS);
}

function slotOf(gram: string): number {
  if (/^\d+$/.test(gram)) return Number(gram);
  let word = 0;
  for (let i = 0; i < GRAM; i++) word = (word >>> 8) | (gram.charCodeAt(i) << 24);
  return slotOfWord(word);
}

/** How a character that is not plain can stand in a line, as single-byte characters. */
function listWays(character: string): string[] {
  const ways = new Set<string>();
  for (const variant of [character, character.toLowerCase(), character.toUpperCase()]) {
    ways.add(String.fromCharCode(...utf8.encode(variant)));
    const units = Array.from({ length: variant.length }, (_, i) => variant.charCodeAt(i).toString(16));
    const escaped = units.map((hex) => `\\u${hex.padStart(4, '0')}`).join('');
    ways.add(escaped);
    ways.add(escaped.toUpperCase().replaceAll('\\U', '\\u'));
    const short = SHORT_ESCAPES.get(variant);
    if (short !== undefined) ways.add(`\\${short}`);
  }
  return [...ways];
}

/** Every character by its code: none can mean anything in a pattern. */
function escapeBytes(text: string): string {
  return Array.from(text, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
}
