/** The genuine samples, from the directory to the verdict, against their answer keys. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Report } from '../../src/contract/report.ts';
import { version } from '../../src/engine/base/version.ts';
import { openEngine, verifyPaths } from '../../src/engine/engine.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const options = { signal: new AbortController().signal };

async function verify(...folders: string[]): Promise<Report> {
  return Report.parse(await verifyPaths([join(fixtures, ...folders)], options));
}

test('the engine bears the version of the package', () => {
  const file = readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');
  expect(version).toBe(JSON.parse(file).version);
});

describe('samples', () => {
  test('days: nothing is missing', async () => {
    const { verdict, totals, findings } = await verify('days', 'audit');
    expect({ verdict, missing: totals.missing, entries: totals.entries }).toEqual({
      verdict: 'intact',
      missing: 0,
      entries: 1143,
    });
    // A rule was weakened ten times: told, and no loss.
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['rule-weakened']));
    expect(findings).toHaveLength(10);
  });

  test('edge: seq 20 is missing and nothing else', async () => {
    const { verdict, findings } = await verify('edge', 'audit');
    expect(verdict).toBe('incomplete');
    expect(
      findings
        .filter(({ kind }) => kind !== 'rule-weakened')
        .map(({ kind, firstSeq, lastSeq, count }) => ({ kind, firstSeq, lastSeq, count })),
    ).toEqual([{ kind: 'gap', firstSeq: 20, lastSeq: 20, count: 1 }]);
  });

  test('a directory called audit.jsonl', async () => {
    const { verdict, totals } = await verify('readme-path', 'audit.jsonl');
    expect({ verdict, entries: totals.entries }).toEqual({ verdict: 'intact', entries: 1 });
  });

  test('documented: what the key says is missing lies in a gap, and nothing else is claimed', async () => {
    const { totals, findings } = await verify('documented', 'audit');
    expect(totals).toMatchObject({
      files: 3,
      lines: 1820,
      entries: 1819,
      malformed: 1,
      salvaged: 1,
      duplicates: 2,
      conflicts: 0,
    });
    const gaps = findings.filter(({ kind }) => kind === 'gap');
    const key = JSON.parse(readFileSync(join(fixtures, 'documented', 'truth.json'), 'utf8'));
    const left = new Set<{ node: string; seq: number; ts: string }>(key.missing);
    for (const { node, firstSeq = 0, lastSeq = 0, fromTs = '', toTs = '', count } of gaps) {
      const found = [...left]
        .filter((entry) => entry.node === node && entry.seq >= firstSeq && entry.seq <= lastSeq)
        .filter(({ ts }) => ts >= fromTs && ts <= toTs)
        .slice(0, count);
      expect(found.length).toBe(count);
      for (const entry of found) left.delete(entry);
    }
    expect([...left]).toEqual([]);
    expect(totals.missing).toBe(key.missing.length);
  });

  test('the same input gives the same bytes outside `made`', async () => {
    const [first, second] = [await verify('documented', 'audit'), await verify('documented', 'audit')];
    expect({ ...first, made: undefined }).toEqual({ ...second, made: undefined });
  });
});

describe('a workspace', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'unbroken-flow-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test('holds each entry once however often it is imported, byte for byte', async () => {
    const evidence = [join(fixtures, 'documented', 'audit')];
    const engine = openEngine({ workspace: join(directory, 'case.unbroken'), evidence });
    try {
      const first = await engine.importPaths(evidence, options);
      const again = await engine.importPaths(evidence, options);
      expect({ ...again, made: undefined }).toEqual({ ...first, made: undefined });
      const page = { order: 'oldest-first', offset: 0, limit: 1000 } as const;
      const { rows, total } = engine.entries.page({}, page);
      expect(total).toBe(1820);
      expect(rows.map(({ tsMicros }) => tsMicros)).toEqual(
        rows.map(({ tsMicros }) => tsMicros).toSorted((a, b) => a - b),
      );
      expect(engine.check()).toEqual([]);
      const last = rows.at(-1);
      expect(last && engine.detail(last.id)?.raw).toContain(`"seq": ${last?.seq}`);
    } finally {
      engine.close();
    }
  });

  test('inside the evidence is refused', () => {
    const evidence = [directory];
    expect(() => openEngine({ workspace: join(directory, 'case.unbroken'), evidence })).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'output-inside-evidence' }) }),
    );
  });
});
