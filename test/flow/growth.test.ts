/** Importing again after files grew, moved, were copied or changed: each entry once, and the report of a fresh check. */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Report } from '../../src/contract/report.ts';
import { openEngine, verifyPaths } from '../../src/engine/engine.ts';
import { writeLargeLog } from '../simulator/write-large-log.ts';

const signal = new AbortController().signal;
/** More than one segment's rows, so that a file is read on inside. */
const ENTRIES = 70_000;
const NAME = 'audit-2025-01-01.jsonl';

let content = Buffer.alloc(0);
let directory = '';
let evidence = '';

beforeAll(() => {
  const made = mkdtempSync(join(tmpdir(), 'unbroken-growth-'));
  writeLargeLog(made, { entries: ENTRIES, dialect: 'observed', seed: 9, days: 1 });
  content = readFileSync(join(made, NAME));
  rmSync(made, { recursive: true });
});
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-growth-'));
  evidence = join(directory, 'audit');
  mkdirSync(evidence);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function put(name: string, bytes: Uint8Array): void {
  writeFileSync(join(evidence, name), bytes);
}

/** Imports; tells the report, the lines that had to be read, and what the workspace then holds. */
async function importAgain(against?: string): Promise<{
  report: Report;
  linesRead: number;
  held: number;
  phases: ReadonlySet<string>;
  recheckedBytes: number;
}> {
  const engine = openEngine({ workspace: join(directory, 'w.unbroken'), evidence: [evidence] });
  let linesRead = 0;
  const recheckedBytes: number[] = [];
  const phases = new Set<string>();
  try {
    const report = await engine.importPaths([evidence], {
      signal,
      against,
      onProgress: ({ phase, lines, bytes }) => {
        linesRead = lines;
        phases.add(phase);
        if (phase === 'rechecking') recheckedBytes.push(bytes);
      },
    });
    expect(engine.check()).toEqual([]);
    return {
      report,
      linesRead,
      held: engine.entries.count({}),
      phases,
      recheckedBytes: Math.max(0, ...recheckedBytes),
    };
  } finally {
    await engine.close();
  }
}

/** What the last import told is what a check of the files as they are tells. */
async function expectLikeFresh({ report, held }: Awaited<ReturnType<typeof importAgain>>): Promise<void> {
  const withoutMade = ({ made: _, ...rest }: Report): Omit<Report, 'made'> => rest;
  expect(withoutMade(report)).toEqual(withoutMade(await verifyPaths([evidence], { signal })));
  expect(held).toBe(report.totals.entries);
}

const lineEndBefore = (bytes: number): number => content.lastIndexOf(0x0a, bytes) + 1;
const countLines = (bytes: Uint8Array): number =>
  bytes.reduce((sum, byte) => sum + (byte === 0x0a ? 1 : 0), 0);

test('a file that grew is read on where it ended', async () => {
  const end = lineEndBefore(content.length * 0.7);
  put(NAME, content.subarray(0, end));
  await importAgain();
  put(NAME, content);
  const again = await importAgain();
  expect(again.linesRead).toBe(countLines(content.subarray(end)));
  await expectLikeFresh(again);
  expect((await importAgain()).linesRead).toBe(0);
});

test.each([
  ['inside a line', () => lineEndBefore(content.length * 0.98) + 40],
  // The first byte of a character of two or three.
  ['inside a character', () => content.indexOf('Nguy\u1ec5n', Math.floor(content.length * 0.98)) + 5],
])('a file that ended %s is read on from a line before', async (_, findEnd) => {
  put(NAME, content.subarray(0, findEnd()));
  const torn = await importAgain();
  expect(torn.report.totals.malformed).toBe(1);
  put(NAME, content);
  const again = await importAgain();
  expect(again.report.totals.malformed).toBe(0);
  expect(again.linesRead).toBeLessThan(countLines(content) / 2);
  await expectLikeFresh(again);
});

test('a file that grew three times, packed at last, holds each entry once', async () => {
  for (const share of [0.2, 0.21, 0.6]) {
    put(NAME, content.subarray(0, Math.floor(content.length * share)));
    await expectLikeFresh(await importAgain());
  }
  rmSync(join(evidence, NAME));
  put(`${NAME}.gz`, gzipSync(content, { level: 1 }));
  await expectLikeFresh(await importAgain());
}, 60_000);

