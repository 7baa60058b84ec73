/** What a gap's evidence says of others beside it. */
import { expect, test } from 'vitest';
import { explainGaps } from '../../../src/engine/analysis/explain-gaps.ts';

const SECOND = 1_000_000;
const nothing = { files: [], malformed: [], absentDays: [], restartsMicros: [], downTimes: [], losses: [] };
const around = { node: 'n', ...nothing };

/** How many gaps each is said to have come about with, 1 where it stands alone; from and to in seconds. */
function countTogether(...spans: readonly [from: number, to: number][]): number[] {
  const gaps = spans.map(([from, to], stream) => ({
    count: 1,
    fromMicros: from * SECOND,
    toMicros: to * SECOND,
    before: [],
    after: [{ ref: 1, stream, seq: 5, tsMicros: to * SECOND }],
    streams: [stream],
    extra: [],
  }));
  return explainGaps(gaps, around).map(
    ({ evidence }) => Number(evidence.find(({ code }) => code === 'coincides')?.values['gaps']) || 1,
  );
}

const cases: [what: string, spans: [number, number][], together: number[]][] = [
  ['one alone', [[0, 10]], [1]],
  [
    'narrow ones that span one instant',
    [
      [0, 100],
      [90, 200],
      [95, 120],
    ],
    [3, 3, 3],
  ],
  [
    'narrow ones one after the other',
    [
      [0, 100],
      [101, 200],
    ],
    [1, 1],
  ],
  [
    'wide ones of one outage',
    [
      [0, 3 * 3600],
      [60, 3 * 3600 + 90],
    ],
    [2, 2],
  ],
  [
    'a narrow one inside a wide one',
    [
      [0, 5 * 3600],
      [7200, 7230],
    ],
    [1, 1],
  ],
  [
    'wide ones that merely touch',
    [
      [0, 2 * 3600],
      [2 * 3600 - 60, 4 * 3600],
    ],
    [1, 1],
  ],
];

test.each(cases)('%s', (_what, spans, together) => {
  expect(countTogether(...spans)).toEqual(together);
});

test('what the receiver lost about then is evidence, summed by kind, and no cause', () => {
  const gap = {
    count: 1,
    fromMicros: 100 * SECOND,
    toMicros: 110 * SECOND,
    before: [],
    streams: [0],
    extra: [],
  };
  const lost = (from: number, reason: string, count: number) => ({
    ...{ kind: 'refused' as const, reason, count },
    ...{ fromMicros: from * SECOND, toMicros: (from + 60) * SECOND },
  });
  const losses = [lost(0, 'early', 9), lost(45, 'overrun', 2), lost(105, 'busy', 3), lost(200, 'late', 9)];
  const [explained] = explainGaps([{ ...gap, after: [] }], { ...around, losses });
  expect(explained).toMatchObject({
    cause: 'unexplained',
    evidence: [
      {
        code: 'receiver-refused',
        values: { messages: 5, since: 45 * SECOND, until: 165 * SECOND, reasons: 'busy, overrun' },
      },
    ],
  });
});
