/**
 * Durable entries over HTTP beside a bare `node:http` server that reads the body and answers, in turn in one process:
 * `receiver-load.ts ROUNDS SECONDS`. Connections that are kept, one new connection an entry, a lone sender.
 */
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeEntry, runReceiver, VALUE } from '../receiver/running-receiver.ts';
import { findShare } from './run-command.ts';

const [rounds = '', seconds = ''] = process.argv.slice(2);
const CONNECTIONS = 64;
let seq = 0;

function post(port: number, agent: Agent): Promise<void> {
  const body = makeEntry(++seq);
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: VALUE,
      'content-type': 'application/json',
      'content-length': body.length,
    };
    const sent = request(
      { port, host: '127.0.0.1', path: '/ingest', method: 'POST', headers, agent },
      (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`answered ${answer.statusCode}`));
        answer.resume().once('end', resolve);
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Entries a second, and the times they took in milliseconds. */
async function load(
  port: number,
  keepAlive: boolean,
  senders: number,
): Promise<{ rate: number; times: number[] }> {
  const agent = new Agent({ keepAlive, maxSockets: senders });
  const startedMs = performance.now();
  const endMs = startedMs + Number(seconds) * 1000;
  const times: number[] = [];
  const send = async (): Promise<void> => {
    for (let at = performance.now(); at < endMs; at = performance.now()) {
      await post(port, agent);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
  agent.destroy();
  return {
    rate: times.length / ((performance.now() - startedMs) / 1000),
    times,
  };
}

const bare = createServer((incoming, answer) => {
  incoming.resume().once('end', () => answer.end('{}'));
}).listen(0, '127.0.0.1');
await once(bare, 'listening');
const barePort = (bare.address() as AddressInfo).port;
const receiver = await runReceiver();
const rates: { what: string; ours: number[]; bare: number[] }[] = [];
for (const [what, keepAlive] of [
  [`${CONNECTIONS} connections that are kept`, true],
  ['a new connection an entry', false],
] as const) {
  const row = { what, ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < Number(rounds); round++) {
    row.bare.push((await load(barePort, keepAlive, CONNECTIONS)).rate);
    row.ours.push((await load(receiver.port, keepAlive, CONNECTIONS)).rate);
  }
  rates.push(row);
}
const { times: loneMs } = await load(receiver.port, true, 1);
console.log(JSON.stringify(rates));
console.error(
  `a lone sender: p50 ${findShare(loneMs).toFixed(2)} ms, p99 ${findShare(loneMs, 0.99).toFixed(2)} ms`,
);
bare.close();
await receiver.close();