test('a file that was renamed, rotated after it grew, or copied is imported once', async () => {
  const [first, second] = [lineEndBefore(content.length * 0.3), lineEndBefore(content.length * 0.4)];
  put('audit.jsonl', content.subarray(0, first));
  await importAgain();
  renameSync(join(evidence, 'audit.jsonl'), join(evidence, 'audit.jsonl.2025-01-01'));
  expect((await importAgain()).linesRead).toBe(0);
  // Grown, then rotated, and a new file in its place.
  renameSync(join(evidence, 'audit.jsonl.2025-01-01'), join(evidence, 'audit.jsonl'));
  await importAgain();
  put('audit.jsonl.2025-01-01', content.subarray(0, second));
  put('audit.jsonl', content.subarray(second));
  const rotated = await importAgain();
  expect(rotated.linesRead).toBe(countLines(content.subarray(first)));
  await expectLikeFresh(rotated);
  copyFileSync(join(evidence, 'audit.jsonl.2025-01-01'), join(evidence, 'audit.jsonl.2025-01-01.bak'));
  const copied = await importAgain();
  expect(copied.linesRead).toBe(0);
  await expectLikeFresh(copied);
}, 60_000);

test('files that are as they were are hashed again, and the kept report stands', async () => {
  put(NAME, content);
  put('notes.txt', Buffer.from('no entries'));
  const first = await importAgain();
  expect(first.phases.has('analysing')).toBe(true);
  const again = await importAgain();
  expect(again.phases.has('analysing')).toBe(false);
  expect(again.recheckedBytes).toBe(content.length);
  await expectLikeFresh(again);
  // Whatever else the report tells of is a reason to check anew.
  put('notes.txt', Buffer.from('still no entries'));
  const other = await importAgain();
  expect(other.phases.has('analysing')).toBe(true);
  await expectLikeFresh(other);
}, 60_000);

test('a part that was read and is other now is told as rewritten', async () => {
  const end = lineEndBefore(content.length * 0.5);
  put(NAME, content.subarray(0, end));
  const earlier = join(directory, 'earlier.json');
  writeFileSync(earlier, JSON.stringify((await importAgain()).report));
  const edited = Buffer.from(content);
  const digit = edited.indexOf('"res_id": ') + 10;
  edited[digit] = edited[digit] === 0x39 ? 0x38 : 0x39;
  put(NAME, edited);
  // Once, though an earlier report says so too.
  const { report, held } = await importAgain(earlier);
  expect(report.findings.filter(({ kind }) => kind === 'rewritten')).toMatchObject([{ path: NAME }]);
  expect(report.verdict).toBe('contradicted');
  expect(held).toBe(report.totals.entries);
}, 60_000);

test('an entry keeps its id while its file grows by little, often, and is renamed', async () => {
  const engine = openEngine({ workspace: join(directory, 'w.unbroken'), evidence: [evidence] });
  const all = { order: 'oldest-first', offset: 0, limit: 1000 } as const;
  const idsByLine = () =>
    new Map(
      engine.entries.page({}, all).rows.map(({ line, id }) => [line, [id, engine.detail(id)?.row.seq]]),
    );
  try {
    let end = 0;
    let ids = idsByLine();
    // More often than the segments at a file's end are left as they are.
    for (let step = 0; step < 34; step++) {
      end = content.indexOf(0x0a, end + 2000) + 1;
      put(step < 33 ? 'audit.jsonl' : 'audit.jsonl.2025-01-01', content.subarray(0, end));
      if (step === 33) rmSync(join(evidence, 'audit.jsonl'));
      await engine.importPaths([evidence], { signal });
      const now = idsByLine();
      expect([...ids].every(([line, id]) => String(now.get(line)) === String(id))).toBe(true);
      ids = now;
    }
    expect(ids.size).toBe(countLines(content.subarray(0, end)));
    expect(engine.check()).toEqual([]);
  } finally {
    await engine.close();
  }
}, 60_000);
