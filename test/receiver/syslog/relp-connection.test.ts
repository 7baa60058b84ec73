import { expect, test } from 'vitest';
import { openRelpConnection } from '../../../src/receiver/syslog/relp-connection.ts';

test('what is kept is held until what came before it is answered', async () => {
  const first = Promise.withResolvers<void>();
  let taken = 0;
  let held = 0;
  const written: string[] = [];
  const connection = {
    origin: { sender: 'relay', peer: '127.0.0.1:1', transport: 'relp' as const },
    hold: (_: unknown, kept: Promise<void>) => {
      held++;
      void kept.then(() => held--);
    },
    write: (bytes: Buffer) => void written.push(bytes.toString()),
    close: () => {},
  };
  const intake = { take: () => (taken++ === 0 ? first.promise : Promise.resolve()) };
  const protocol = openRelpConnection(
    connection,
    intake as unknown as Parameters<typeof openRelpConnection>[1],
    1000,
  );
  protocol.push(Buffer.from('1 open 0\n'));
  for (let n = 2; n < 102; n++) protocol.push(Buffer.from(`${n} syslog 1 x\n`));
  await new Promise(setImmediate);
  expect(held).toBe(100);
  expect(written).toHaveLength(1);
  first.resolve();
  await new Promise(setImmediate);
  expect(held).toBe(0);
  expect(written.slice(1)).toEqual(Array.from({ length: 100 }, (_, n) => `${n + 2} rsp 6 200 OK\n`));
});
