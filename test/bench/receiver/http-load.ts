/**
 * Durable entries over HTTP beside a bare `node:http` server that reads the body and answers: `http-load.ts ROUNDS
 * SECONDS`. Connections that are kept, one new connection an entry, a lone sender; each server and the sender a process
 * of its own, in turn. The first round of each is not counted: code that is not compiled yet is not what is measured.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findShare } from '../run-command.ts';
import { type Peer, startBare, startUnbroken } from './start-peers.ts';

const [rounds = '', seconds = ''] = process.argv.slice(2);
const CONNECTIONS = 64;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

interface Load {
  readonly rate: number;
  /** What each entry waited, in milliseconds. */
  readonly times: readonly number[];
  /** Microseconds of CPU that an entry took the server and the sender. */
  readonly cpu: number;
  readonly senderCpu: number;
}

async function load({ http, readCpu }: Peer, connections: number, kind: 'kept' | 'new'): Promise<Load> {
  const before = readCpu();
  const script = join(import.meta.dirname, 'http-sender.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [script, String(http), seconds, String(connections), kind],
    { maxBuffer: MAX_OUTPUT_BYTES },
  );
  const { rate, times, cpuSeconds } = JSON.parse(stdout) as Load & { cpuSeconds: number };
  const each = 1e6 / times.length;
  return { rate, times, cpu: (readCpu() - before) * each, senderCpu: cpuSeconds * each };
}

const [bare, receiver] = [await startBare(), await startUnbroken()];
const rows: { what: string; ours: Load[]; bare: Load[] }[] = [];
for (const [what, kind] of [
  [`${CONNECTIONS} connections that are kept`, 'kept'],
  ['a new connection an entry', 'new'],
] as const) {
  const row = { what, ours: [] as Load[], bare: [] as Load[] };
  for (let round = 0; round <= Number(rounds); round++) {
    row.bare.push(await load(bare, CONNECTIONS, kind));
    row.ours.push(await load(receiver, CONNECTIONS, kind));
  }
  rows.push({ what, ours: row.ours.slice(1), bare: row.bare.slice(1) });
}
const { times: loneMs } = await load(receiver, 1, 'kept');
await Promise.all([bare.close(), receiver.close()]);
const tell = (loads: readonly Load[]): { rates: number[]; cpu: number; senderCpu: number } => ({
  rates: loads.map(({ rate }) => rate),
  cpu: findShare(loads.map(({ cpu }) => cpu)),
  senderCpu: findShare(loads.map(({ senderCpu }) => senderCpu)),
});
console.log(
  JSON.stringify({
    loads: rows.map((row) => ({ what: row.what, ours: tell(row.ours), bare: tell(row.bare) })),
    lone: { p50: findShare(loneMs), p99: findShare(loneMs, 0.99) },
  }),
);
