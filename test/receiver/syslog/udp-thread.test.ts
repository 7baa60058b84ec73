import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { FromUdpThread, UdpOrder } from '../../../src/receiver/syslog/udp-thread.ts';

test('datagrams without a byte take room as well, and beyond it are counted as lost', async () => {
  const workerData: UdpOrder = { host: '127.0.0.1', port: 0, maxWaitingBytes: 10_000 };
  const thread = new Worker(new URL('../../../src/receiver/syslog/udp-thread.ts', import.meta.url), {
    workerData,
  });
  const [first] = (await once(thread, 'message')) as [FromUdpThread];
  if (first.kind !== 'listening') throw new Error('it does not listen');
  const told: FromUdpThread[] = [];
  thread.on('message', (message: FromUdpThread) => told.push(message));
  const socket = createSocket('udp4');
  for (let n = 0; n < 200; n++) await new Promise((sent) => socket.send('', first.port, '127.0.0.1', sent));
  socket.close();
  thread.postMessage({ kind: 'close' });
  await once(thread, 'exit');
  const batches = told.filter(({ kind }) => kind === 'batch') as Extract<FromUdpThread, { kind: 'batch' }>[];
  const sum = (count: (batch: (typeof batches)[number]) => number) =>
    batches.reduce((total, batch) => total + count(batch), 0);
  expect(sum(({ ends }) => ends.length)).toBeLessThan(80);
  expect(sum(({ lost }) => lost)).toBeGreaterThan(0);
  expect(sum(({ cost }) => cost)).toBeLessThanOrEqual(10_000);
});
