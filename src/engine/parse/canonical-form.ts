/**
 * What an entry says, apart from how it is spelled: two lines with the same form are the same entry. Key order,
 * spacing and escapes do not count; numbers count as written (`1.0` is not `1`).
 */

/** Deeper values are compared as text: recursion must not meet a hostile line's depth. */
const MAX_DEPTH = 200;

const decoder = new TextDecoder();

/** The form as text; a line that is not JSON is its own form. */
export function canonicalForm(bytes: Uint8Array): string {
  const text = decoder.decode(bytes);
  try {
    return new FormReader(text).read();
  } catch {
    return text;
  }
}

class FormReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): string {
    const form = this.#readValue(0);
    if (this.#peek() !== '') throw new SyntaxError('text after the value');
    return form;
  }

  #peek(): string {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? '-')) this.#at++;
    return this.#text[this.#at] ?? '';
  }

  #take(expected: string): void {
    if (this.#peek() !== expected) throw new SyntaxError(`no ${expected}`);
    this.#at++;
  }

  #readValue(depth: number): string {
    if (depth > MAX_DEPTH) throw new SyntaxError('too deep');
    const first = this.#peek();
    if (first === '"') return JSON.stringify(this.#readString());
    if (first === '[') return `[${this.#readItems(']', () => this.#readValue(depth + 1)).join()}]`;
    if (first === '{') {
      const members = this.#readItems('}', () => {
        const key = JSON.stringify(this.#readString());
        this.#take(':');
        return { key, value: this.#readValue(depth + 1) };
      });
      // Equal keys stay in their order: the last one counts, and a different last one is a different entry.
      members.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
      return `{${members.map(({ key, value }) => `${key}:${value}`).join()}}`;
    }
    const word = /[^\s,\]}]+/y;
    word.lastIndex = this.#at;
    const match = word.exec(this.#text);
    if (!match) throw new SyntaxError('no value');
    this.#at = word.lastIndex;
    return match[0];
  }

  #readItems<T>(end: string, readItem: () => T): T[] {
    const items: T[] = [];
    this.#at++;
    if (this.#peek() === end) {
      this.#at++;
      return items;
    }
    for (;;) {
      items.push(readItem());
      if (this.#peek() === end) break;
      this.#take(',');
    }
    this.#at++;
    return items;
  }

  #readString(): string {
    this.#peek();
    const string = /"(?:[^"\\]|\\.)*"/sy;
    string.lastIndex = this.#at;
    const match = string.exec(this.#text);
    if (!match) throw new SyntaxError('no string');
    this.#at = string.lastIndex;
    return JSON.parse(match[0]) as string;
  }
}
