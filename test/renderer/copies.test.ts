import { expect, test } from 'vitest';
import { layOutCopies } from '../../src/contract/copies.ts';
import type { Finding } from '../../src/contract/finding.ts';
import type { Report } from '../../src/contract/report.ts';

const at = (minute: number): string => new Date(Date.UTC(2025, 2, 1, 0, minute)).toISOString();
const said = (code: string) => ({ code, values: {}, text: code });
const finding = (
  id: string,
  kind: Finding['kind'],
  from: number,
  to: number,
  more: Partial<Finding>,
): Finding => ({
  id,
  kind,
  fromTs: at(from),
  toTs: at(to),
  count: 1,
  evidence: [],
  ...more,
});

function lay(findings: readonly Finding[], spans: readonly (readonly [number, number])[], steps = 100) {
  const report = {
    sources: spans.map((_, i) => ({ paths: [`copy-${i}`] })),
    files: spans.map((_, source) => ({ path: `copy-${source}/a.jsonl`, source })),
    nodes: spans.map(([from, to], source) => ({ source, firstTs: at(from), lastTs: at(to) })),
    findings,
  } as unknown as Report;
  return layOutCopies(report, Date.parse, steps);
}

test('a lane reaches from a copy’s first entry to its last, on one axis for all', () => {
  const found = lay(
    [],
    [
      [0, 50],
      [10, 100],
    ],
  );
  expect(found?.lanes.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
    [Date.parse(at(0)), Date.parse(at(50))],
    [Date.parse(at(10)), Date.parse(at(100))],
  ]);
  expect([found?.fromMs, found?.toMs]).toEqual([Date.parse(at(0)), Date.parse(at(100))]);
});

test('an outage of several nodes is one range, in the lane that lacks it', () => {
  const outage = [20, 20.3, 20.6].map((from, i) =>
    finding(`f${i}`, 'missing-in-copy', from, 30, { node: `n${i}`, source: 1, count: 10 }),
  );
  const found = lay(outage, [
    [0, 100],
    [0, 100],
  ]);
  expect(found?.lanes[0]?.marks).toEqual([]);
  expect(found?.lanes[1]?.marks).toMatchObject([
    { kind: 'lacks', findings: ['f0', 'f1', 'f2'], count: 30, fromMs: Date.parse(at(20)) },
  ]);
});

test('a tail that only another copy has, a gap of all copies, and what differs are told apart', () => {
  const found = lay(
    [
      finding('tail', 'missing-in-copy', 60, 100, { source: 0, evidence: [said('ran-further')] }),
      finding('everywhere', 'gap', 5, 6, { source: 0 }),
      finding('elsewhere', 'gap', 8, 9, { source: 0, evidence: [said('held-elsewhere')] }),
      finding('edited', 'conflict', 40, 40, {
        before: [{ path: 'copy-0/a.jsonl', line: 1 }],
        after: [{ path: 'copy-1/a.jsonl', line: 1 }],
      }),
    ],
    [
      [0, 60],
      [0, 100],
    ],
  );
  const told = found?.lanes.map(({ marks }) => marks.map(({ kind, findings }) => [kind, findings[0]]));
  expect(told).toEqual([
    [
      ['ended', 'tail'],
      ['missing', 'everywhere'],
      ['differs', 'edited'],
    ],
    [['differs', 'edited']],
  ]);
});

test('one source alone, or copies without a time, are not drawn', () => {
  expect(lay([], [[0, 10]])).toBeUndefined();
  expect(
    layOutCopies(
      { sources: [{}, {}], nodes: [], files: [], findings: [] } as unknown as Report,
      Date.parse,
      10,
    ),
  ).toBeUndefined();
});
