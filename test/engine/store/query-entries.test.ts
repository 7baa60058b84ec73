/** Questions about entries, each against the plain way: go through all of them and keep what fits. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EntryFilter, EntryRow } from '../../../src/contract/entry.ts';
import { formatTs } from '../../../src/engine/base/timestamp.ts';
import { type Engine, openEngine } from '../../../src/engine/engine.ts';
import { createRandom, type Random } from '../../simulator/random.ts';

interface Entry {
  readonly path: string;
  readonly line: number;
  readonly raw: string;
  readonly ts: number;
  readonly node: string;
  readonly model: string;
  readonly action: string;
  readonly login: string;
  readonly resId: string;
}

const START = 1_740_000_000_000_000;
const FILES = 7;
const LINES = 150;
const NOTES = [
  'Straße',
  'say \\"hi\\"',
  'C:\\\\temp',
  'Nguyễn',
  'Nguy\\u1ec5n',
  'plain NOTE',
  'a/b',
  'a\\/b',
  '',
];
const MODELS = ['res.partner', 'spp.cycle', 'x,7', 'x'];
const ACTIONS = ['write', 'create', 'unlink'];
const LOGINS = ['ana', 'bo', 'cy'];
const RES_IDS = ['7', '42', '"x7"', 'null', '9007199254740000', '[1, 2]'];

let directory = '';
let engine: Engine;
let entries: Entry[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-queries-'));
  const evidence = join(directory, 'audit');
  mkdirSync(evidence);
  const random = createRandom(5);
  entries = Array.from({ length: FILES }, (_, i) => writeFile(evidence, i, random)).flat();
  engine = openEngine({ workspace: join(directory, 'w.unbroken'), evidence: [evidence] });
  await engine.importPaths([evidence], { signal: new AbortController().signal });
});
afterAll(() => {
  engine.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Files overlap in time, and lines stand in another order than their times. */
function writeFile(evidence: string, index: number, random: Random): Entry[] {
  const path = `audit-2025-02-1${index}.jsonl`;
  const found = Array.from({ length: LINES }, (_, i): Entry => {
    const ts = START + index * 40e6 + i * 1e6 + random.int(5) * 700_000;
    const [node, model, action, login] = [
      `n${random.int(3)}`,
      random.pick(MODELS),
      random.pick(ACTIONS),
      random.pick(LOGINS),
    ];
    const resId = random.pick(RES_IDS);
    const raw = `{"seq": ${i + 1}, "ts": "${formatTs(ts)}", "node": "${node}", "model": "${model}", "res_id": ${resId}, "method": "${action}", "user_id": 3, "user_login": "${login}", "old_values": {}, "new_values": {"note": "${random.pick(NOTES)}", "n": ${random.int(1e6)}}}`;
    return { path, line: i + 1, raw, ts, node, model, action, login, resId: resId === 'null' ? '' : resId };
  });
  writeFileSync(join(evidence, path), `${found.map(({ raw }) => raw).join('\n')}\n`);
  return found;
}

function drawFilter(random: Random): EntryFilter {
  const at = (): string => formatTs(START + random.int(500) * 1e6);
  const maybe = (filter: EntryFilter): EntryFilter => (random.chance(0.35) ? filter : {});
  return {
    ...maybe({ node: [`n${random.int(3)}`, `n${random.int(4)}`] }),
    ...maybe({ model: [random.pick(MODELS)] }),
    ...maybe({ action: [random.pick(ACTIONS), 'nothing'] }),
    ...maybe({ user: [random.pick(LOGINS), random.pick(LOGINS)] }),
    ...maybe({
      record: Array.from({ length: 1 + random.int(2) }, () => drawRecord(random)),
    }),
    ...maybe({
      not: random.pick([
        { node: ['n0'] },
        { model: [random.pick(MODELS)], action: ['write'] },
        { user: [random.pick(LOGINS)] },
        { record: [drawRecord(random), drawRecord(random)] },
        { path: [`audit-2025-02-1${random.int(FILES)}.jsonl`] },
        { text: random.pick(['note', 'straße', '"n": 1']) },
        { pattern: random.pick(['"n": [1-4]', 'hi"', 'nguy.n']) },
      ]),
    }),
    ...maybe({
      pattern: random.pick(['"n": \\d{5}\\b', 'NGUYỄ.', 'stra(ß|ss)e', 'say "hi"', '^\\{.*a/b', 'zebra']),
    }),
    ...maybe({ from: at() }),
    ...maybe({ to: at() }),
    ...maybe({ path: [`audit-2025-02-1${random.int(FILES)}.jsonl`, 'absent.jsonl'] }),
    ...maybe({
      text: random.pick([
        'note',
        'STRASSE',
        'straße',
        'nguyễn',
        'NGUYỄN',
        '"hi"',
        'c:\\temp',
        'a/b',
        '"n": 12',
        'zebra',
        'n',
      ]),
    }),
  };
}

function drawRecord(random: Random): string {
  return `${random.chance(0.5) ? `${random.pick(MODELS)},` : ''}${random.pick(['7', '42', '"x7"', '8', '[1, 2]'])}`;
}

function isOfRecord({ model, resId }: Entry, record: string): boolean {
  return record === `${model},${resId}` || record === resId;
}

