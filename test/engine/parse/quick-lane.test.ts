import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch, Lines } from '../../../src/engine/batch.ts';
import { LineParser } from '../../../src/engine/parse/parse-lines.ts';
import { openQuickLane, QuickLane } from '../../../src/engine/parse/quick-lane.ts';

/** Content as runs of whole lines, of about `runBytes` each. */
function* splitRuns(bytes: Uint8Array, runBytes: number): Generator<Lines> {
  let firstLine = 1;
  for (let start = 0; start < bytes.length; ) {
    const ends: number[] = [];
    let at = start;
    while (at < bytes.length && at - start < runBytes) {
      const newline = bytes.indexOf(0x0a, at);
      at = newline < 0 ? bytes.length : newline + 1;
      ends.push(at - start);
    }
    yield {
      bytes: bytes.slice(start, at),
      count: ends.length,
      ends: Uint32Array.from(ends),
      firstLine,
      offsetBytes: start,
      piece: 'whole',
    };
    firstLine += ends.length;
    start = at;
  }
}

function parse(bytes: Uint8Array, lane: QuickLane | null, runBytes = 1 << 20, onlyNodes = false): Batch[] {
  const parser = new LineParser(lane);
  parser.start(3, { onlyNodes });
  const batches: (Batch | undefined)[] = [];
  for (const run of splitRuns(bytes, runBytes)) batches.push(parser.addLines(run));
  batches.push(parser.takeBatch());
  return batches.filter((batch) => batch !== undefined);
}

/** What a reader of batches sees: codes by what they stand for, since their numbers may differ. */
function tell(batches: readonly Batch[]): unknown {
  return batches.map(({ code, tuples, resId, resTexts, ...rest }) => ({
    ...rest,
    tuples: Array.from(code, (each) => tuples[each]),
    resId: Array.from(resId, (id) => (id <= -2 ? resTexts[-2 - id] : id)),
  }));
}

/** What is left of a batch for who counts only. */
function keepNodes(batch: Batch): Batch {
  return {
    ...batch,
    resId: batch.resId.slice().fill(-1),
    resTexts: [],
    tuples: batch.tuples.map(({ node }) => ({ node, model: '', action: '', userId: '', userLogin: '' })),
  };
}

/** How many of the lines the lane takes by itself. */
function countTaken(bytes: Uint8Array, lane: QuickLane): number {
  let taken = 0;
  const counting = Object.create(lane) as QuickLane;
  Object.defineProperties(counting, {
    load: { value: (lines: Uint8Array) => lane.load(lines) },
    skip: { value: (skipped: number) => lane.skip(skipped) },
    setOnlyNodes: { value: (onlyNodes: boolean) => lane.setOnlyNodes(onlyNodes) },
    readBytes: { get: () => lane.readBytes },
    read: {
      value: (...given: Parameters<QuickLane['read']>) => {
        const lines = lane.read(...given);
        taken += lines;
        return lines;
      },
    },
  });
  parse(bytes, counting);
  return taken;
}

const space = fc.constantFrom('', ' ', '  ', '\t');
const text = fc.oneof(
  fc.constantFrom(
    '',
    'draft',
    'Nguyễn Thị',
    'محمد',
    '\u2028',
    '😀',
    'x'.repeat(15),
    'x'.repeat(16),
    'é'.repeat(40),
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const string = fc.oneof(
  { weight: 30, arbitrary: text.map((value) => JSON.stringify(value)) },
  {
    weight: 5,
    arbitrary: fc.constantFrom('"\\u00e9\\n\\/"', '"\\ud83d"', '"\\""', '"\\\\"', '"\\b\\f\\r\\t"'),
  },
  // Not JSON, or not text: the plain lane is to say why.
  { weight: 1, arbitrary: fc.constantFrom('"\\x"', '"\\u12"', '"\t"', '"\0"') },
);
const scalar = fc.oneof(
  { weight: 30, arbitrary: fc.oneof(fc.nat().map(String), fc.bigInt().map(String), fc.double().map(String)) },
  {
    weight: 30,
    arbitrary: fc.constantFrom('true', 'false', 'null', 'NaN', 'Infinity', '-Infinity', '0', '-0', '1.0'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('01', '1.', '.5', '1e', '-', '+1', 'nul', 'True', '-I', '1e+', ''),
  },
  { weight: 40, arbitrary: string },
);
const key = fc.oneof(
  fc.constantFrom(
    'name',
    'state',
    'n',
    'program_id',
    'seq',
    'a\\nb',
    'data',
    'registration_ids_mandatory_count_of_members',
  ),
  text.map((written) => JSON.stringify(written).slice(1, -1)),
);
const { value } = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, scalar, tie('list'), tie('object')),
  list: fc
    .tuple(fc.array(tie('value'), { maxLength: 3 }), space)
    .map(([items, gap]) => `[${items.join(`,${gap}`)}]`),
  object: fc
    .tuple(fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }), space)
    .map(([members, gap]) => `{${members.map(([name, held]) => `"${name}":${gap}${held}`).join(`,${gap}`)}}`),
}));

