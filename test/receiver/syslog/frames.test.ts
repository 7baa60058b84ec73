/** Frames of a stream: any chunking gives the same, and nothing throws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RelpFrame, RelpReader, writeRelp } from '../../../src/receiver/syslog/relp-frames.ts';
import { type Frame, FrameSplitter } from '../../../src/receiver/syslog/split-frames.ts';

/** Cuts bytes at the places given. */
function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const ends = [...at.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, i) => bytes.subarray(i === 0 ? 0 : ends[i - 1], end));
}

function split(chunks: readonly Buffer[], maxBytes = 1000): { frames: unknown[]; isFramed: boolean } {
  const splitter = new FrameSplitter(maxBytes);
  const frames: unknown[] = [];
  const take = ({ bytes, cutBytes, isTorn }: Frame): unknown =>
    frames.push([bytes.toString('latin1'), cutBytes, isTorn]);
  let isFramed = true;
  for (const chunk of chunks) isFramed = splitter.push(chunk, take) && isFramed;
  if (isFramed) splitter.end(take);
  return { frames, isFramed };
}

const places = fc.array(fc.nat(5000), { maxLength: 12 });
const message = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).map((text) => `<134>${text}`);
const octets = (text: string): string => `${Buffer.byteLength(text)} ${text}`;

describe('a stream of syslog', () => {
  test.each([
    [
      'lines',
      '<1>a\n<1>b\n',
      [
        ['<1>a', 0, false],
        ['<1>b', 0, false],
      ],
    ],
    [
      'a line without an end',
      '<1>a\n<1>b',
      [
        ['<1>a', 0, false],
        ['<1>b', 0, false],
      ],
    ],
    ['blank lines', '\n\n<1>a\n\n', [['<1>a', 0, false]]],
    [
      'a line that begins with a digit',
      '<1>a\n12 b\n',
      [
        ['<1>a', 0, false],
        ['12 b', 0, false],
      ],
    ],
    [
      'counted',
      '4 <1>a4 <1>b',
      [
        ['<1>a', 0, false],
        ['<1>b', 0, false],
      ],
    ],
    [
      'counted, with a line end inside and behind',
      '5 <1>a\n\n4 <1>b',
      [
        ['<1>a\n', 0, false],
        ['<1>b', 0, false],
      ],
    ],
    ['counted, of no bytes', '0 4 <1>a', [['<1>a', 0, false]]],
    [
      'counted, torn',
      '4 <1>a9 <1>b',
      [
        ['<1>a', 0, false],
        ['<1>b', 0, true],
      ],
    ],
    ['a torn count', '4 <1>a9', [['<1>a', 0, false]]],
    ['nothing', '', []],
  ])('%s', (_, text, frames) => {
    expect(split([Buffer.from(text)])).toEqual({ frames, isFramed: true });
    expect(split([...text].map((byte) => Buffer.from(byte)))).toEqual({ frames, isFramed: true });
  });

  test.each(['4x <1>a', '4 <1>aX', '1234567890 <1>a', '4 <1>a 4 <1>b'])('lost: %s', (text) => {
    expect(split([Buffer.from(text)]).isFramed).toBe(false);
    expect(split([...text].map((byte) => Buffer.from(byte))).isFramed).toBe(false);
  });

  test.each([
    ['lines', (text: string) => `${text}\n`],
    ['counted', octets],
  ])('what is too long is cut once, and the next is whole: %s', (_, frame) => {
    const bytes = Buffer.from(frame('x'.repeat(2500)).concat(frame('<1>b')).replace(/^x/, '<'));
    const expected = [
      [`<${'x'.repeat(999)}`, 1500, false],
      ['<1>b', 0, false],
    ];
    expect(split(cut(bytes, [3, 700, 1500, 2000])).frames).toEqual(
      _ === 'lines'
        ? expected
        : [
            [`${'x'.repeat(1000)}`, 1500, false],
            ['<1>b', 0, false],
          ],
    );
  });

  test('any chunking gives the same', () => {
    const lines = fc.array(message.map((text) => `${text.replace(/\n/g, ' ')}\n`));
    const streams = fc.oneof(lines, fc.array(message.map(octets))).map((all) => Buffer.from(all.join('')));
    fc.assert(
      fc.property(fc.oneof(streams, fc.uint8Array().map(Buffer.from)), places, (bytes, at) => {
        expect(split(cut(bytes, at), 40)).toEqual(split([bytes], 40));
      }),
    );
  });

  test('messages come back as they were sent, in either framing', () => {
    fc.assert(
      fc.property(fc.array(message), places, (texts, at) => {
        const bytes = Buffer.from(texts.map(octets).join(''));
        const expected = texts.map((text) => [Buffer.from(text).toString('latin1'), 0, false]);
        expect(split(cut(bytes, at)).frames).toEqual(expected);
      }),
    );
  });
});