function selectPlainly(filter: EntryFilter): Entry[] {
  const { not = {} } = filter;
  const refused = (entry: Entry): boolean =>
    not.node?.includes(entry.node) ||
    not.model?.includes(entry.model) ||
    not.action?.includes(entry.action) ||
    not.user?.includes(entry.login) ||
    not.path?.includes(entry.path) ||
    not.record?.some((record) => isOfRecord(entry, record)) ||
    (not.text !== undefined && containsText(entry.raw, not.text)) ||
    (not.pattern !== undefined && hasPattern(entry.raw, not.pattern)) ||
    false;
  const fits = (entry: Entry): boolean =>
    (!filter.node || filter.node.includes(entry.node)) &&
    (!filter.model || filter.model.includes(entry.model)) &&
    (!filter.action || filter.action.includes(entry.action)) &&
    (!filter.user || filter.user.includes(entry.login)) &&
    (!filter.path || filter.path.includes(entry.path)) &&
    (!filter.record || filter.record.some((record) => isOfRecord(entry, record))) &&
    (!filter.pattern || hasPattern(entry.raw, filter.pattern)) &&
    !refused(entry) &&
    (!filter.from || formatTs(entry.ts) >= filter.from) &&
    (!filter.to || formatTs(entry.ts) < filter.to) &&
    (!filter.text || containsText(entry.raw, filter.text));
  return entries.filter(fits).sort((a, b) => a.ts - b.ts);
}

/** In the raw line, or in it with its escapes decoded; ignoring case. */
function containsText(raw: string, text: string): boolean {
  return [raw, decode(raw)].some((line) => line.toLowerCase().includes(text.toLowerCase()));
}

function hasPattern(raw: string, pattern: string): boolean {
  return [raw, decode(raw)].some((line) => new RegExp(pattern, 'iu').test(line));
}

function decode(raw: string): string {
  return raw.replace(
    /\\u([0-9a-f]{4})|\\(["\\/])/g,
    (_, hex: string | undefined, mark: string | undefined) =>
      hex === undefined ? mark! : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const placesOf = (rows: readonly { path: string; line: number }[]): string[] =>
  rows.map(({ path, line }) => `${path}:${line}`);

test('any filter gives the entries that going through all of them gives', () => {
  const random = createRandom(17);
  let nonEmpty = 0;
  for (let i = 0; i < 400; i++) {
    const filter = drawFilter(random);
    const expected = selectPlainly(filter);
    if (expected.length > 0) nonEmpty++;
    const told = JSON.stringify(filter);
    expect(engine.entries.count(filter), told).toBe(expected.length);
    expectPages(filter, expected, random);
    expectCounts(filter, expected);
  }
  expect(nonEmpty).toBeGreaterThan(100);
});

function expectPages(filter: EntryFilter, expected: readonly Entry[], random: Random): void {
  const read = (order: 'oldest-first' | 'newest-first', offset: number, limit: number): EntryRow[] =>
    engine.entries.page(filter, { order, offset, limit }).rows;
  const all = read('oldest-first', 0, entries.length);
  expect(all.map(({ tsMicros }) => tsMicros)).toEqual(expected.map(({ ts }) => ts));
  expect(placesOf(all).sort()).toEqual(placesOf(expected).sort());
  // Any page, either way, is a part of the whole.
  const offset = random.int(expected.length + 3);
  const limit = 1 + random.int(40);
  expect(read('oldest-first', offset, limit)).toEqual(all.slice(offset, offset + limit));
  expect(read('newest-first', offset, limit)).toEqual(all.toReversed().slice(offset, offset + limit));
  // And every entry says where it lies.
  for (const at of [0, offset, all.length - 1].filter((place) => place >= 0 && place < all.length)) {
    expect(engine.entries.position(filter, 'oldest-first', all[at]!.id)).toBe(at);
    expect(engine.entries.position(filter, 'newest-first', all[at]!.id)).toBe(all.length - 1 - at);
  }
  const ids = new Set(all.map(({ id }) => id));
  const other = engine.entries.page(
    {},
    { order: 'oldest-first', offset: random.int(entries.length), limit: 1 },
  );
  const isFound = ids.has(other.rows[0]!.id);
  expect(engine.entries.position(filter, 'oldest-first', other.rows[0]!.id) !== undefined).toBe(isFound);
}

function expectCounts(filter: EntryFilter, expected: readonly Entry[]): void {
  const { fromMicros, bucketMicros, total, counts } = engine.entries.histogram(filter, 'node', 13);
  expect(total).toBe(expected.length);
  const plain: Record<string, number[]> = {};
  for (const { node, ts } of expected) {
    plain[node] ??= new Array<number>(13).fill(0);
    plain[node][Math.floor((ts - fromMicros) / bucketMicros)]!++;
  }
  expect(counts).toEqual(plain);
  const byModel = engine.entries.histogram(filter, 'model', 13);
  const models = new Map<string, number>();
  for (const { model } of expected) models.set(model, (models.get(model) ?? 0) + 1);
  const sums = Object.entries(byModel.counts).map(
    ([value, own]) => [value, own.reduce((a, b) => a + b, 0)] as const,
  );
  expect(new Map(sums)).toEqual(models);
  const facets = engine.entries.facets(filter);
  const users = new Map<string, number>();
  for (const { login } of expected) users.set(login, (users.get(login) ?? 0) + 1);
  expect(new Map(facets.user.map(({ value, count }) => [value, count]))).toEqual(users);
}
