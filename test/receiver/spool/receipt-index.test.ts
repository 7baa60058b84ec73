import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReceiptIndex } from '../../../src/receiver/spool/receipt-index.ts';
import { hashPayload } from '../../../src/receiver/spool/spool-line.ts';

const first = '00'.repeat(32);
let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-index-'));
  file = join(directory, 'index.sqlite');
  const index = new ReceiptIndex(file);
  index.add([
    { sender: 'a', day: '2026-11-24', receipts: [{ sha256: '00'.repeat(32), line: 1 }], bytes: 9, lines: 1 },
  ]);
  index.close();
});

afterEach(() => rmSync(directory, { recursive: true }));

test('it is opened again where it was made, and after it was moved there', () => {
  const moved = join(directory, 'moved.sqlite');
  renameSync(file, moved);
  for (const name of [moved, moved]) {
    const index = new ReceiptIndex(name);
    expect(index.find('a', [first])).toEqual([{ sender: 'a', day: '2026-11-24', line: 1 }]);
    index.close();
  }
});

test('a copy is none: it may hold pages of different moments', () => {
  const copy = join(directory, 'copy.sqlite');
  cpSync(file, copy, { preserveTimestamps: true });
  expect(() => new ReceiptIndex(copy)).toThrow('a copy');
});

test('what waits in memory is found, and what is written is found after it; never one for another sender', () => {
  const index = new ReceiptIndex(file);
  const hash = (i: number): string => i.toString(16).padStart(64, '0');
  const many = Array.from({ length: 40_000 }, (_, i) => ({ sha256: hash(i + 1), line: i + 2 }));
  for (let at = 0; at < many.length; at += 5000)
    index.add([
      { sender: 'a', day: '2026-11-24', receipts: many.slice(at, at + 5000), bytes: at, lines: at + 5001 },
    ]);
  // The first receipt stands.
  index.add([{ sender: 'a', day: '2026-11-25', receipts: many.slice(0, 1), bytes: 1, lines: 1 }]);
  const check = (): void => {
    const wanted = [0, 1, 16_384, 39_999].map((i) => many[i]?.sha256 ?? '');
    expect(index.find('a', wanted)).toEqual(
      [0, 1, 16_384, 39_999].map((i) => ({ sender: 'a', day: '2026-11-24', line: i + 2 })),
    );
    expect(index.find('b', [first])).toEqual([undefined]);
    expect(index.find('a', [hash(50_000)])).toEqual([undefined]);
    expect(index.readFile('a', '2026-11-24')).toEqual({ bytes: 35_000, lines: 40_001 });
  };
  check();
  expect(index.listFiles().map(({ day }) => day)).toEqual(['2026-11-24', '2026-11-25']);
  check();
  index.removeFile('a', '2026-11-24');
  expect(index.find('a', [first, hash(1)])).toEqual([undefined, undefined]);
  index.close();
});

test('receipts of a day that is gone are none, make room for others, and are removed with time', () => {
  const index = new ReceiptIndex(file);
  const hash = (i: number): string => (i * 7919).toString(16).padStart(64, '0');
  const of = (day: string, from: number, count: number) => ({
    ...{ sender: 'a', day, bytes: count, lines: count },
    receipts: Array.from({ length: count }, (_, i) => ({ sha256: hash(from + i), line: i + 1 })),
  });
  index.add([of('2026-11-01', 1, 60_000)]);
  index.removeFile('a', '2026-11-01');
  const wanted = [1, 2].map(hash);
  expect(index.find('a', wanted)).toEqual([undefined, undefined]);
  index.add([of('2026-11-02', 2, 40_000)]);
  const again = { sender: 'a', day: '2026-11-02', line: 1 };
  expect(index.find('a', wanted)).toEqual([undefined, again]);
  // Each writing removes some.
  for (const _ of [1, 2, 3]) index.listFiles();
  expect(index.find('a', wanted)).toEqual([undefined, again]);
  index.close();
  const db = new Database(file, { readonly: true });
  expect(db.prepare('select count(*) from receipts').pluck().get()).toBe(40_001);
  db.close();
});

test('what was written before it was opened is found while its filter is being filled, and after', async () => {
  const hash = (i: number): string => hashPayload(Buffer.from(String(i)));
  const count = 5000;
  const before = new ReceiptIndex(file);
  const receipts = Array.from({ length: count }, (_, i) => ({ sha256: hash(i), line: i + 2 }));
  before.add([{ sender: 'a', day: '2026-11-24', receipts, bytes: 99, lines: count + 1 }]);
  before.close();
  const index = new ReceiptIndex(file);
  const wanted = [0, 1234, count - 1, count].map(hash);
  const expected = [2, 1236, count + 1].map((line) => ({ sender: 'a', day: '2026-11-24', line }));
  for (let look = 0; look < 10; look++) {
    expect(index.find('a', wanted)).toEqual([...expected, undefined]);
    await setTimeout(10);
  }
  expect(index.find('a', [hash(count)])).toEqual([undefined]);
  index.close();
});
