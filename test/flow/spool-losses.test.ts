/** What a receiver lost, from its sockets to the report of a spool that is read later. */
import { createSocket } from 'node:dgram';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { verifyPaths } from '../../src/engine/engine.ts';
import { readSpool, runReceiver } from '../receiver/running-receiver.ts';

test('holes in a sender’s count of its datagrams are evidence of its gap, and not of another sender’s', async () => {
  const receiver = await runReceiver({}, {}, {}, { udp: '127.0.0.1:0' });
  const startMs = Date.now();
  const entry = (seq: number, node: string): string => {
    const ts = new Date(startMs + seq).toISOString().replace('Z', '001+00:00');
    const rest = { rule_name: 'R', model: 'res.partner', res_id: 7, method: 'write', user_id: 2 };
    const data = { old: { name: 'A' }, new: { name: `B${seq}` } };
    return JSON.stringify({ ...rest, user_login: 'ana', data, seq, ts, node });
  };
  const socket = createSocket('udp4');
  const seqs = [1, 2, 5, 6];
  for (const seq of seqs) {
    const message = `<134>1 - vm openspp-audit 7 - [meta sequenceId="${seq}"] ${entry(seq, 'vm')}`;
    await new Promise((resolve) => {
      socket.send(message, receiver.portOf('syslog-udp'), '127.0.0.1', resolve);
    });
    const answer = await fetch(`${receiver.url}/ingest`, {
      method: 'POST',
      headers: { authorization: 'Bearer your-api-token', 'content-type': 'application/json' },
      body: entry(seq, 'web'),
    });
    expect(answer.ok).toBe(true);
  }
  socket.close();
  await vi.waitFor(() => expect(readSpool(receiver.data).get('relay')).toHaveLength(seqs.length), 10_000);
  // Says so at its stop.
  await receiver.restart();
  const { findings } = await verifyPaths([join(receiver.data, 'spool')], {
    signal: new AbortController().signal,
  });
  const gaps = findings.filter(({ kind }) => kind === 'gap');
  const told = gaps.map(({ node, count, evidence }) => [
    node,
    count,
    evidence.filter(({ code }) => code === 'receiver-sequence-hole').map(({ text }) => text),
  ]);
  expect(told).toEqual([
    ['vm', 2, [expect.stringContaining('by the sender’s own count, 2 messages came to be missing between')]],
    ['web', 2, []],
  ]);
  await receiver.close();
});
