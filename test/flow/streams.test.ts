/** Which stream each entry is in: as the report divides them, whatever has become of the files since. */
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EntryRow, EntryStream } from '../../src/contract/entry.ts';
import type { Report } from '../../src/contract/report.ts';
import { type Engine, openEngine } from '../../src/engine/engine.ts';

const fixture = join(import.meta.dirname, '../fixtures/documented/audit');
const signal = new AbortController().signal;

let directory = '';
let evidence = '';
let engine: Engine;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-streams-'));
  evidence = join(directory, 'audit');
  cpSync(fixture, evidence, { recursive: true });
  engine = openEngine({ workspace: join(directory, 'w.unbroken'), evidence: [evidence] });
});
afterEach(async () => {
  await engine.close();
  rmSync(directory, { recursive: true, force: true });
});

const listAll = (filter: object): EntryRow[] => {
  const { total } = engine.entries.page(filter, { order: 'oldest-first', offset: 0, limit: 1 });
  return engine.entries.page(filter, { order: 'oldest-first', offset: 0, limit: total }).rows;
};
const ofStreams = (...stream: string[]): EntryRow[] => listAll({ stream });

/** Every stream of the report has the entries that it tells, and all together they are all. */
function compareWith(report: Report): void {
  const rows = listAll({});
  const counts = engine.entries.facets({}, { streams: true }).stream!;
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
  for (const { id, node, firstSeq, lastSeq, entries } of report.streams) {
    const own = ofStreams(id);
    const seqs = own.map(({ seq }) => seq);
    expect(new Set(own.map((row) => row.node))).toEqual(new Set([node]));
    expect([Math.min(...seqs), Math.max(...seqs), new Set(seqs).size]).toEqual([firstSeq, lastSeq, entries]);
    expect(counts.find(({ value }) => value === id)?.count).toBe(own.length);
  }
}

test('filters and counts are those of the report’s streams', async () => {
  const report = await engine.importPaths([evidence], { signal });
  expect(() =>
    engine.entries.page({ stream: ['s'] }, { order: 'oldest-first', offset: 0, limit: 1 }),
  ).toThrow('told apart');
  const told: number[] = [];
  await engine.streams.prepare({ stream: ['s'] }, (percent) => told.push(percent));
  expect(told.at(-1)).toBe(100);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  compareWith(report);
  const [first, second] = report.streams.map(({ id }) => id);
  expect(ofStreams(first!, second!)).toHaveLength(ofStreams(first!).length + ofStreams(second!).length);
  const total = listAll({}).length;
  expect(listAll({ not: { stream: [first!] } })).toHaveLength(total - ofStreams(first!).length);
  expect(ofStreams('no such stream')).toEqual([]);
});

test('going from an entry to the next of its stream comes by every seq, across gaps', async () => {
  const report = await engine.importPaths([evidence], { signal });
  const gap = report.findings.find(({ kind, streams }) => kind === 'gap' && streams?.length === 1)!;
  const stream = report.streams.find(({ id }) => id === gap.streams![0])!;
  await engine.streams.tellApart();
  const rows = ofStreams(stream.id);
  const first = rows.find(({ seq }) => seq === stream.firstSeq)!;
  const seqs: number[] = [];
  let behind: string | undefined;
  for (let id: string | undefined = first.id; id !== undefined; ) {
    const place: EntryStream = (await engine.streams.look(id))!;
    expect([place.id, place.before?.id]).toEqual([stream.id, behind]);
    seqs.push(engine.entries.find(id)!.row.seq);
    behind = id;
    id = place.after?.id;
  }
  expect(seqs).toEqual(rows.map(({ seq }) => seq).sort((a, b) => a - b));
  expect(seqs).not.toContain(gap.firstSeq);
});

test('entries that share a line, and entries twice, are each in their stream', async () => {
  const file = readdirSync(evidence).sort()[0]!;
  const lines = readFileSync(join(evidence, file), 'utf8').split('\n');
  // A torn line with a whole one behind it, and a restored stretch.
  lines[4] = `${lines[4]!.slice(0, 60)}${lines[5]}`;
  lines[5] = '';
  writeFileSync(join(evidence, file), [...lines, ...lines.slice(20, 40), ''].join('\n'));
  const report = await engine.importPaths([evidence], { signal });
  await engine.streams.tellApart();
  expect(report.totals.salvaged + report.totals.duplicates).toBeGreaterThan(10);
  compareWith(report);
  expect(listAll({ stream: [''] })).toEqual([]);
});

test('a log that has grown keeps its streams, and nothing else is without one than what is new', async () => {
  const report = await engine.importPaths([evidence], { signal });
  await engine.streams.tellApart();
  const last = listAll({}).at(-1)!;
  const place = (await engine.streams.look(last.id))!;
  const [line] = readFileSync(join(evidence, last.path), 'utf8').trimEnd().split('\n').slice(-1);
  const next = { ...JSON.parse(line!), seq: last.seq + 1, ts: last.ts.replace('2025', '2026') };
  appendFileSync(join(evidence, last.path), `${JSON.stringify(next)}\n`);
  const later = await engine.importPaths([evidence], { signal });
  expect(later.totals.entries).toBe(report.totals.entries + 1);
  expect((await engine.streams.look(last.id))?.id).toBe(place.id);
  // Soon after it was found out it is answered from what is known: a log that grows is not divided again and again.
  for (const { seq } of listAll({ stream: [''] })) expect(seq).toBe(last.seq + 1);
});

test('a closed workspace refuses what it was still asked', async () => {
  await engine.importPaths([evidence], { signal });
  const asked = engine.streams
    .tellApart()
    .catch((error: { failure?: { code: string } }) => error.failure?.code);
  await engine.close();
  expect(['cancelled', undefined]).toContain(await asked);
  engine = openEngine({ workspace: join(directory, 'w.unbroken'), evidence: [evidence] });
});