function readRelp(chunks: readonly Buffer[], maxBytes = 1000): { frames: unknown[]; isRelp: boolean } {
  const reader = new RelpReader(maxBytes);
  const frames: unknown[] = [];
  let isRelp = true;
  for (const chunk of chunks) {
    isRelp = reader.push(chunk, ({ transaction, command, bytes, cutBytes }: RelpFrame) =>
      frames.push([transaction, command, bytes.toString('latin1'), cutBytes]),
    );
  }
  return { frames, isRelp };
}

describe('RELP', () => {
  test.each([
    [
      'a session',
      '1 open 14 relp_version=0\n2 syslog 4 <1>a\n3 close 0\n',
      [
        [1, 'open', 'relp_version=0', 0],
        [2, 'syslog', '<1>a', 0],
        [3, 'close', '', 0],
      ],
    ],
    ['no data, with the space', '3 close 0 \n', [[3, 'close', '', 0]]],
    ['line ends in the data', '2 syslog 4 \n\n\n\n\n', [[2, 'syslog', '\n\n\n\n', 0]]],
    ['unfinished', '2 syslog 9 <1>', []],
  ])('%s', (_, text, frames) => {
    expect(readRelp([Buffer.from(text)])).toEqual({ frames, isRelp: true });
    expect(readRelp([...text].map((byte) => Buffer.from(byte)))).toEqual({ frames, isRelp: true });
  });

  test.each([
    '<134>1 - - - - - -\n',
    '1 open\n',
    '1 op3n 0\n',
    '1 open 3\n',
    '1 open 3 abcd\n',
    '1234567890 open 0\n',
    `${'1'.repeat(99)}`,
    '\n',
  ])('not RELP: %j', (text) => {
    expect(readRelp([Buffer.from(text)]).isRelp).toBe(false);
    expect(readRelp([...text].map((byte) => Buffer.from(byte))).isRelp).toBe(false);
  });

  test('data that is too long is cut once', () => {
    const text = `1 syslog 2500 ${'x'.repeat(2500)}\n2 syslog 1 y\n`;
    const frames = [
      [1, 'syslog', 'x'.repeat(1000), 1500],
      [2, 'syslog', 'y', 0],
    ];
    expect(readRelp(cut(Buffer.from(text), [1, 20, 900, 1700]))).toEqual({ frames, isRelp: true });
  });

  test('any chunking gives the same', () => {
    const frame = fc
      .tuple(fc.nat(999_999_999), fc.string({ unit: 'binary', maxLength: 60 }))
      .map(([transaction, data]) => writeRelp(transaction, 'rsp', data));
    const streams = fc.array(frame).map((all) => Buffer.concat(all));
    fc.assert(
      fc.property(fc.oneof(streams, fc.uint8Array().map(Buffer.from)), places, (bytes, at) => {
        expect(readRelp(cut(bytes, at), 40)).toEqual(readRelp([bytes], 40));
      }),
    );
  });
});
