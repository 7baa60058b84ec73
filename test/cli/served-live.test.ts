/** What a served directory received, asked from the command line while its server has it open. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createHost } from '../../src/host/dispatch.ts';
import { lockForCommand, lockForServer } from '../../src/host/workspaces/lock-workspace.ts';
import { makeHostOptions } from '../host/host-options.ts';
import { makeEntry, runReceiver, VALUE } from '../receiver/running-receiver.ts';
import { cli } from './run-cli.ts';

test('all that was acknowledged is there once, and its server alone reads it', async () => {
  const receiver = await runReceiver();
  const { data } = receiver;
  const paths = [join(data, 'spool')];
  const lock = await lockForServer(data);
  const host = createHost({
    ...makeHostOptions(join(data, 'own'), () => {}),
    served: { paths, file: join(data, 'workspace.unbroken') },
  });
  try {
    expect(lockForCommand(data)).toBeUndefined();
    let sent = 0;
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 3; n++) {
        const entry = { method: 'POST', body: makeEntry(++sent), headers: { authorization: VALUE } };
        expect((await fetch(`${receiver.url}/ingest`, entry)).status).toBe(200);
      }
      const ask = promisify(execFile)(process.execPath, [cli, 'entries', '--json', '--data', data]);
      const rows = (await ask).stdout.trimEnd().split('\n');
      expect(rows.map((row) => (JSON.parse(row) as { seq: number }).seq)).toEqual(
        Array.from({ length: sent }, (_, n) => n + 1),
      );
    }
  } finally {
    await host.close();
    lock.release();
    await receiver.close();
  }
});
