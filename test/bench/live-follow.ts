/**
 * A directory that is written to while it is followed, in a process of its own:
 *
 *     node live-follow.ts DIRECTORY LINES_PER_SECOND SECONDS
 *
 * The directory's files are linked into a new one, to which another process appends. Told, as JSON: how long lines took
 * from the append until a page of entries had them, and how much of a core the host took meanwhile.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CallName, Calls, Events, Reply } from '../../src/contract/api.ts';
import { createHost, type Host } from '../../src/host/dispatch.ts';
import { makeHostOptions } from '../host/host-options.ts';
import type { Appended } from './live-writer.ts';

const [source = '', rate = '', seconds = ''] = process.argv.slice(2);
// Beside the log: a link does not reach another disk.
const directory = mkdtempSync(join(dirname(source), 'live-'));
const evidence = join(directory, 'audit');
mkdirSync(evidence);
for (const name of readdirSync(source)) linkSync(join(source, name), join(evidence, name));
const host = createHost(
  makeHostOptions(directory, (error) => {
    throw error;
  }),
);
try {
  process.stdout.write(JSON.stringify(await follow(host)));
} finally {
  await host.close();
  rmSync(directory, { recursive: true, force: true });
}

async function follow(host: Host): Promise<unknown> {
  const following = new Promise<void>((done) => {
    host.on((name, payload) => {
      if (name !== 'workspace.followed') return;
      if ((payload as Events['workspace.followed']).follow.state === 'following') done();
    });
  });
  const { workspace } = await call('workspace.open', { paths: [evidence] });
  await following;
  const count = async (): Promise<number> =>
    (await call('entries.page', { workspace, filter: {}, order: 'newest-first', offset: 0, limit: 50 }))
      .total;
  const before = await count();

  const writer = fork(join(import.meta.dirname, 'live-writer.ts'), [evidence, rate, seconds]);
  await once(writer, 'message');
  const waiting: Appended[] = [];
  const latencies: { lines: number; ms: number }[] = [];
  let appended = 0;
  let isBusy = false;
  const look = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    const seen = (await count()) - before;
    const now = Date.now();
    while (waiting[0] && waiting[0].total <= seen) {
      const { lines, atMs } = waiting.shift()!;
      latencies.push({ lines, ms: now - atMs });
    }
    isBusy = false;
  };
  writer.on('message', (told: Appended) => {
    waiting.push(told);
    appended = told.total;
  });
  host.on((name) => {
    if (name === 'workspace.followed' || name === 'workspace.checked') void look();
  });
  const begun = { cpu: process.cpuUsage(), ms: performance.now() };
  writer.send('go');
  await ended(writer);
  const { user, system } = process.cpuUsage(begun.cpu);
  const elapsedMs = performance.now() - begun.ms;
  while (waiting.length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    await look();
  }
  return { appended, cores: (user + system) / 1000 / elapsedMs, latencies: spread(latencies) };
}

function ended(child: ChildProcess): Promise<unknown> {
  return once(child, 'exit');
}

/** One figure for so many lines. */
function spread(latencies: readonly { lines: number; ms: number }[]): number[] {
  return latencies.flatMap(({ lines, ms }) => Array.from({ length: Math.ceil(lines / 100) }, () => ms));
}

async function call<N extends CallName>(name: N, input: Calls[N]['input']): Promise<Calls[N]['output']> {
  const reply = (await host.call(name, input)) as Reply<Calls[N]['output']>;
  if (!reply.ok) throw new Error(`${name}: ${reply.failure.message}`);
  return reply.value;
}
