/** Which findings are shown. */
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/contract/finding.ts';
import type { ReviewState } from '../../src/contract/mark.ts';
import { filterFindings, listDifferent } from '../../src/renderer/findings/filter-findings.ts';
import { listDeciding } from '../../src/renderer/ui/finding-look.ts';

const statement = (code: string) => ({ code, values: {}, text: code });
const findings: Finding[] = [
  { id: 'a', kind: 'gap', node: 'web-1', cause: statement('deleted'), evidence: [] },
  { id: 'b', kind: 'gap', node: 'web-2', evidence: [] },
  { id: 'c', kind: 'conflict', node: 'web-1', evidence: [] },
  { id: 'd', kind: 'silence', evidence: [] },
];
const states: Readonly<Record<string, ReviewState>> = { a: 'reviewed', d: 'dismissed' };
const stateOf = (id: string): ReviewState => states[id] ?? 'open';
const idsOf = (filter: object): string =>
  filterFindings(findings, filter, stateOf)
    .map(({ id }) => id)
    .join('');

describe('findings', () => {
  test.each([
    [{}, 'abcd'],
    [{ kind: 'gap' }, 'ab'],
    [{ severity: 'contradicted' }, 'c'],
    [{ severity: 'none' }, 'd'],
    [{ node: 'web-1' }, 'ac'],
    [{ cause: 'deleted' }, 'a'],
    [{ cause: '' }, 'bcd'],
    [{ state: 'open' }, 'bc'],
    [{ state: 'open', node: 'web-1', kind: 'gap' }, ''],
  ])('%j', (filter, ids) => {
    expect(idsOf(filter)).toBe(ids);
  });

  test('that decide are those that contradict or make incomplete, and are certain', () => {
    const open: Finding = { id: 'e', kind: 'gap', provisional: true, evidence: [] };
    const weakened: Finding = { id: 'f', kind: 'rule-weakened', evidence: [] };
    expect(listDeciding([...findings, open, weakened]).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  test('tell the values that there are to choose among', () => {
    expect(listDifferent(findings, ({ node }) => node)).toEqual(['web-1', 'web-2']);
  });
});
