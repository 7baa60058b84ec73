import { expect, test } from 'vitest';
import type { Tuple } from '../../../src/engine/batch.ts';
import { TupleReceiver, TupleSender } from '../../../src/engine/gather/send-tuples.ts';

function makeTuples(count: number, node: string): Tuple[] {
  return Array.from({ length: count }, (_, i) => ({
    node,
    model: 'res.partner',
    action: 'write',
    userId: String(i),
    userLogin: '',
  }));
}

test('tuples arrive as they were sent, each told once, however many there were before', () => {
  const sender = new TupleSender();
  const receiver = new TupleReceiver();
  const lasting = makeTuples(5, 'a');
  let restarts = 0;
  for (let batch = 0; batch < 40; batch++) {
    const tuples = [...makeTuples(4000, `node-${batch}`), ...lasting];
    const sent = sender.send(tuples);
    if (sent.isRestart) restarts++;
    expect(sent.fresh.length).toBe(batch === 0 || sent.isRestart ? 4005 : 4000);
    expect(receiver.receive(structuredClone(sent))).toEqual(tuples);
  }
  expect(restarts).toBeGreaterThan(1);
});
