/** An open workspace keeps up with its directory: what is told of changes, of pausing, and of what goes wrong. */
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Calls, EventName, Events, FollowState, Reply } from '../../src/contract/api.ts';
import type { Report } from '../../src/contract/report.ts';
import { createHost, type Host } from '../../src/host/dispatch.ts';
import { days, makeHostOptions } from './host-options.ts';

const NAME = 'audit-2024-01-15.jsonl';

let directory = '';
let evidence = '';
let host: Host;
let told: { name: EventName; payload: unknown }[] = [];
let bugs: unknown[] = [];
let watchers: (() => void)[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-host-follow-'));
  evidence = join(directory, 'audit');
  mkdirSync(evidence);
  copyFileSync(join(days, NAME), join(evidence, NAME));
  told = [];
  bugs = [];
  watchers = [];
  host = createHost(makeHostOptions(directory, (error) => bugs.push(error)));
  host.on((name, payload) => {
    told.push({ name, payload });
    for (const look of watchers) look();
  });
});
afterEach(async () => {
  await host.close();
  rmSync(directory, { recursive: true, force: true });
  expect(bugs).toEqual([]);
});

async function call<T>(name: string, input: unknown): Promise<T> {
  const reply = (await host.call(name, input)) as Reply<T>;
  if (!reply.ok) throw new Error(reply.failure.message);
  return reply.value;
}

async function open(): Promise<string> {
  const { workspace } = await call<Calls['workspace.open']['output']>('workspace.open', {
    paths: [evidence],
  });
  await waitForFollow(({ state }) => state === 'following');
  return workspace;
}

/** Waits until following is told to be so. */
function waitForFollow(isSo: (state: FollowState) => boolean): Promise<FollowState> {
  return new Promise((done) => {
    const look = (): void => {
      const last = told.findLast(({ name }) => name === 'workspace.followed');
      const state = last && (last.payload as Events['workspace.followed']).follow;
      if (state && isSo(state)) done(state);
    };
    watchers.push(look);
    look();
  });
}

async function countEntries(workspace: string): Promise<number> {
  return (await call<Report>('report.get', { workspace })).totals.entries;
}

/** Entries of the next day's file, as if they were written to the first one. */
const more = readFileSync(join(days, 'audit-2024-01-16.jsonl'), 'utf8').split(/(?<=\n)/);
const append = (from: number, to: number): void =>
  appendFileSync(join(evidence, NAME), more.slice(from, to).join(''));

test('what is appended is checked, and told with its time after the check', async () => {
  const workspace = await open();
  const before = await countEntries(workspace);
  expect(await call('workspace.follow', { workspace })).toEqual({ state: 'following' });
  const checks = told.filter(({ name }) => name === 'workspace.checked').length;
  append(0, 10);
  const state = await waitForFollow(({ changedAt }) => changedAt !== undefined);
  expect(await countEntries(workspace)).toBe(before + 10);
  expect(told.filter(({ name }) => name === 'workspace.checked').length).toBe(checks + 1);
  expect(await call('workspace.follow', { workspace })).toEqual(state);
});

test('while it is paused nothing is checked; going on catches up', async () => {
  const workspace = await open();
  const before = await countEntries(workspace);
  expect(await call('workspace.follow', { workspace, on: false })).toEqual({ state: 'paused' });
  // Another page that opens the same has it checked, and keeps it paused.
  const checked = new Promise<void>((done) => {
    host.on((name) => void (name === 'workspace.checked' && done()));
  });
  await call('workspace.open', { paths: [evidence] });
  await checked;
  expect(await call('workspace.follow', { workspace })).toEqual({ state: 'paused' });
  append(0, 5);
  expect(await countEntries(workspace)).toBe(before);
  expect(await call('workspace.follow', { workspace, on: true })).toMatchObject({ state: 'following' });
  await waitForFollow(({ changedAt }) => changedAt !== undefined);
  expect(await countEntries(workspace)).toBe(before + 5);
});

test('a directory that is gone stops it with the reason, and the last report stays', async () => {
  const workspace = await open();
  const before = await countEntries(workspace);
  rmSync(evidence, { recursive: true });
  const state = await waitForFollow((told) => told.state === 'stopped');
  expect(state.failure).toMatchObject({ code: 'path-not-found' });
  expect(await countEntries(workspace)).toBe(before);
});
