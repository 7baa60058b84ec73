import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { Client } from '../../src/contract/client.ts';
import { fetchAround, settle } from '../../src/renderer/entries/use-growth.ts';
import { forgetAnswers } from '../../src/renderer/session/client.ts';
import { createFakeEngine } from './fake/fake-engine.ts';

const question = { workspace: 'w', filter: {}, order: 'newest-first' } as const;
const engine = createFakeEngine({ scene: 'incomplete', tell: () => undefined });
const client = { call: async (name, input) => engine(name, input), on: () => () => undefined } as Client;
const idAt = (offset: number): string => {
  const reply = engine('entries.page', { ...question, offset, limit: 1 });
  return reply.ok ? (reply.value as { rows: { id: string }[] }).rows[0]!.id : '';
};
const pagesOf = (queries: QueryClient): unknown[] =>
  queries
    .getQueryCache()
    .findAll()
    .map(({ queryKey: [name, input, revision] }) => [name, (input as { offset: number }).offset, revision]);

test('rows that came before the one at the top are scrolled by, and its page is there already', async () => {
  const queries = new QueryClient();
  const view = { topRow: 190, rows: 20, anchor: idAt(230), followsNewest: false };
  expect(await fetchAround(client, queries, question, view, 3)).toBe(40);
  expect(pagesOf(queries)).toEqual([
    ['entries.page', 200, 3],
    ['entries.page', 0, 3],
  ]);
});

test('whoever is at the newest entry stays there; where the top entry is gone nothing moves', async () => {
  const queries = new QueryClient();
  const view = { topRow: 0, rows: 20, anchor: idAt(10) };
  expect(await fetchAround(client, queries, question, { ...view, followsNewest: true }, 1)).toBe('newest');
  expect(
    await fetchAround(client, queries, question, { ...view, anchor: 'gone', followsNewest: false }, 2),
  ).toBe(0);
});

test('rows that are still on their way are waited for: nothing else says what is to stay', async () => {
  let asked = 0;
  const inView = () => {
    asked += 1;
    return { topRow: 40, rows: 20, anchor: asked < 3 ? undefined : 'there', followsNewest: false };
  };
  expect(await settle(inView)).toMatchObject({ anchor: 'there' });
  expect(asked).toBe(3);
  expect(await settle(() => ({ ...inView(), anchor: undefined, followsNewest: true }))).toMatchObject({
    followsNewest: true,
  });
  expect(asked).toBe(4);
});

test('answers that are held on screen are not asked for again when a check ends', async () => {
  const queries = new QueryClient();
  queries.setQueryData(['entries.page', {}, 1], {});
  queries.setQueryData(['report.get', {}], {});
  forgetAnswers(queries);
  await Promise.resolve();
  await Promise.resolve();
  expect(queries.getQueryState(['entries.page', {}, 1])?.isInvalidated).toBe(false);
  await expect.poll(() => queries.getQueryState(['report.get', {}])?.isInvalidated).toBe(true);
});
