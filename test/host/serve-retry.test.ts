/** What a served instance follows goes on by itself after whatever stopped it: nobody sits before it. */
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createHost } from '../../src/host/dispatch.ts';
import { days, makeHostOptions } from './host-options.ts';

test('a log that is gone for a while is followed again when it is back', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-retry-'));
  const [log, elsewhere] = [join(directory, 'log'), join(directory, 'elsewhere')];
  cpSync(days, log, { recursive: true });
  const host = createHost({
    ...makeHostOptions(join(directory, 'own'), () => {}),
    served: { paths: [log], file: join(directory, 'workspace.unbroken') },
  });
  try {
    const opened = await host.call('workspace.open', { paths: [log] });
    const { workspace } = (opened as { value: { workspace: string } }).value;
    const becomes = (state: string) =>
      expect
        .poll(() => host.call('workspace.follow', { workspace }), { timeout: 25_000 })
        .toMatchObject({ value: { state } });
    await becomes('following');
    renameSync(log, elsewhere);
    await becomes('stopped');
    renameSync(elsewhere, log);
    await becomes('following');
  } finally {
    await host.close();
    rmSync(directory, { recursive: true, force: true });
  }
}, 90_000);
