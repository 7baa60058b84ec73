/** Whose entries are told around a gap, and in which times. */
import { describe, expect, test } from 'vitest';
import type { EntryRow } from '../../src/contract/entry.ts';
import { divideTime, listSubjects } from '../../src/renderer/findings/across-gap.ts';

const row = (userLogin: string, resId: string): EntryRow => ({
  ...{ id: `${userLogin} ${resId}`, ts: '', tsMicros: 0, node: 'web-1', seq: 1, model: 'res.partner', resId },
  ...{ action: 'write', userId: '7', userLogin, path: 'a', line: 1, salvaged: false },
});
const place = (ts: string) => ({ path: 'a', line: 1, ts });
const gap = { id: 'g', kind: 'gap', evidence: [] } as const;

describe('the users and records at a gap', () => {
  const told = (before: EntryRow[], after: EntryRow[]) =>
    listSubjects(before, after).map(({ key, on }) => `${key} ${on}`);

  test('are those of both sides, each once', () => {
    expect(told([row('ana', '1')], [row('ben', '1')])).toEqual([
      'ana before',
      'ben after',
      'res.partner,1 both',
    ]);
  });

  test('are named by their id where there is no login, and not at all where there is nothing', () => {
    expect(told([row('', '')], [])).toEqual(['7 before']);
  });

  test('are the nearest where there are many', () => {
    const before = ['a', 'b', 'c'].map((user) => row(user, ''));
    const after = ['x', 'y', 'z'].map((user) => row(user, ''));
    expect(told(before, after)).toEqual(['a before', 'x after', 'b before']);
  });
});

describe('the time around a gap', () => {
  test('is that of the outermost lines that may be beside it', () => {
    const before = [place('2025-03-01T00:00:02.000002Z'), place('2025-03-01T00:00:01.000001Z')];
    const after = [place('2025-03-01T00:00:09Z')];
    expect(divideTime({ ...gap, evidence: [], before, after })).toEqual({
      before: { to: '2025-03-01T00:00:01.000002Z' },
      during: { from: '2025-03-01T00:00:01.000002Z', to: '2025-03-01T00:00:09.000000Z' },
      after: { from: '2025-03-01T00:00:09.000000Z' },
    });
  });

  test('is the gap’s own where it has no line on a side', () => {
    const times = divideTime({
      ...{ ...gap, evidence: [], after: [place('2025-03-01T00:00:09Z')] },
      ...{ fromTs: '2025-03-01T00:00:00Z', toTs: '2025-03-01T00:00:10Z' },
    });
    expect(times?.during?.from).toBe('2025-03-01T00:00:00.000001Z');
  });

  test.each([
    ['next to each other', '2025-03-01T00:00:00.000001Z'],
    ['out of order', '2025-02-28T23:59:59Z'],
  ])('is nothing between lines %s, and no entry is told twice', (_, ts) => {
    const [before, after] = [[place('2025-03-01T00:00:00Z')], [place(ts)]];
    const times = divideTime({ ...gap, evidence: [], before, after });
    expect(times?.during).toBeUndefined();
    expect(times?.before.to).toBe(times?.after.from);
  });

  test('is unknown without any time', () => {
    expect(divideTime({ ...gap, evidence: [] })).toBeUndefined();
  });
});
