import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Batch, type Lines, ROW_SALVAGED } from '../../../src/engine/batch.ts';
import { LineParser } from '../../../src/engine/parse/parse-lines.ts';

const encoder = new TextEncoder();
const observed = (seq: number): string =>
  `{"rule_name": "R", "model": "m", "res_id": 1, "method": "write", "data": {"old": {}, "new": {"a": 1}}, "seq": ${seq}, "ts": "2024-01-15T10:30:45.127767+00:00", "node": "vm"}`;
const documented = (seq: number): string =>
  `{"seq": ${seq}, "ts": "2025-03-01T08:00:00+00:00", "node": "web", "model": "m", "res_id": 1, "action": "enroll"}`;

/** All of the content as one run of lines. */
function splitLines(bytes: Uint8Array): Lines {
  const ends: number[] = [];
  for (let p = 0; p < bytes.length; p = ends.at(-1) ?? p) {
    const at = bytes.indexOf(0x0a, p);
    ends.push(at < 0 ? bytes.length : at + 1);
  }
  return {
    bytes,
    count: ends.length,
    ends: Uint32Array.from(ends),
    firstLine: 1,
    offsetBytes: 0,
    piece: 'whole',
  };
}

function parse(content: string | Uint8Array): Batch | undefined {
  const parser = new LineParser();
  return (
    parser.addLines(splitLines(typeof content === 'string' ? encoder.encode(content) : content)) ??
    parser.takeBatch()
  );
}

/** Seqs of whole entries, seqs of salvaged ones, reasons of malformed lines. */
function tell(content: string | Uint8Array): { whole: number[]; salvaged: number[]; reasons: string[] } {
  const batch = parse(content);
  const pick = (isSalvaged: boolean): number[] =>
    [...(batch?.seq ?? [])].filter(
      (_, row) => (((batch?.flags[row] ?? 0) & ROW_SALVAGED) !== 0) === isSalvaged,
    );
  return {
    whole: pick(false),
    salvaged: pick(true),
    reasons: (batch?.malformed ?? []).map(({ reason }) => reason),
  };
}

const whole = (...seqs: number[]) => ({ whole: seqs, salvaged: [], reasons: [] });
const bad = (reason: string, ...salvaged: number[]) => ({ whole: [], salvaged, reasons: [reason] });

