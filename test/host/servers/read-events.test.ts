import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEvents } from '../../../src/host/servers/read-events.ts';

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const read = async (text: string, size: number) => {
  const told: string[] = [];
  for await (const data of readEvents(cut(Buffer.from(text), size))) told.push(data);
  return told;
};

test('events are the same wherever their bytes are cut, in the middle of a character too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text))),
      fc.integer({ min: 1, max: 20 }),
      async (events, size) => {
        const text = `: open\n\n${events.map((data) => `data: ${data}\n\n: still here\n\n`).join('')}`;
        expect(await read(text, size)).toEqual(events);
      },
    ),
    { numRuns: 200 },
  );
});

test('half an event is none', async () => {
  expect(await read('data: 1\n\ndata: 2', 3)).toEqual(['1']);
});

test('an event that does not end is refused', async () => {
  await expect(read(`data: ${'x'.repeat(17 * 1024 * 1024)}`, 65_536)).rejects.toThrow('does not end');
});
