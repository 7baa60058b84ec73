import { expect, test } from 'vitest';
import type { BackendNews } from '../../src/trail/outlet.ts';
import { openTrail } from '../../src/trail/trail.ts';
import { FakeBackend } from './fake-backend.ts';

function open(waitMs = 10_000) {
  const [file, syslog] = [new FakeBackend('file'), new FakeBackend('syslog')];
  const news: BackendNews[] = [];
  const trail = openTrail({
    rules: [{ model: 'm' }],
    backends: [syslog, file],
    waitMs,
    onFailure: (one) => {
      news.push(one);
      throw new Error('who is told fails too');
    },
  });
  return { trail, file, syslog, news, record: () => trail.recordCreate('m', 1, {}) };
}

test.each(['fails', 'throws'] as const)(
  'a backend that %s fails alone, and is told of once an outage',
  async (mode) => {
    const { trail, file, syslog, news, record } = open();
    syslog.mode = mode;
    for (let n = 0; n < 3; n++) expect(await record()).toMatchObject({ recorded: true });
    expect(file.lines).toHaveLength(3);
    expect(news).toMatchObject([{ backend: 'syslog', what: 'outage-began' }]);
    expect(trail.state().backends[0]).toMatchObject({ name: 'syslog', written: 0, outage: { failures: 3 } });
    syslog.mode = 'works';
    await record();
    expect(news.map(({ what }) => what)).toEqual(['outage-began', 'outage-ended']);
    expect(trail.state().backends[0]).not.toHaveProperty('outage');
    expect(syslog.entries.map(({ seq }) => seq)).toEqual([4]);
  },
);

test('a backend that takes entries and cannot deliver them is told of too', async () => {
  const { syslog, news, record } = open();
  syslog.outage = { since: '2024-01-15T10:30:45.000Z', message: 'nobody answers', failures: 1 };
  for (let n = 0; n < 3; n++) await record();
  expect(news).toMatchObject([{ backend: 'syslog', what: 'outage-began', message: 'nobody answers' }]);
  syslog.outage = undefined;
  await record();
  expect(news.map(({ what }) => what)).toEqual(['outage-began', 'outage-ended']);
});

test('a backend that hangs is waited for once, and again when it has caught up', async () => {
  const { trail, file, syslog, news, record } = open(5);
  syslog.mode = 'hangs';
  await record();
  expect(trail.state().backends[0]).toMatchObject({ late: true, waiting: 1 });
  // From here on nothing waits for it: with the bound at ten seconds this test would say so.
  for (let n = 0; n < 2000; n++) await record();
  expect(file.lines).toHaveLength(2001);
  expect(news).toHaveLength(1);
  syslog.release();
  await trail.close();
  expect(trail.state().backends[0]).toMatchObject({ late: false, waiting: 0, written: 2001 });
  expect(trail.state().backends[0]).not.toHaveProperty('outage');
  expect(syslog.lines).toEqual(file.lines);
});

test('what a backend cannot be given any more is counted', async () => {
  const { trail, syslog, record } = open(1);
  syslog.mode = 'hangs';
  await record();
  for (let n = 0; n < 10_004; n++) await record();
  expect(trail.state().backends[0]).toMatchObject({ waiting: 10_000, lost: 5 });
  syslog.release();
  await trail.close();
});

test('a late backend catches up beside a program that does nothing but record', async () => {
  const { trail, syslog, record } = open(5);
  syslog.mode = 'hangs';
  await record();
  // What it waits for is of the system, as a disk is: that never comes where nothing but promises is run.
  setImmediate(syslog.release);
  for (let n = 0; n < 10_004; n++) await record();
  await trail.close();
  expect(trail.state().backends[0]).toMatchObject({ lost: 0, written: 10_005 });
});

test('entries that found no room are told by an entry, until somebody has taken it', async () => {
  const { file, syslog, trail } = open();
  const at = (seq: number) => ({ seq, ts: '2024-01-15T10:30:45+00:00' });
  const loss = { backend: 'syslog', count: 3, node: 'web-1', first: at(7), last: at(9) } as const;
  [file.mode, syslog.mode] = ['fails', 'fails'];
  await expect(syslog.tellLoss(loss)).rejects.toThrow('no backend');
  file.mode = 'works';
  await syslog.tellLoss(loss);
  expect(file.entries).toMatchObject([
    {
      ...{ seq: 2, model: 'unbroken.trail', action: 'entries_lost', backend: 'syslog', count: 3 },
      ...{ lost_node: 'web-1', first_seq: 7, last_seq: 9 },
    },
  ]);
  await trail.close();
  await expect(syslog.tellLoss(loss)).rejects.toThrow();
});
