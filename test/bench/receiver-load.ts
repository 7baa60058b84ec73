/**
 * Durable entries over HTTP beside a bare `node:http` server that reads the body and answers, in one run:
 * `node test/bench/receiver-load.ts [--seconds 3]`. Connections that are kept, one new connection an entry, a lone sender.
 */
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { makeEntry, runReceiver, VALUE } from '../receiver/running-receiver.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '3' } } });
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

/** Entries a second, and the times they took in milliseconds, ascending. */
async function load(
  port: number,
  keepAlive: boolean,
  senders: number,
): Promise<{ rate: number; times: number[] }> {
  const agent = new Agent({ keepAlive, maxSockets: senders });
  const startedMs = performance.now();
  const endMs = startedMs + Number(values.seconds) * 1000;
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
    times: times.sort((a, b) => a - b),
  };
}

const bare = createServer((incoming, answer) => {
  incoming.resume().once('end', () => answer.end('{}'));
}).listen(0, '127.0.0.1');
await once(bare, 'listening');
const barePort = (bare.address() as AddressInfo).port;
const receiver = await runReceiver();
for (const [name, keepAlive] of [
  [`${CONNECTIONS} connections that are kept`, true],
  ['a new connection an entry', false],
] as const) {
  const peer = await load(barePort, keepAlive, CONNECTIONS);
  const ours = await load(receiver.port, keepAlive, CONNECTIONS);
  const ratio = (ours.rate / peer.rate).toFixed(2);
  console.log(`${name}: ${Math.round(ours.rate)}/s, bare ${Math.round(peer.rate)}/s, ratio ${ratio}`);
}
const { times } = await load(receiver.port, true, 1);
const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
console.log(`a lone sender: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
bare.close();
await receiver.close();
