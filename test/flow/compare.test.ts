/** Several copies, and an earlier record: what is only visible by comparing. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyPaths } from '../../src/engine/engine.ts';

const days = join(import.meta.dirname, '..', 'fixtures', 'days', 'audit');
const options = { signal: new AbortController().signal };
const day = 'audit-2024-01-17.jsonl';

let directory = '';
let copy = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-compare-'));
  copy = join(directory, 'copy');
  cpSync(days, copy, { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Rewrites a file of the copy, line by line. */
function editLines(name: string, edit: (lines: string[]) => string[]): void {
  const file = join(copy, name);
  writeFileSync(file, edit(readFileSync(file, 'utf8').split('\n')).join('\n'));
}

/** The kinds that decide, each with its count. */
async function verifyKinds(
  paths: readonly string[],
  against?: string,
): Promise<[string, [string, number | undefined][]]> {
  const { verdict, findings } = await verifyPaths(paths, { ...options, against });
  return [verdict, findings.map(({ kind, count }) => [kind, count])];
}

describe('copies', () => {
  test('two that are equal', async () => {
    const report = await verifyPaths([days, copy], options);
    expect(report.verdict).toBe('intact');
    expect(report.findings).toEqual([]);
    expect(report.sources.map(({ entries }) => entries)).toEqual([1143, 1143]);
  });

  test('a whole day that one lacks', async () => {
    rmSync(join(copy, day));
    const report = await verifyPaths([days, copy], options);
    const lacking = report.findings.filter(({ kind }) => kind === 'missing-in-copy');
    expect(lacking.map(({ count }) => count)).toEqual([268]);
    expect(report.verdict).toBe('incomplete');
  });

  test('an edited entry is a conflict, told with both lines', async () => {
    editLines(day, (lines) =>
      lines.map((line, i) => (i === 99 ? line.replace('"user_id": ', '"user_id": 9') : line)),
    );
    const report = await verifyPaths([days, copy], options);
    expect(report.verdict).toBe('contradicted');
    expect(
      report.findings.map(({ kind, before, after }) => [kind, before?.[0]?.line, after?.[0]?.line]),
    ).toEqual([['conflict', 100, 100]]);
  });

  test('another spelling of the same entries is no conflict', async () => {
    editLines(day, (lines) => lines.map((line) => line.replaceAll('": ', '":').replaceAll('é', '\\u00e9')));
    expect(await verifyKinds([days, copy])).toEqual(['intact', []]);
  });

  test('parts of one log are one source', async () => {
    const parts = [15, 16, 17, 18, 19].map((n) => join(days, `audit-2024-01-${n}.jsonl`));
    const report = await verifyPaths(parts, options);
    expect(report.verdict).toBe('intact');
    expect(report.sources.map(({ entries }) => entries)).toEqual([1143]);
  });

  test('a backup beside its file is counted once', async () => {
    cpSync(join(copy, day), join(copy, `${day}.1`));
    const report = await verifyPaths([copy], options);
    expect(report.verdict).toBe('intact');
    expect(report.totals.entries).toBe(1143);
    expect(report.files.filter(({ copyOf }) => copyOf === day).map(({ path }) => path)).toEqual([`${day}.1`]);
  });
});

describe('against an earlier report', () => {
  let earlier = '';
  beforeEach(async () => {
    earlier = join(directory, 'earlier.json');
    writeFileSync(earlier, JSON.stringify(await verifyPaths([days], options)));
  });

  test('nothing changed', async () => {
    expect(await verifyKinds([copy], earlier)).toEqual(['intact', []]);
  });

  test('a file that grew', async () => {
    const last = 'audit-2024-01-19.jsonl';
    editLines(last, (lines) => [...lines.slice(0, -1), lines[0]?.replace('"vm"', '"other"') ?? '', '']);
    const { compared } = await verifyPaths([copy], { ...options, against: earlier });
    expect(compared).toMatchObject({ unchanged: 4, grown: 1, rewritten: 0, absent: 0 });
  });

  test('an edited entry', async () => {
    editLines(day, (lines) =>
      lines.map((line, i) => (i === 99 ? line.replace('"user_id": ', '"user_id": 9') : line)),
    );
    expect(await verifyKinds([copy], earlier)).toEqual(['contradicted', [['rewritten', undefined]]]);
  });

  test('a cut tail, that the log alone does not show', async () => {
    editLines('audit-2024-01-19.jsonl', (lines) => [...lines.slice(0, -6), '']);
    expect((await verifyPaths([copy], options)).verdict).toBe('intact');
    expect(await verifyKinds([copy], earlier)).toEqual(['contradicted', [['rewritten', undefined]]]);
  });

  test('something that is no report is refused', async () => {
    writeFileSync(earlier, 'hello');
    await expect(verifyKinds([copy], earlier)).rejects.toMatchObject({
      failure: { code: 'comparison-unreadable' },
    });
  });
});
