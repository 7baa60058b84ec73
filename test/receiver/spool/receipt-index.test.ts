import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReceiptIndex } from '../../../src/receiver/spool/receipt-index.ts';

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
    expect(index.find('a', '00'.repeat(32))).toEqual({ sender: 'a', day: '2026-11-24', line: 1 });
    index.close();
  }
});

test('a copy is none: it may hold pages of different moments', () => {
  const copy = join(directory, 'copy.sqlite');
  cpSync(file, copy, { preserveTimestamps: true });
  expect(() => new ReceiptIndex(copy)).toThrow('a copy');
});
