/** What a check tells while it reads, and what is there of it when it is stopped. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Progress } from '../../src/contract/api.ts';
import type { SoFar } from '../../src/contract/so-far.ts';
import { openEngine, verifyPaths } from '../../src/engine/engine.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const signal = new AbortController().signal;

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-so-far-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Collects what is told; each is what the contract says. */
function collect(): { told: SoFar[]; onProgress: (progress: Progress) => void } {
  const told: SoFar[] = [];
  return {
    told,
    onProgress: (progress) => {
      const { soFar } = Progress.parse(progress);
      if (soFar) told.push(soFar);
    },
  };
}

test('when all is read, what was told so far is what the report has', async () => {
  const { told, onProgress } = collect();
  const report = await verifyPaths([join(fixtures, 'documented', 'audit')], { signal, onProgress });
  const last = told.at(-1)!;
  const { entries, salvaged, malformed } = report.totals;
  expect(last).toMatchObject({ entries: entries + salvaged, malformed, otherEntries: 0 });
  expect(last.nodes.map(({ node, entries: own }) => [node, own]).sort()).toEqual(
    report.nodes.map(({ node }) => [
      node,
      report.coverage.reduce((sum, cell) => sum + (cell.node === node ? cell.entries : 0), 0) +
        report.findings.flatMap(({ salvaged: rows = [] }) => rows).filter((row) => row.node === node).length,
    ]),
  );
  expect(last.files.map(({ path, state, malformed: bad }) => [path, state, bad])).toEqual(
    report.files.map((file) => [file.path, 'read', file.malformed]),
  );
  // It begins before anything was read, and never tells less than before.
  expect(told[0]).toMatchObject({ entries: 0, nodes: [] });
  expect(told[0]?.files.map(({ state }) => state)).toEqual(report.files.map(() => 'waiting'));
});

test('of very many files those are told that are being read', async () => {
  const many = join(directory, 'many');
  for (let node = 0; node < 120; node++) {
    mkdirSync(join(many, `node-${String(node).padStart(3, '0')}`), { recursive: true });
    cpSync(join(fixtures, 'edge', 'audit'), join(many, `node-${String(node).padStart(3, '0')}`), {
      recursive: true,
    });
  }
  const { told, onProgress } = collect();
  await verifyPaths([many], { signal, onProgress });
  const [first, last] = [told[0]!, told.at(-1)!];
  expect(first.files.length).toBeLessThanOrEqual(100);
  expect(first.filesBefore).toBe(0);
  expect(first.filesAfter).toBeGreaterThan(0);
  expect(last.filesAfter).toBe(0);
  expect(last.filesBefore + last.files.length).toBe(first.files.length + first.filesAfter);
  // One is read; the others say the same.
  expect(new Set(last.files.map(({ state }) => state))).toContain('copy');
});

test('stopped, it leaves whole files, no report and nothing that does not fit; going on, it tells what was kept', async () => {
  const evidence = join(fixtures, 'days', 'audit');
  const engine = openEngine({ workspace: join(directory, 'case.unbroken'), evidence: [evidence] });
  try {
    const abort = new AbortController();
    const stopped = engine.importPaths([evidence], {
      signal: abort.signal,
      onProgress: ({ files }) => {
        if (files === 2) abort.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(engine.report()).toBeUndefined();
    expect(engine.check()).toEqual([]);
    const kept = engine.entries.count({});
    const { told, onProgress } = collect();
    const report = await engine.importPaths([evidence], { signal, onProgress });
    const states = Map.groupBy(told.at(-1)!.files, ({ state }) => state);
    expect(states.get('kept')).toHaveLength(2);
    expect(states.get('read')).toHaveLength(3);
    expect(told.at(-1)!.entries + kept).toBe(report.totals.entries);
    expect(engine.entries.count({})).toBe(report.totals.entries);
    expect(engine.check()).toEqual([]);
  } finally {
    await engine.close();
  }
});

test('what is read is there to be looked at before all of it is, and gone where the check is stopped within a file', async () => {
  const evidence = join(directory, 'audit');
  mkdirSync(evidence);
  const lines = 300_000;
  const log = Array.from({ length: lines }, (_, index) => {
    const ts = new Date(Date.UTC(2025, 0, 1) + index * 1000).toISOString().replace('Z', '001+00:00');
    return `{"seq": ${index + 1}, "ts": "${ts}", "node": "web-1", "model": "res.partner", "res_id": ${index}, "method": "write", "user_id": 2, "user_login": "user-${index % 2}", "old_values": {}, "new_values": {}}\n`;
  });
  writeFileSync(join(evidence, 'audit-2025-01-01.jsonl'), log.join(''));
  const engine = openEngine({ workspace: join(directory, 'case.unbroken'), evidence: [evidence] });
  try {
    const abort = new AbortController();
    const look = (entries: number): void => {
      expect(engine.entries.count({})).toBe(entries);
      const { total, rows } = engine.entries.page({}, { order: 'newest-first', offset: 0, limit: 2 });
      expect([total, ...rows.map(({ seq }) => seq)]).toEqual([entries, entries, entries - 1]);
      const { node } = engine.entries.facets({ action: ['write'] });
      expect(node.reduce((sum, { count }) => sum + count, 0)).toBe(entries);
      expect(engine.entries.count({ user: ['user-0'] })).toBe(Math.ceil(entries / 2));
      expect(engine.detail(rows[0]!.id)?.raw).toBe(log[entries - 1]!.trimEnd());
      expect(engine.entries.position({}, 'oldest-first', rows[0]!.id)).toBe(entries - 1);
    };
    const stopped = engine.importPaths([evidence], {
      signal: abort.signal,
      onProgress: ({ lines: read }) => {
        if (read === 0 || abort.signal.aborted) return;
        look(read);
        abort.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(engine.entries.count({})).toBe(0);
    expect(engine.check()).toEqual([]);

    const refused: Promise<unknown>[] = [];
    let shown = 0;
    const report = await engine.importPaths([evidence], {
      signal,
      onProgress: ({ phase, lines: read }) => {
        if (phase !== 'reading' || read === 0) return;
        // What is there grows at times, and stays between them.
        const now = engine.entries.count({});
        expect(now).toBeGreaterThanOrEqual(Math.max(1, shown));
        expect(now).toBeLessThanOrEqual(read);
        look(now);
        shown = now;
        refused.push(engine.search.run({ text: 'USER' }).catch((error: unknown) => error));
      },
    });
    expect(refused.length).toBeGreaterThan(1);
    for (const error of await Promise.all(refused))
      expect(error).toMatchObject({ failure: { code: 'not-found' } });
    expect(report.totals).toMatchObject({ entries: lines, missing: 0 });
    expect(engine.entries.count({})).toBe(lines);
    await engine.search.run({ text: 'USER' });
    expect(engine.entries.count({ text: 'USER' })).toBe(lines);
  } finally {
    await engine.close();
  }
});
