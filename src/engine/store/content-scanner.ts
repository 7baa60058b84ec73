/**
 * Content in which texts are looked for: what is plain of a text by WebAssembly (assembly/find-text.ts), the rest by the
 * needle's pattern, which alone would find the same.
 */
import { findTextWasm } from './find-text.wasm.ts';
import { compileNeedle, type Needle } from './needle.ts';

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly TEXT: { readonly value: number };
  readonly CASES: { readonly value: number };
  readonly CONTENT: { readonly value: number };
  readonly BITS: { readonly value: number };
  readonly BITS_BYTES: { readonly value: number };
  find(from: number, to: number, length: number, first: number, second: number): number;
  markGrams(to: number): void;
}

/** Content turned into a string at once: larger ones leave the processor's cache, and took five times as long. */
const WINDOW_BYTES = 32 * 1024;
const PAGE_BYTES = 64 * 1024;
/** Loaded at once behind the content's last byte. */
const PADDING = 16;
/** What is common in logs, the most common last: a scan looks for the two bytes of a text that are rarest. */
const COMMON = 'jzvkfyqxhb9w86c7g4{}5-.3_1u2impltnasdo,0:re ';

export class ContentScanner {
  /** Bytes of content. */
  length = 0;
  readonly #exports: Exports;
  readonly #start: number;
  #bytes: Buffer;
  #needle = compileNeedle(' ');
  #first = 0;
  #second = 0;
  /** What the pattern looked at last: a stretch of the content, and where it begins. */
  #window = '';
  #windowAt = 0;

  constructor() {
    const wasm = new WebAssembly.Module(Buffer.from(findTextWasm, 'base64'));
    this.#exports = new WebAssembly.Instance(wasm).exports as unknown as Exports;
    this.#start = this.#exports.CONTENT.value;
    this.#bytes = Buffer.from(this.#exports.memory.buffer);
  }

  /** Begins anew, with what is to be found; there is no content yet. */
  aim(needle: Needle): void {
    this.length = 0;
    this.#needle = needle;
    const text = this.#exports.TEXT.value;
    const cases = this.#exports.CASES.value;
    const { plain } = needle;
    for (let i = 0; i < plain.length; i++) {
      this.#bytes[text + i] = plain.charCodeAt(i);
      this.#bytes[cases + i] = /[a-z]/.test(plain[i]!) ? 0x20 : 0;
    }
    const places = Array.from(plain, (_, i) => i).sort(
      (a, b) => COMMON.indexOf(plain[a]!) - COMMON.indexOf(plain[b]!),
    );
    this.#first = places[0] ?? 0;
    this.#second = places[1] ?? this.#first;
  }

  /** Takes more content behind the last `kept` bytes of what there is. */
  load(more: Uint8Array, kept: number): void {
    const end = this.#start + kept + more.length + PADDING;
    if (end > this.#bytes.length) {
      this.#exports.memory.grow(Math.ceil((end - this.#bytes.length) / PAGE_BYTES));
      this.#bytes = Buffer.from(this.#exports.memory.buffer);
    }
    this.#bytes.copyWithin(this.#start, this.#start + this.length - kept, this.#start + this.length);
    this.#bytes.set(more, this.#start + kept);
    this.length = kept + more.length;
    this.#window = '';
  }

  /** The first place from `from` on where the text may be: is where it is plain, begins or goes on where it is not; or -1. */
  find(from: number): number {
    const { plain } = this.#needle;
    if (from >= this.length) return -1;
    if (plain === '') return this.#findPattern(from);
    const end = this.#start + this.length;
    const place = this.#exports.find(this.#start + from, end, plain.length, this.#first, this.#second);
    return place === end ? -1 : place - this.#start;
  }

  /** Whether the text is somewhere in [from, to), as far as there is content. */
  has(from: number, to: number): boolean {
    const { pattern } = this.#needle;
    pattern.lastIndex = 0;
    return pattern.test(this.#slice(from, to));
  }

  /** A bit for each slot of the 4-grams that are there, upper case taken as lower; until the next call. */
  listGrams(): Uint8Array {
    const { BITS, BITS_BYTES } = this.#exports;
    this.#exports.markGrams(this.#start + this.length);
    return this.#bytes.subarray(BITS.value, BITS.value + BITS_BYTES.value);
  }

  #findPattern(from: number): number {
    const { pattern, maxBytes } = this.#needle;
    for (let at = from; at < this.length; at = this.#windowAt + WINDOW_BYTES) {
      if (this.#window === '' || at >= this.#windowAt + WINDOW_BYTES) {
        this.#windowAt = at;
        this.#window = this.#slice(at, at + WINDOW_BYTES + maxBytes - 1);
      }
      pattern.lastIndex = at - this.#windowAt;
      const found = pattern.exec(this.#window);
      if (found && found.index < WINDOW_BYTES) return this.#windowAt + found.index;
    }
    return -1;
  }

  #slice(from: number, to: number): string {
    const [start, end] = [Math.max(from, 0), Math.min(to, this.length)];
    return this.#bytes.toString('latin1', this.#start + start, this.#start + end);
  }
}

let scanner: ContentScanner | undefined;

/** The thread's scanner. */
export function openScanner(): ContentScanner {
  scanner ??= new ContentScanner();
  return scanner;
}
