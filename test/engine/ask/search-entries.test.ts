/** Text search on threads: the same answers as without, told early where they are certain, and cancelled by the next. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EntrySearch } from '../../../src/engine/ask/search-entries.ts';
import { type Engine, openEngine } from '../../../src/engine/engine.ts';
import { readWrittenTs } from '../../../src/engine/parse/read-entry.ts';
import { openStore } from '../../../src/engine/store/open-store.ts';
import { writeLargeLog } from '../../simulator/write-large-log.ts';

let directory = '';
let evidence = '';
let engine: Engine;
const open = (): Engine => openEngine({ workspace: join(directory, 'w.unbroken'), evidence: [evidence] });

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-search-'));
  evidence = join(directory, 'audit');
  // Enough content for threads to be worth it.
  writeLargeLog(evidence, { entries: 30_000, dialect: 'observed', seed: 4, days: 5 });
  engine = open();
  await engine.importPaths([evidence], { signal: new AbortController().signal });
}, 60_000);
afterAll(async () => {
  await engine.close();
  rmSync(directory, { recursive: true, force: true });
});

test.each(['bank account', 'BANK ACCOUNT', 'TZ1000001', 'e-7r', 'Ñuñez', 'ñUÑEZ', '"leo"', 'zebra', '25'])(
  'threads find "%s" as one pass does, before and after filters are made',
  async (text) => {
    const one = open();
    const expected = one.entries.page({ text }, { order: 'oldest-first', offset: 0, limit: 50 });
    const state = await engine.search.look({ text }, 'oldest-first', 50);
    expect(state.rows).toEqual(expected.rows.slice(0, state.rows.length));
    await engine.search.run({ text });
    expect(engine.entries.page({ text }, { order: 'oldest-first', offset: 0, limit: 50 })).toEqual(expected);
    const done = await engine.search.look({ text }, 'newest-first', 50);
    expect(done).toMatchObject({ complete: true, hits: expected.total });
    const combined = { text, user: ['user7@example.org'], node: ['odoo-web-2'] };
    await engine.search.run(combined);
    expect(engine.entries.count(combined)).toBe(one.entries.count(combined));
    await one.close();
    await engine.search.makeFilters();
    const filtered = open();
    await filtered.search.run({ text });
    expect(filtered.entries.count({ text })).toBe(expected.total);
    await filtered.close();
  },
  60_000,
);

test('what one asks ends nothing of another, and what both ask is found once for both', async () => {
  const [ana, ben] = ['ana', 'ben'];
  const first = engine.search.run({ text: 'submit' }, 'oldest-first', ana);
  const other = engine.search.run({ text: 'reject' }, 'oldest-first', ben);
  await Promise.all([first, other]);
  const shared = ['write-off', 'enroll'] as const;
  const asked = [ana, ben].map((who) => engine.search.run({ text: shared[0] }, 'oldest-first', who));
  // One of the two goes on to something else; the other waits for what they asked.
  const left = engine.search.run({ text: shared[1] }, 'oldest-first', ana);
  engine.search.cancel(ana);
  await expect(left).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  await expect(asked[1]).resolves.toBeUndefined();
});

test('a search gives way to the next, and says so to who waits for it', async () => {
  const first = engine.search.run({ text: 'approve' });
  const second = engine.search.run({ text: 'unlink' });
  await expect(first).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  await second;
  const third = engine.search.run({ text: 'create' });
  engine.search.cancel();
  await expect(third).rejects.toMatchObject({ failure: { code: 'cancelled' } });
});

test('a regular expression runs on threads, whatever the size; one without an end is ended', async () => {
  const filter = { pattern: 'approve.*odoo-web-[12]', not: { pattern: 'user7@' } };
  const one = open();
  const expected = one.entries.page(filter, { order: 'newest-first', offset: 0, limit: 20 });
  await engine.search.run(filter, 'newest-first');
  expect(engine.entries.page(filter, { order: 'newest-first', offset: 0, limit: 20 })).toEqual(expected);
  expect(expected.total).toBeGreaterThan(0);
  await one.close();

  await expect(engine.search.run({ pattern: '(' })).rejects.toMatchObject({
    failure: { code: 'bad-request' },
  });
  const store = openStore({
    file: join(directory, 'w.unbroken'),
    readTs: readWrittenTs,
    scopeOf: () => undefined,
  });
  const search = new EntrySearch(store, undefined, 300);
  const endless = { pattern: '(.*)*(.*)*(.*)*\\u0001' };
  // Somebody else's waits behind it, and is found on other threads.
  const other = Promise.all(
    [{ pattern: 'appro[v]e' }, { text: 'unlink' }].map((filter, who) =>
      Promise.resolve().then(() => search.run(filter, 'oldest-first', `other ${who}`)),
    ),
  );
  await expect(search.run(endless)).rejects.toMatchObject({ failure: { code: 'pattern-too-slow' } });
  await expect(search.run(endless)).rejects.toMatchObject({ failure: { code: 'pattern-too-slow' } });
  await other;
  for (const filter of [{ pattern: 'appro[v]e' }, { text: 'unlink' }])
    expect(store.entries.count(filter)).toBe(engine.entries.count(filter));
  // And the search goes on to serve.
  await search.run({ text: 'approve' });
  expect(store.entries.count({ text: 'approve' })).toBe(engine.entries.count({ text: 'approve' }));
  await search.close();
  store.close();
}, 60_000);
