import { expect, test } from 'vitest';
import { createTranslate } from '../../../src/catalogue/translate.ts';
import { makeStatement } from '../../../src/engine/report/make-statement.ts';

const translate = createTranslate('en');

test('times become text and spans seconds', () => {
  const values = { midnight: Date.UTC(2026, 2, 2) * 1000, beforeMicros: 12_500, afterMicros: 3_000_000 };
  expect(makeStatement('evidence', { code: 'day-boundary', values }, translate)).toEqual({
    code: 'day-boundary',
    values: { midnight: '2026-03-02T00:00:00+00:00', beforeSeconds: 0.0125, afterSeconds: 3 },
    text: 'The gap spans midnight UTC (2026-03-02T00:00:00+00:00) and the change of file. It begins 0.013 s before and ends 3 s after.',
  });
});

const counted: [days: number, text: string][] = [
  [1, 'There is no file for 2026-03-04, and no entry of the node on that day.'],
  [2, 'There is no file for 2 days from 2026-03-04 to 2026-03-05, and no entry of the node on them.'],
];

test.each(counted)('singular and plural: %d', (days, text) => {
  const values = { first: '2026-03-04', last: '2026-03-05', days };
  expect(makeStatement('evidence', { code: 'absent-day', values }, translate).text).toBe(text);
});
