/** Following what a receiver receives. */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/contract/report.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { makeEntry, runReceiver, VALUE } from '../receiver/running-receiver.ts';

test('a receiver that says that it lives leaves the log quiet: a gap becomes certain', async () => {
  const receiver = await runReceiver();
  const sent = { method: 'POST', headers: { authorization: VALUE } };
  for (const seq of [1, 2, 5]) await fetch(`${receiver.url}/ingest`, { ...sent, body: makeEntry(seq) });
  const spool = join(receiver.data, 'spool');
  const engine = openEngine({ workspace: join(receiver.data, 'w.unbroken'), evidence: [spool] });
  const check = (following: 'begun' | 'open' | 'settled'): Promise<Report> =>
    engine.importPaths([spool], { signal: new AbortController().signal, following });
  const begun = await check('begun');
  expect(begun.findings).toMatchObject([{ kind: 'gap', provisional: true }]);
  const marks = join(spool, 'receiver', readdirSync(join(spool, 'receiver'))[0] ?? '');
  const beat = setInterval(() => appendFileSync(marks, '\n'), 50);
  const certain = await new Promise<Report>((done) => {
    const following = engine.follow([spool], {
      quietMs: 1000,
      check: async (state) => {
        const report = await check(state);
        if (report.findings.every(({ provisional }) => !provisional))
          void Promise.resolve().then(() => following.close().then(() => done(report)));
      },
    });
  });
  clearInterval(beat);
  expect(certain.findings).toMatchObject([{ kind: 'gap', count: 2 }]);
  await engine.close();
  await receiver.close();
});