const ts = fc.oneof(
  {
    weight: 30,
    arbitrary: fc
      .date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => `"${date.toISOString().slice(0, 23)}127+00:00"`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '"2024-01-15T10:30:45+00:00"',
      '"2024-01-15T10:30:45.000000+00:00"',
      '"2024-02-29T10:30:45.127767+00:00"',
      '"2023-02-29T10:30:45.127767+00:00"',
      '"1969-12-31T23:59:59.127767+00:00"',
      '"2024-01-15T24:30:45.127767+00:00"',
      '"2024-01-15T10:60:45.127767+00:00"',
      '"2024-01-15T10:30:60.127767+00:00"',
      '"2024-13-15T10:30:45.127767+00:00"',
      '"2024-01-15T10:30:45.127767+05:30"',
      '"2024-01-15T10:30:45.12776x+00:00"',
      '"2024-01-15T10:30:45.127767Z"',
      '"x024-01-15T10:30:45.127767+00:00"',
    ),
  },
  { weight: 1, arbitrary: scalar },
);
const seq = fc.oneof(
  { weight: 30, arbitrary: fc.nat().map(String) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('9007199254740991', '9007199254740992', '12345678', '123456789', '1.0', '-1'),
  },
  { weight: 1, arbitrary: scalar },
);
const resId = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom('null', '1', '1325', '123456789') },
  { weight: 1, arbitrary: fc.constantFrom('null', '"7"', '[1, 2]', '{}', '1.5', '-3', 'NaN') },
);
const name = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.constantFrom('"web-1"', '"web-2"', '"spp.program.membership"', '"user19@example.org"'),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      scalar,
      text.map((long) => JSON.stringify(long.repeat(4))),
    ),
  },
);

/** One line's members; the shape (keys, order, spacing) is chosen once and repeated with other values. */
const fields: Readonly<Record<string, fc.Arbitrary<string>>> = {
  seq,
  ts,
  node: name,
  model: name,
  res_id: resId,
  method: name,
  action: fc.oneof(name, fc.constantFrom('"rule_modified"', '"rule_"', '"rule', '"rule"')),
  user_id: fc.oneof(fc.nat(30).map(String), scalar),
  user_login: name,
  type: fc.oneof(fc.constant('"audit_config_change"'), scalar, value),
  data: value,
  old_values: value,
  new_values: value,
  rule_name: string,
  extra: value,
};
const dialects = [
  ['rule_name', 'model', 'res_id', 'method', 'user_id', 'user_login', 'data', 'seq', 'ts', 'node'],
  ['seq', 'ts', 'node', 'model', 'res_id', 'method', 'user_id', 'user_login', 'old_values', 'new_values'],
  ['type', 'action', 'rule_id', 'rule_name', 'old_values', 'new_values', 'seq', 'ts', 'node'],
];
const shape = fc.oneof(
  fc.constantFrom(...dialects),
  fc
    .array(fc.constantFrom(...Object.keys(fields)), { maxLength: 10 })
    .chain((others) =>
      fc.shuffledSubarray(['seq', 'ts', 'node', ...others], { minLength: others.length + 2 }),
    ),
);
const shapedLines = fc
  .tuple(shape, space, space, space, fc.constantFrom('\n', '\n', '\r\n', ' \n', ''))
  .chain(([keys, first, second, third, end]) =>
    fc.array(fc.tuple(...keys.map((each) => fields[each] ?? scalar)), { maxLength: 8 }).map((rows) =>
      rows.map((written) => {
        const members = keys.map((each, at) => `"${each}"${first}:${second}${written[at]}`);
        return `{${first}${members.join(`,${third}`)}${first}}${end}`;
      }),
    ),
  );

const encoder = new TextEncoder();
/** What befalls bytes: cut, repeated, overwritten. */
const damage = fc.array(
  fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('cut', 'double', 'overwrite'),
    length: fc.nat(40),
    byte: fc.constantFrom(
      0,
      0x0a,
      0x22,
      0x5c,
      0x7b,
      0x7d,
      0x2c,
      0x5b,
      0x5d,
      0x20,
      0x30,
      0x80,
      0xc3,
      0xed,
      0xff,
    ),
  }),
  { maxLength: 6 },
);

