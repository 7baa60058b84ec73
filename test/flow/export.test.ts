/** Entries as a file: byte for byte, or a table, and without a value where that is wanted. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EntryFilter, ExportForm } from '../../src/contract/entry.ts';
import { type Engine, openEngine } from '../../src/engine/engine.ts';

const SECRET = 'Ñuñez-secret';
let directory = '';
let engine: Engine;
const lines = Array.from(
  { length: 2300 },
  (_, i) =>
    `{"seq":${i + 1},  "ts": "2025-03-01T00:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}.5Z", "node": "n${i % 2}", "model": "res.partner", "res_id": ${i}, "method": "write", "user_id": 3, "user_login": "ana", "old_values": {"name": "=cmd|'${SECRET}'"}, "new_values": {"name": 1.0, "k\\"": "${SECRET}"}, "note": "${SECRET}"}`,
);

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-export-'));
  const evidence = join(directory, 'audit');
  mkdirSync(evidence);
  writeFileSync(join(evidence, 'audit.jsonl'), `${lines.join('\n')}\n`);
  engine = openEngine({ workspace: join(directory, 'w.unbroken'), evidence: [evidence] });
  await engine.importPaths([evidence], { signal: new AbortController().signal });
});
afterAll(async () => {
  await engine.close();
  rmSync(directory, { recursive: true, force: true });
});

function write(filter: EntryFilter, form: ExportForm, mask: boolean, limit?: number): string {
  const pieces = [...engine.export(filter, { form, order: 'oldest-first', mask, limit })];
  return Buffer.concat(pieces.map(({ bytes }) => bytes)).toString();
}

test('lines are what was written', () => {
  expect(write({}, 'raw', false)).toBe(`${lines.join('\n')}\n`);
  const own = lines.filter((line) => line.includes('"n1"'));
  expect(write({ not: { node: ['n0'] } }, 'raw', false, 7)).toBe(`${own.slice(0, 7).join('\n')}\n`);
});

test('a table has a row an entry, and no cell that a spreadsheet would calculate', () => {
  const rows = write({ record: ['1', '2'] }, 'csv', false).split('\r\n');
  expect(rows).toHaveLength(4);
  expect(rows[0]).toMatch(/^\ufeffts,node,seq,.*,old_values,new_values,other_values$/);
  expect(rows[1]).toContain(SECRET);
  expect(rows[1]).not.toMatch(/(^|,)"?=/);
});

test.each(['raw', 'csv'] as const)('as %s without values, keys stay and no value does', (form) => {
  const text = write({}, form, true);
  expect(text).not.toContain('secret');
  expect(text).not.toContain('1.0');
  expect(text).toContain('name');
  expect(text).toContain('ana');
  if (form !== 'raw') return;
  const told = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(told).toHaveLength(lines.length);
  expect(told[0]).toMatchObject({
    seq: 1,
    old_values: { name: '***' },
    new_values: { name: '***', 'k"': '***' },
  });
});
