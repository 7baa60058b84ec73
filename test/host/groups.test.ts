/** Every call against both groups: what an Audit User may do, and that nothing else gets past dispatch. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CallName, calls } from '../../src/contract/api.ts';
import { createHost, type Host } from '../../src/host/dispatch.ts';
import { makeHostOptions } from './host-options.ts';
import { FOR_MANAGERS } from './not-for-users.ts';

let directory = '';
let host: Host;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-groups-'));
  host = createHost(makeHostOptions(directory, () => {}));
});
afterEach(async () => {
  await host.close();
  rmSync(directory, { recursive: true, force: true });
});

/** An input that no call takes: whoever is let through is refused by the contract, and nothing is done. */
const NO_INPUT = { nothing: 'fits' };

test.each(Object.keys(calls) as CallName[])('%s', async (name) => {
  const isForManagers = FOR_MANAGERS.includes(name);
  expect(await host.call(name, NO_INPUT, { group: 'user', session: 'u' })).toMatchObject({
    ok: false,
    failure: { code: isForManagers ? 'not-allowed' : 'bad-request' },
  });
  for (const caller of [{ group: 'manager', session: 'm' }, undefined] as const) {
    expect(await host.call(name, NO_INPUT, caller)).toMatchObject({ failure: { code: 'bad-request' } });
  }
});

test('a call that there is not is none for anybody', async () => {
  for (const group of ['manager', 'user'] as const) {
    expect(await host.call('constructor', {}, { group, session: group })).toMatchObject({
      failure: { code: 'bad-request' },
    });
  }
});
