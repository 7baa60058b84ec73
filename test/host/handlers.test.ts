/** The contract served in one process, on real files: what is open, for whom, and which check runs. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Calls, EventName, Events, Reply } from '../../src/contract/api.ts';
import { createHost, type Host } from '../../src/host/dispatch.ts';
import { days, makeHostOptions } from './host-options.ts';

let directory = '';
let host: Host;
let told: { name: EventName; payload: unknown }[] = [];
let bugs: unknown[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-host-'));
  told = [];
  bugs = [];
  host = createHost(makeHostOptions(directory, (error) => bugs.push(error)));
  host.on((name, payload) => told.push({ name, payload }));
});
afterEach(async () => {
  await host.close();
  rmSync(directory, { recursive: true, force: true });
  expect(bugs).toEqual([]);
});

async function open(input: Calls['workspace.open']['input']): Promise<string> {
  const reply = (await host.call('workspace.open', input)) as Reply<Calls['workspace.open']['output']>;
  if (!reply.ok) throw new Error(reply.failure.message);
  return reply.value.workspace;
}

function listEnds(): (Events['workspace.checked']['failure'] | undefined)[] {
  return told
    .filter(({ name }) => name === 'workspace.checked')
    .map(({ payload }) => (payload as Events['workspace.checked']).failure);
}

function waitForEnd(): Promise<void> {
  return new Promise((done) => {
    const stop = host.on((name) => {
      if (name !== 'workspace.checked') return;
      stop();
      done();
    });
  });
}

test('the same paths are one open workspace, until the last page has left', async () => {
  const ended = waitForEnd();
  const first = await open({ paths: [days] });
  const second = await open({ paths: [days] });
  expect(second).toBe(first);
  await ended;
  expect(listEnds()).toEqual([undefined]);

  await host.call('workspace.close', { workspace: first });
  expect(await host.call('report.get', { workspace: second })).toMatchObject({
    ok: true,
    value: { verdict: 'intact', totals: { entries: 1143 } },
  });
  await host.call('workspace.close', { workspace: second });
  expect(await host.call('report.get', { workspace: second })).toMatchObject({
    ok: false,
    failure: { code: 'not-found' },
  });
});

test('a page that asks for a comparison gets it, whatever was being checked', async () => {
  const sums = join(directory, 'SHA256SUMS');
  writeFileSync(sums, `${'0'.repeat(64)}  audit-2024-01-15.jsonl\n`);
  const plain = await open({ paths: [days] });
  const ended = waitForEnd();
  const compared = await open({ paths: [days], against: sums });
  expect(compared).toBe(plain);
  await ended;
  // The check that was given up for it tells nobody of its end.
  expect(listEnds()).toEqual([undefined]);
  expect(await host.call('report.get', { workspace: compared })).toMatchObject({
    ok: true,
    value: { verdict: 'contradicted', compared: { files: 1, rewritten: 1 } },
  });
});

test('a first check that is stopped leaves whole files and no report, and the next opening goes on from there', async () => {
  const stop = host.on((name, payload) => {
    if (name !== 'workspace.progressed') return;
    const { workspace, progress } = payload as Events['workspace.progressed'];
    if (progress.phase === 'reading' && progress.files === 2)
      void host.call('workspace.cancel', { workspace });
  });
  const stopped = waitForEnd();
  const workspace = await open({ paths: [days] });
  await stopped;
  stop();
  expect(listEnds()).toMatchObject([{ code: 'cancelled' }]);
  expect(await host.call('report.get', { workspace })).toMatchObject({ failure: { code: 'not-found' } });
  const whole = ['audit-2024-01-15.jsonl', 'audit-2024-01-16.jsonl']
    .map((name) => readFileSync(join(days, name), 'utf8').split('\n').length - 1)
    .reduce((sum, lines) => sum + lines);
  const page = { workspace, filter: {}, order: 'newest-first', offset: 0, limit: 1 };
  expect(await host.call('entries.page', page)).toMatchObject({
    ok: true,
    value: { total: whole, rows: [{ path: 'audit-2024-01-16.jsonl' }] },
  });
  const ended = waitForEnd();
  await open({ paths: [days] });
  await ended;
  expect(await host.call('report.get', { workspace })).toMatchObject({
    value: { verdict: 'intact', totals: { entries: 1143 } },
  });
});

test('a record and a person are told once there is a report', async () => {
  const ended = waitForEnd();
  const workspace = await open({ paths: [days] });
  const record = { model: 'res.partner', resId: '301001' };
  const history = { workspace, record, offset: 0, limit: 5 };
  expect(await host.call('record.history', history)).toMatchObject({
    ok: false,
    failure: { code: 'not-found' },
  });
  await ended;
  expect(await host.call('record.history', history)).toMatchObject({
    ok: true,
    value: { total: 12, rows: 5, first: { action: 'create' } },
  });
  const person = { workspace, user: 'social_worker', zone: 'Asia/Manila' };
  expect(await host.call('person.activity', person)).toMatchObject({
    ok: true,
    value: { total: 491, names: { shown: [{ userId: '5' }] } },
  });
  expect(await host.call('person.hours', { ...person, ofWeek: 66 })).toMatchObject({
    ok: true,
    value: { total: 1, shown: [{ count: 12 }] },
  });
  expect(await host.call('person.hours', { ...person, zone: 'Mars' })).toMatchObject({
    ok: false,
    failure: { code: 'bad-request' },
  });
});

test('what cannot be opened is told, and leaves nothing open', async () => {
  const none = join(directory, 'none');
  expect(await host.call('workspace.open', {})).toMatchObject({
    ok: false,
    failure: { code: 'bad-request' },
  });
  const ended = waitForEnd();
  await open({ paths: [none] });
  await ended;
  expect(listEnds()).toMatchObject([{ code: 'path-not-found' }]);
});