function applyDamage(
  lines: readonly string[],
  damages: readonly (typeof damage extends fc.Arbitrary<(infer D)[]> ? D : never)[],
): Uint8Array {
  let bytes = encoder.encode(lines.join(''));
  for (const { at, kind, length, byte } of damages) {
    const from = at % (bytes.length + 1);
    const before = bytes.subarray(0, from);
    if (kind === 'cut') bytes = Buffer.concat([before, bytes.subarray(from + length)]);
    else if (kind === 'double') bytes = Buffer.concat([before, bytes.subarray(Math.max(0, from - length))]);
    else if (from < bytes.length)
      bytes = Buffer.concat([before, Uint8Array.of(byte), bytes.subarray(from + 1)]);
  }
  return bytes;
}

const content = fc
  .tuple(fc.array(shapedLines, { maxLength: 6 }), fc.oneof(damage, fc.constant([])))
  .map(([groups, damages]) => {
    // Lines of several shapes in turn, so that one gap is followed by this one and that.
    const lines: string[] = [];
    for (let row = 0; row < 8; row++) for (const group of groups) lines.push(group[row] ?? '');
    return applyDamage(lines, damages);
  });

describe('the quick lane', () => {
  test('gives exactly what the plain lane gives, on lines of any shape and damage', () => {
    const lane = openQuickLane();
    let taken = 0;
    fc.assert(
      fc.property(content, fc.integer({ min: 1, max: 4000 }), (bytes, runBytes) => {
        expect(tell(parse(bytes, lane, runBytes))).toEqual(tell(parse(bytes, null, runBytes)));
        taken += countTaken(bytes, lane);
        const counted = tell(parse(bytes, lane, runBytes, true));
        expect(counted).toEqual(tell(parse(bytes, null, runBytes, true)));
        expect(counted).toEqual(tell(parse(bytes, null, runBytes).map(keepNodes)));
      }),
      { numRuns: 400 },
    );
    // The comparison means nothing where the lane leaves all to the other.
    expect(taken).toBeGreaterThan(400);
  });

  test('takes both dialects in full', () => {
    const lines = Array.from({ length: 3000 }, (_, seq) => [
      `{"rule_name": "R", "model": "res.partner", "res_id": ${seq}, "method": "write", "user_id": 2, "user_login": "ana", "data": {"old": {"name": "Ó Briain", "ids": []}, "new": {"name": false, "ids": [${seq}, 2], "n": -1.5e3}}, "seq": ${seq}, "ts": "2024-01-15T10:30:45.127767+00:00", "node": "vm"}\n`,
      `{"seq": ${seq}, "ts": "2025-03-01T08:00:00.000001+00:00", "node": "web", "model": "m", "res_id": null, "action": "enroll", "program_id": ${seq % 7}}\r\n`,
    ]).flat();
    const bytes = encoder.encode(lines.join(''));
    expect(countTaken(bytes, openQuickLane())).toBe(lines.length);
    expect(tell(parse(bytes, openQuickLane()))).toEqual(tell(parse(bytes, null)));
  });

  test('starts its dictionaries and its gaps again when they are full', () => {
    const lines = Array.from(
      { length: 40_000 },
      (_, seq) =>
        `{"seq": ${seq}, "ts": "2025-03-01T08:00:00.000001+00:00", "node": "${'n'.repeat(40)}${seq % 9}", "user_login": "u${seq}", "field_${seq % 5000}": 1}\n`,
    );
    const bytes = encoder.encode(lines.join(''));
    expect(countTaken(bytes, openQuickLane())).toBe(lines.length);
    expect(tell(parse(bytes, openQuickLane()))).toEqual(tell(parse(bytes, null)));
  });

  test('leaves lines longer than its memory, and goes on behind them', () => {
    const line = (name: string, seq: number): string =>
      `{"seq": ${seq}, "ts": "2025-03-01T08:00:00.000001+00:00", "node": "${name}"}\n`;
    const bytes = encoder.encode([line('a', 1), line('b'.repeat(300_000), 2), line('c', 3)].join(''));
    expect(countTaken(bytes, openQuickLane())).toBe(2);
    expect(tell(parse(bytes, openQuickLane()))).toEqual(tell(parse(bytes, null)));
  });

  test('a last line without a newline is not completed by what was read before it', () => {
    const line = '{"seq": 1, "ts": "2025-03-01T08:00:00.000001+00:00", "node": "a"}';
    const lane = new QuickLane();
    parse(encoder.encode(`${line}\n${line}\n`), lane);
    const cut = encoder.encode(line.slice(0, -1));
    expect(tell(parse(cut, lane))).toEqual(tell(parse(cut, null)));
    expect(parse(encoder.encode(line), lane)[0]?.count).toBe(1);
  });
});
