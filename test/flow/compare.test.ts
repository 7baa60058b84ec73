/** Several copies, and an earlier record: what is only visible by comparing. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/contract/finding.ts';
import type { Report } from '../../src/contract/report.ts';
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

/** Without what the log says of its own rules: it is the same in every copy. */
function listFindings({ findings }: Report): Finding[] {
  return findings.filter(({ kind }) => kind !== 'rule-weakened');
}

/** The kinds that comparing tells of, each with its count. */
async function verifyKinds(
  paths: readonly string[],
  against?: string,
): Promise<[string, [string, number | undefined][]]> {
  const report = await verifyPaths(paths, { ...options, against });
  return [report.verdict, listFindings(report).map(({ kind, count }) => [kind, count])];
}

describe('copies', () => {
  test('two that are equal', async () => {
    const report = await verifyPaths([days, copy], options);
    expect(report.verdict).toBe('intact');
    expect(listFindings(report)).toEqual([]);
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
      listFindings(report).map(({ kind, before, after }) => [kind, before?.[0]?.line, after?.[0]?.line]),
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

describe('against a list of checksums', () => {
  const names = [15, 16, 17, 18, 19].map((n) => `audit-2024-01-${n}.jsonl`);
  const sumOf = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(days, name)))
      .digest('hex');

  /** Each form of a line that a tool writes; `name` as it stands in the list. */
  const forms: [tool: string, line: (name: string, sum: string) => string, end: string][] = [
    ['sha256sum', (name, sum) => `${sum}  ${name}`, '\n'],
    ['sha256sum in binary mode', (name, sum) => `${sum} *${name}`, '\n'],
    ['sha256sum below a directory', (name, sum) => `${sum}  ./${name}`, '\n'],
    ['sha256sum --tag and BSD', (name, sum) => `SHA256 (${name}) = ${sum}`, '\n'],
    ['openssl 3', (name, sum) => `SHA2-256(${name})= ${sum}`, '\n'],
    ['openssl 1', (name, sum) => `SHA256(${name})= ${sum}`, '\n'],
    ['Windows', (name, sum) => `${sum.toUpperCase()} *.\\${name}`, '\r\n'],
    ['a comment before', (name, sum) => `# made by hand\n${sum}  ${name}`, '\n'],
  ];

  const writeSums = (content: string | Buffer): string => {
    const file = join(directory, 'SHA256SUMS');
    writeFileSync(file, content);
    return file;
  };

  test.each(forms)('as %s writes it', async (_, line, end) => {
    const sums = writeSums(names.map((name) => line(name, sumOf(name)) + end).join(''));
    const whole = await verifyPaths([copy], { ...options, against: sums });
    expect(whole.compared).toMatchObject({ with: 'sha256sums', files: 5, unchanged: 5, absent: 0 });
    editLines(day, (lines) =>
      lines.map((text, i) => (i === 99 ? text.replace('"user_id": ', '"user_id": 9') : text)),
    );
    rmSync(join(copy, 'audit-2024-01-15.jsonl'));
    const { compared, findings } = await verifyPaths([copy], { ...options, against: sums });
    expect(compared).toMatchObject({ unchanged: 3, rewritten: 1, absent: 1 });
    const told = findings.filter(({ kind }) => kind === 'rewritten');
    expect(told.map(({ path, cause }) => [path, cause?.code])).toEqual([
      ['audit-2024-01-15.jsonl', 'absent'],
      [day, 'edited'],
    ]);
  });

  test('saved by PowerShell as UTF-16', async () => {
    const text = names.map((name) => `${sumOf(name)}  ${name}\r\n`).join('');
    const sums = writeSums(Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect((await verifyPaths([copy], { ...options, against: sums })).compared).toMatchObject({
      unchanged: 5,
    });
  });

  test('names with a line feed and a backslash, escaped', async () => {
    const zip = 'a\\b\nc.jsonl';
    const sums = writeSums(`\\${'0'.repeat(64)}  ${zip.replaceAll('\\', '\\\\').replace('\n', '\\n')}\n`);
    const report = await verifyPaths([copy], { ...options, against: sums });
    expect(listFindings(report).map(({ kind, path }) => [kind, path])).toEqual([['rewritten', zip]]);
  });

  test('a file that went on since is grown, not edited', async () => {
    const last = 'audit-2024-01-19.jsonl';
    const sums = writeSums(names.map((name) => `${sumOf(name)}  ${name}\n`).join(''));
    editLines(last, (lines) => [...lines.slice(0, -1), lines[0]?.replace('"vm"', '"other"') ?? '', '']);
    const { compared, findings } = await verifyPaths([copy], { ...options, against: sums });
    expect(compared).toMatchObject({ unchanged: 4, grown: 1, rewritten: 0 });
    expect(findings.filter(({ kind }) => kind === 'rewritten')).toEqual([]);
  });

  test('files rotated and compressed since are unchanged', async () => {
    const sums = writeSums(names.map((name) => `${sumOf(name)}  ${name}\n`).join(''));
    writeFileSync(join(copy, `${day}.gz`), gzipSync(readFileSync(join(copy, day))));
    rmSync(join(copy, day));
    expect((await verifyPaths([copy], { ...options, against: sums })).compared).toMatchObject({
      unchanged: 5,
    });
  });

  test('what is there and is no log is not held against it', async () => {
    writeFileSync(join(copy, 'README.txt'), 'Handed over on Monday.');
    const sums = writeSums(`${'1'.repeat(64)}  README.txt\n${sumOf(day)}  ${day}\n`);
    const { verdict, compared } = await verifyPaths([copy], { ...options, against: sums });
    expect([verdict, compared]).toMatchObject(['intact', { unchanged: 1, notRead: 1, absent: 0 }]);
  });

  test('a list that is not whole is refused', async () => {
    const sums = writeSums(`${sumOf(day)}  ${day}\n${sumOf(day).slice(0, 30)}`);
    await expect(verifyPaths([copy], { ...options, against: sums })).rejects.toMatchObject({
      failure: { code: 'comparison-unreadable' },
    });
  });
});
