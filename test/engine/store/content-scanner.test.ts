/** Scans by WebAssembly against the needle's pattern alone; and rows that run on from block to block. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCK_BYTES } from '../../../src/engine/base/block-codec.ts';
import { openEngine } from '../../../src/engine/engine.ts';
import { ContentScanner } from '../../../src/engine/store/content-scanner.ts';
import { compileNeedle, GRAM_SLOTS } from '../../../src/engine/store/needle.ts';

/** Few characters, so that texts are found: both cases, what differs from a letter by the bit of case, escapes, UTF-8. */
const pieces = [
  'a',
  'A',
  'b',
  'B',
  'z',
  'Z',
  '[',
  '{',
  '@',
  '`',
  ' ',
  '1',
  '"',
  '\\',
  '\\u00f1',
  'ñ',
  'Ñ',
  '\n',
];
const content = fc
  .array(fc.constantFrom(...pieces), { maxLength: 400 })
  .map((all) => Buffer.from(all.join('')));
const plainText = fc.array(fc.constantFrom('a', 'A', 'b', 'z', '[', '{', '@', '`', ' ', '1'), {
  minLength: 1,
  maxLength: 40,
});
const anyText = fc.array(fc.constantFrom('a', 'B', '"', '\\', 'ñ', 'Ñ', '1'), { minLength: 1, maxLength: 4 });

/** Every place of the pattern, overlapping ones too. */
function listPlaces(bytes: Buffer, text: string): number[] {
  const { pattern } = compileNeedle(text);
  const all = bytes.toString('latin1');
  const places: number[] = [];
  for (let at = 0; at <= all.length; at++) {
    pattern.lastIndex = at;
    const found = pattern.exec(all);
    if (!found) break;
    at = found.index;
    places.push(at);
  }
  return places;
}

function scan(scanner: ContentScanner, from = 0): number[] {
  const places: number[] = [];
  for (let at = scanner.find(from); at >= 0; at = scanner.find(at + 1)) places.push(at);
  return places;
}

test('what is plain is found just where the pattern finds it', () => {
  const scanner = new ContentScanner();
  const property = fc.property(content, plainText, fc.nat(400), fc.nat(40), (bytes, all, cut, from) => {
    // A piece of the content makes sure of a find.
    const texts = [
      all.join(''),
      bytes.toString('latin1', cut, cut + 3 + from).replace(/[^ !#-.0-[\]-~]/g, ''),
    ];
    for (const text of texts.filter((each) => each !== '')) {
      scanner.aim(compileNeedle(text));
      scanner.load(bytes, 0);
      const expected = listPlaces(bytes, text).filter((place) => place >= from);
      expect(scan(scanner, from)).toEqual(expected);
    }
  });
  fc.assert(property, { numRuns: 2000 });
});

test('where a text is not plain, no place of the pattern is passed over', () => {
  const scanner = new ContentScanner();
  const property = fc.property(content, anyText, (bytes, all) => {
    const text = all.join('');
    const needle = compileNeedle(text);
    scanner.aim(needle);
    scanner.load(bytes, 0);
    const found = scan(scanner);
    for (const place of listPlaces(bytes, text)) {
      const isNear = found.some((at) => at >= place && at < place + needle.maxBytes);
      expect(isNear).toBe(true);
      expect(scanner.has(place, bytes.length)).toBe(true);
    }
    expect(scanner.has(0, bytes.length)).toBe(listPlaces(bytes, text).length > 0);
  });
  fc.assert(property, { numRuns: 2000 });
});

test('content that comes in parts is found as if it came in one', () => {
  const scanner = new ContentScanner();
  const property = fc.property(content, plainText, fc.nat(400), (bytes, all, cut) => {
    const needle = compileNeedle(all.slice(0, 3).join(''));
    scanner.aim(needle);
    scanner.load(bytes.subarray(0, cut), 0);
    const found = scan(scanner);
    const kept = Math.min(scanner.length, needle.maxBytes - 1);
    const base = scanner.length - kept;
    scanner.load(bytes.subarray(cut), kept);
    found.push(...scan(scanner).map((place) => base + place));
    expect(found).toEqual(listPlaces(bytes, all.slice(0, 3).join('')));
  });
  fc.assert(property, { numRuns: 1000 });
});

test('the grams of content are those that needles ask for', () => {
  const scanner = new ContentScanner();
  const characters = fc.array(fc.constantFrom('a', 'Q', '1', '2', '9', '0', ':', ' '), { maxLength: 60 });
  const property = fc.property(characters, (all) => {
    const text = all.join('');
    scanner.load(Buffer.from(text), 0);
    const bits = scanner.listGrams();
    const slots = Array.from({ length: GRAM_SLOTS }, (_, slot) => slot);
    const set = slots.filter((slot) => (bits[slot >> 3]! & (1 << (slot & 7))) !== 0);
    // Together and one by one: a needle asks for nothing that is not there, and content holds nothing else.
    const whole = text === '' ? [] : compileNeedle(text).grams;
    const each = all.slice(3).map((_, i) => compileNeedle(text.slice(i, i + 4)).grams[0]!);
    expect(set).toEqual([...new Set(each)].sort((a, b) => a - b));
    expect([...whole].sort((a, b) => a - b)).toEqual(set);
  });
  fc.assert(property, { numRuns: 100 });
});

test('a line that is longer than a block is found by what stands across its blocks', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-scan-'));
  const evidence = join(directory, 'audit');
  mkdirSync(evidence);
  const line = (seq: number, note: string): string =>
    `{"seq": ${seq}, "ts": "2025-02-10T00:00:0${seq}.000000+00:00", "node": "n", "model": "m", "res_id": 1, "method": "write", "user_id": 3, "user_login": "a", "old_values": {}, "new_values": {"note": "${note}"}}\n`;
  const head = line(1, '').indexOf('""') + 1;
  // The word lies about the end of a block, or inside of one.
  const word = 'Zu\\u00f1iga';
  const lines = Array.from({ length: 9 }, (_, cut) => {
    const before = cut === 0 ? BLOCK_BYTES - head - word.length + 1 : 2 * BLOCK_BYTES + cut - head - 14;
    return line(cut + 1, `${'x'.repeat(before)}${word}${'y'.repeat(BLOCK_BYTES)}`);
  });
  // Malformed lines hold it too, and are no rows.
  const malformed = `{"note": "${word}"\n`;
  writeFileSync(join(evidence, 'audit-2025-02-10.jsonl'), malformed + lines.join(malformed) + malformed);
  const engine = openEngine({ workspace: join(directory, 'w.unbroken'), evidence: [evidence] });
  try {
    await engine.importPaths([evidence], { signal: new AbortController().signal });
    for (const text of ['ZUÑIGA', 'iga', 'f1IG', 'xZu', 'uñig', 'ñ', 'igay', 'gayy']) {
      expect(engine.entries.count({ text }), text).toBe(9);
      await engine.search.makeFilters();
      await engine.search.run({ text });
      expect(engine.entries.count({ text }), text).toBe(9);
    }
    expect(engine.entries.count({ text: 'igaz' })).toBe(0);
    expect(engine.entries.count({ text: 'ñigaz' })).toBe(0);
  } finally {
    await engine.close();
    rmSync(directory, { recursive: true, force: true });
  }
});
