import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lines } from '../../../src/engine/batch.ts';
import { LineSplitter } from '../../../src/engine/source/split-lines.ts';

interface Split {
  readonly lines: string[];
  readonly runs: Lines[];
  readonly content: string;
  readonly count: number;
  readonly endsWithNewline: boolean;
}

/** Splits; each chunk lies in a buffer with `room` before it that is wiped as soon as the splitter asks for more. */
function splitChunks(chunks: readonly Buffer[], { room = 64, maxLineBytes = 1 << 20 } = {}): Split {
  const splitter = new LineSplitter(maxLineBytes);
  const lines: string[] = [];
  const runs: Lines[] = [];
  let content = '';
  const take = (run: Lines): void => {
    const bytes = Buffer.from(run.bytes);
    expect(run.offsetBytes).toBe(content.length);
    content += bytes.toString('latin1');
    runs.push({ ...run, bytes, ends: run.ends.slice() });
    expect(run.ends.length).toBe(run.count);
    if (run.piece === 'rest') return;
    expect(run.ends.at(-1)).toBe(bytes.length);
    expect(run.firstLine).toBe(lines.length + 1);
    for (let at = 0; at < run.count; at++)
      lines.push(bytes.toString('latin1', at === 0 ? 0 : run.ends[at - 1]!, run.ends[at]!));
  };
  for (const chunk of chunks) {
    const buffer = Buffer.alloc(room + chunk.length + 16, '\n');
    chunk.copy(buffer, room);
    for (const run of splitter.split({ buffer, start: room, end: room + chunk.length })) take(run);
    buffer.fill(0x21);
  }
  for (const run of splitter.finish()) take(run);
  return { lines, runs, content, count: splitter.lines, endsWithNewline: splitter.endsWithNewline };
}

function cutAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((start, at) => bytes.subarray(start, places[at] ?? bytes.length));
}

function splitPlainly(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

describe('lines', () => {
  const long = 'x'.repeat(1_000_000);
  test.each<[string, string, string[]]>([
    ['empty', '', []],
    ['only newlines', '\n\n\n', ['\n', '\n', '\n']],
    ['CRLF', 'a\r\nb\r\n', ['a\r\n', 'b\r\n']],
    ['a lone CR is data', 'a\rb\n', ['a\rb\n']],
    ['no final newline', 'a\nb', ['a\n', 'b']],
    ['NUL bytes', '\0\0\n\0', ['\0\0\n', '\0']],
    ['U+2028 and U+0085 are data', '\xe2\x80\xa8\xc2\x85\n', ['\xe2\x80\xa8\xc2\x85\n']],
    ['a line of 1 MB', `${long}\nb\n`, [`${long}\n`, 'b\n']],
  ])('%s', (_, text, expected) => {
    const bytes = Buffer.from(text, 'latin1');
    for (const chunks of [[bytes], cutAt(bytes, [1, 2]), cutAt(bytes, [bytes.length - 1])]) {
      const split = splitChunks(chunks);
      expect(split.lines).toEqual(expected);
      expect(split.content).toBe(text);
      expect(split.count).toBe(expected.length);
      expect(split.endsWithNewline).toBe(text.endsWith('\n'));
    }
  });

  test('a line cut inside a UTF-8 character is one line', () => {
    const bytes = Buffer.from('{"name": "李小龙"}\nnext\n');
    const at = bytes.indexOf(Buffer.from('小')) + 1;
    expect(
      splitChunks(cutAt(bytes, [at])).lines.map((line) => Buffer.from(line, 'latin1').toString()),
    ).toEqual(['{"name": "李小龙"}\n', 'next\n']);
  });

  test('whole lines of a chunk are one run in the chunk itself', () => {
    const splitter = new LineSplitter();
    const buffer = Buffer.from('....a\nbb\ncut');
    const runs = [...splitter.split({ buffer, start: 4, end: buffer.length })];
    expect(runs).toHaveLength(1);
    expect(runs[0]?.bytes.buffer).toBe(buffer.buffer);
    expect([...(runs[0]?.ends ?? [])]).toEqual([2, 5]);
  });
});

describe('over-long lines', () => {
  const pieces = (split: Split): string[] =>
    split.runs.map((run) => `${run.piece} ${run.firstLine} ${Buffer.from(run.bytes).toString()}`);

  test.each<[string, string, string[]]>([
    ['as long as allowed, newline included', 'abc\nd\n', ['whole 1 abc\nd\n']],
    ['one byte too long', 'abcd\nd\n', ['head 1 abcd', 'rest 1 \n', 'whole 2 d\n']],
    ['last, as long as allowed', 'a\nbcde', ['whole 1 a\n', 'whole 2 bcde']],
    ['last, too long', 'a\nbcdef', ['whole 1 a\n', 'head 2 bcde', 'rest 2 f']],
    ['between others', 'a\n12345678\nb\n', ['whole 1 a\n', 'head 2 1234', 'rest 2 5678\n', 'whole 3 b\n']],
  ])('%s', (_, text, expected) => {
    const split = splitChunks([Buffer.from(text)], { maxLineBytes: 4 });
    expect(pieces(split)).toEqual(expected);
    expect(split.count).toBe(splitPlainly(text).length);
  });
});

test('any chunking gives the same lines', () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom('\n', '\n\n', '\r\n', 'ab', '\0', 'é'), fc.string({ maxLength: 12 })), {
      maxLength: 40,
    })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      text,
      fc.array(fc.nat(), { maxLength: 20 }),
      fc.nat({ max: 10 }),
      fc.integer({ min: 1, max: 30 }),
      (written, cuts, room, maxLineBytes) => {
        const bytes = Buffer.from(written);
        const latin = bytes.toString('latin1');
        const split = splitChunks(cutAt(bytes, cuts), { room, maxLineBytes });
        const expected = splitPlainly(latin);
        expect(split.content).toBe(latin);
        expect(split.count).toBe(expected.length);
        expect(split.lines).toEqual(expected.map((line) => line.slice(0, maxLineBytes)));
        expect(split.endsWithNewline).toBe(latin.endsWith('\n'));
      },
    ),
    { numRuns: 2000 },
  );
});