describe('lines', () => {
  const cases: readonly (readonly [string, string | Uint8Array, ReturnType<typeof tell>])[] = [
    ['nothing', '', whole()],
    ['only newlines', '\n\n\n', whole()],
    ['both dialects', `${observed(1)}\n${documented(2)}\n`, whole(1, 2)],
    ['no final newline', observed(1), whole(1)],
    ['CRLF', `${observed(1)}\r\n${observed(2)}\r\n`, whole(1, 2)],
    ['a byte order mark', `\ufeff${observed(1)}\n`, whole(1)],
    [
      'NaN and infinities',
      observed(1).replace('"a": 1', '"a": NaN, "b": -Infinity, "c": Infinity'),
      whole(1),
    ],
    ['numbers beyond a double', observed(1).replace('"a": 1', '"a": 9223372036854775809'), whole(1)],
    ['duplicate keys: the last counts', documented(1).replace('"seq": 1', '"seq": 1, "seq": 7'), whole(7)],
    [
      'seq, ts and node inside values',
      observed(1).replace('"a": 1', '"seq": 9, "ts": "x", "node": "y"'),
      whole(1),
    ],
    ['U+2028 and U+0085 are no line ends', observed(1).replace('"R"', '"a\u2028b\u0085c"'), whole(1)],
    ['torn after its key', documented(4).slice(0, 80), bad('torn', 4)],
    ['torn before it', documented(4).slice(0, 20), bad('torn')],
    [
      'a number that is torn is not known',
      '{"node": "web", "ts": "2025-03-01T08:00:00+00:00", "seq": 12',
      bad('torn'),
    ],
    ['torn, and another glued to it', documented(4).slice(0, 80) + documented(5), bad('glued', 4, 5)],
    [
      'observed: the torn one is lost, the glued one is there',
      observed(4).slice(0, 60) + observed(5),
      bad('glued', 5),
    ],
    ['two whole ones on a line', observed(1) + observed(2), bad('glued', 1, 2)],
    ['its beginning lost', observed(6).slice(40), bad('not-json', 6)],
    ['NUL bytes before it', `\0\0\0${observed(3)}`, bad('glued', 3)],
    ['NUL bytes alone', '\0\0\0\0', bad('not-json')],
    [
      'invalid UTF-8',
      Uint8Array.from([...encoder.encode(documented(1).slice(0, -2)), 0xff, 0x22, 0x7d]),
      bad('invalid-utf8', 1),
    ],
    ['no node', '{"seq": 1, "ts": "2025-03-01T08:00:00+00:00"}', bad('missing-key')],
    ['no such day', documented(1).replace('03-01', '02-30'), bad('bad-ts')],
    ['seq as text', documented(1).replace('"seq": 1', '"seq": "1"'), bad('bad-seq')],
    ['an empty node', documented(1).replace('"web"', '""'), bad('bad-node')],
    ['an array', '[1, 2]', bad('not-json')],
  ];
  test.each(cases)('%s', (_, content, expected) => {
    expect(tell(content)).toEqual(expected);
  });

  test('a line of 20 MB', () => {
    expect(
      tell(`${observed(1).replace('"a": 1', `"a": "${'x'.repeat(20_000_000)}"`)}\n${observed(2)}\n`),
    ).toEqual(whole(1, 2));
  });

  test('nesting that no call stack could follow is told; its intact end names the entry, and the next line is read', () => {
    const deep = observed(1).replace('"a": 1', `"a": ${'['.repeat(100_000)}`);
    expect(tell(`${deep}\n${observed(2)}\n`)).toEqual({ whole: [2], salvaged: [1], reasons: ['too-deep'] });
  });

  test('a hostile line of openings does not take the square of its length', () => {
    expect(tell(`${'{"seq":'.repeat(300_000)}\n${observed(2)}\n`).whole).toEqual([2]);
  });
});

describe('any bytes', () => {
  /** Pieces of entries and of what damages them, in any order. */
  const pieces = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc
        .constantFrom('\n', '{', '}', '"', '\\', '\\u12', ',', ':', '\0', '\r\n', '[', 'NaN')
        .map((text) => encoder.encode(text)),
      fc
        .tuple(fc.nat(), fc.nat())
        .map(([from, to]) => encoder.encode(observed(1).slice(from % 170, to % 170))),
      fc
        .tuple(fc.nat(), fc.nat())
        .map(([from, to]) => encoder.encode(documented(1).slice(from % 110, to % 110))),
    ),
    { maxLength: 30 },
  );

  test('never throw, and every line is blank, malformed or one entry', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const batch = parse(Buffer.concat(parts));
        if (!batch) return;
        const entries = [...batch.flags].filter((flags) => (flags & ROW_SALVAGED) === 0).length;
        expect(batch.lines).toBe(batch.blankLines + batch.malformed.length + entries);
        expect(batch.count - entries).toBe(batch.malformed.reduce((sum, { salvaged }) => sum + salvaged, 0));
        for (let row = 0; row < batch.count; row++) {
          expect((batch.offset[row] ?? 0) + (batch.length[row] ?? 0)).toBeLessThanOrEqual(batch.lengthBytes);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('a line is an entry exactly where JSON.parse, with Python’s words, takes it', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(value, fc.nat(), fc.constantFrom('', '"', '}', ',', '\\', '0', 'x'), (json, at, spoil) => {
        const text = documented(1).replace('"action"', `"extra": ${JSON.stringify(json)}, "action"`);
        const cut = at % (text.length + 1);
        const line = `${text.slice(0, cut)}${spoil}${text.slice(cut)}`;
        let isJson = true;
        try {
          JSON.parse(line);
        } catch {
          isJson = false;
        }
        const told = tell(line);
        const isObject =
          told.whole.length === 1 ||
          ['missing-key', 'bad-ts', 'bad-seq', 'bad-node'].includes(told.reasons[0] ?? '');
        expect(isObject).toBe(isJson);
      }),
      { numRuns: 3000 },
    );
  });
});
