import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/contract/finding.ts';
import { countKinds, orderFindings } from '../../src/renderer/findings/order-findings.ts';
import { measureStrips } from '../../src/renderer/findings/strip-extent.ts';
import { layBands, sumUp } from '../../src/renderer/overview/audit-bands.ts';
import { boundDays, chooseShade, layOutCoverage } from '../../src/renderer/overview/coverage-grid.ts';
import { gatherGaps } from '../../src/renderer/overview/gap-marks.ts';
import { listSeries } from '../../src/renderer/overview/list-series.ts';
import { moveRange, scaleRange, writeRange } from '../../src/renderer/overview/time-range.ts';
import { countSalvagedOf } from '../../src/renderer/session/sources.ts';
import { measurePace } from '../../src/renderer/start/pace.ts';

const gap = (
  id: string,
  node: string,
  fromTs: string,
  toTs: string,
  more: Partial<Finding> = {},
): Finding => ({
  id,
  kind: 'gap',
  node,
  firstSeq: 5,
  lastSeq: 6,
  count: 2,
  fromTs,
  toTs,
  evidence: [],
  ...more,
});

describe('gaps on the time axis', () => {
  const hour = 3_600_000;
  const gaps = [
    gap('c', 'a', '2025-03-01T09:00:00Z', '2025-03-01T09:10:00Z'),
    gap('a', 'a', '2025-03-01T01:00:00Z', '2025-03-01T01:10:00Z'),
    gap('b', 'a', '2025-03-01T01:20:00Z', '2025-03-01T01:30:00Z', { atLeast: true }),
    gap('d', 'b', '2025-03-01T01:20:00Z', '2025-03-01T01:30:00Z'),
  ];

  test('that would lie on each other are one mark, with all that is missing', () => {
    const marks = gatherGaps(gaps, 'a', hour);
    expect(marks.map(({ findings }) => findings)).toEqual([['a', 'b'], ['c']]);
    expect(marks[0]).toMatchObject({ missing: 4, atLeast: true, toMs: Date.parse('2025-03-01T01:30:00Z') });
  });

  test('are not told as missing while the log is still written to there', () => {
    const open = gap('e', 'a', '2025-03-01T09:20:00Z', '2025-03-01T09:30:00Z', { provisional: true });
    const marks = gatherGaps([...gaps, open], 'a', hour);
    expect(marks.map(({ missing, undecided }) => [missing, undecided])).toEqual([
      [4, 0],
      [2, 2],
    ]);
  });

  test('are each a mark where there is room', () => {
    expect(gatherGaps(gaps, 'a', 1)).toHaveLength(3);
  });

  test('without a time are not drawn', () => {
    expect(gatherGaps([gap('x', 'a', 'never', 'never')], 'a', hour)).toEqual([]);
  });
});

describe('the time that charts show', () => {
  const whole = { fromMs: 1000, toMs: 101_000 };

  test('is narrowed around its middle, and not below a second', () => {
    expect(scaleRange(whole, 0.5, whole)).toEqual({ fromMs: 26_000, toMs: 76_000 });
    expect(scaleRange({ fromMs: 5000, toMs: 6000 }, 0.5, whole)).toEqual({ fromMs: 5000, toMs: 6000 });
  });

  test('is widened within the log, up to the whole of it', () => {
    expect(scaleRange({ fromMs: 1000, toMs: 11_000 }, 2, whole)).toEqual({ fromMs: 1000, toMs: 21_000 });
    expect(scaleRange({ fromMs: 1000, toMs: 61_000 }, 2, whole)).toBeUndefined();
  });

  test('is moved to either end and no further', () => {
    const range = { fromMs: 11_000, toMs: 31_000 };
    expect(moveRange(range, 0.5, whole)).toEqual({ fromMs: 21_000, toMs: 41_000 });
    expect(moveRange(range, -0.9, whole)).toEqual({ fromMs: 1000, toMs: 21_000 });
    expect(moveRange(range, 10, whole)).toEqual({ fromMs: 81_000, toMs: 101_000 });
  });

  test('is written so that it leaves nothing out', () => {
    expect(writeRange({ fromMs: 1000.4, toMs: 1999.2 })).toEqual({
      from: '1970-01-01T00:00:01.000Z',
      to: '1970-01-01T00:00:02.000Z',
    });
  });
});

describe('what is drawn over time', () => {
  const node = (name: string, missing: number, source = 0) =>
    ({ node: name, source, entries: 9, streams: 1, missing, firstTs: '', lastTs: '' }) as const;

  test('has nodes with missing entries first, then those with most entries', () => {
    const nodes = [node('a', 0), node('b', 3), node('c', 0), node('d', 9, 1)];
    const series = listSeries({ nodes }, 0, 'node', { a: [1, 2], c: [4, 0] });
    expect(series).toEqual([
      { name: 'b', entries: 0 },
      { name: 'c', entries: 4 },
      { name: 'a', entries: 3 },
    ]);
  });

  test('counts what lies in the period asked for, of all that is drawn', () => {
    expect(listSeries({ nodes: [] }, 0, 'model', { x: [1, 2], y: [4] }, { x: [2] })).toEqual([
      { name: 'x', entries: 2 },
      { name: 'y', entries: 0 },
    ]);
  });

  test('takes models from the counts alone', () => {
    expect(listSeries({ nodes: [node('a', 1)] }, undefined, 'model', { x: [1], y: [2] })).toEqual([
      { name: 'y', entries: 2 },
      { name: 'x', entries: 1 },
    ]);
  });
});

describe('coverage', () => {
  test('of days is bounded by the end of the last', () => {
    expect(boundDays('2024-02-28', '2024-02-29')).toEqual({
      from: '2024-02-28T00:00:00Z',
      to: '2024-03-01T00:00:00Z',
    });
  });

  const day = (node: string, date: string, entries: number, missing = 0) => ({
    node,
    source: 0,
    day: date,
    entries,
    missing,
  });

  test('has the days between that are empty', () => {
    const grid = layOutCoverage(
      [day('a', '2025-02-27', 4), day('a', '2025-03-02', 9, 2), day('b', '2025-03-01', 1)],
      62,
    );
    expect(grid.rows.map(({ node, cells }) => [node, cells.map(({ entries }) => entries)])).toEqual([
      ['a', [4, 0, 0, 9]],
      ['b', [0, 0, 1, 0]],
    ]);
    expect(grid).toMatchObject({ daysPerCell: 1, most: 9 });
    expect(grid.rows[0]?.cells[3]).toMatchObject({
      missing: 2,
      firstDay: '2025-03-02',
      lastDay: '2025-03-02',
    });
  });

  test('puts several days in a cell where they are many', () => {
    const grid = layOutCoverage([day('a', '2024-01-01', 1), day('a', '2024-12-31', 1)], 62);
    expect(grid.daysPerCell).toBe(6);
    expect(grid.rows[0]?.cells).toHaveLength(61);
    expect(grid.rows[0]?.cells.at(-1)?.lastDay).toBe('2024-12-31');
  });

  test('of nothing is nothing', () => {
    expect(layOutCoverage([], 62).rows).toEqual([]);
  });

  test('shades a quiet day apart from an empty one', () => {
    expect([0, 1, 500, 1000].map((entries) => chooseShade(entries, 1000))).toEqual([0, 1, 4, 5]);
  });
});

test('findings are ordered by what they do to the verdict, then by time, with those without a time last', () => {
  const findings: Finding[] = [
    { id: 'duplicate', kind: 'duplicate', evidence: [] },
    gap('late', 'a', '2025-03-02T00:00:00Z', '2025-03-02T00:00:00Z'),
    { id: 'placeless', kind: 'gap', evidence: [] },
    gap('early', 'a', '2025-03-01T00:00:00Z', '2025-03-01T00:00:00Z'),
    { id: 'conflict', kind: 'conflict', evidence: [] },
  ];
  expect(orderFindings(findings).map(({ id }) => id)).toEqual([
    'conflict',
    'early',
    'late',
    'placeless',
    'duplicate',
  ]);
  expect(countKinds(findings)).toEqual([
    { kind: 'conflict', count: 1 },
    { kind: 'gap', count: 3 },
    { kind: 'duplicate', count: 1 },
  ]);
});

test('a drawing of strips shows the streams concerned and the missing range', () => {
  const at = (seq: number) => ({ seq, tsMicros: seq * 1_000_000 });
  const extent = measureStrips(gap('a', 'a', '1970-01-01T00:00:04Z', '1970-01-01T00:00:30Z'), [
    { stream: '1', concerned: true, points: [at(3), at(4), at(30)] },
    { stream: '2', concerned: false, points: [at(9000)] },
  ]);
  expect(extent.toSeq).toBeLessThan(40);
  expect(extent.fromSeq).toBeGreaterThanOrEqual(0);
  expect(extent.toMs).toBeGreaterThanOrEqual(9_000_000);
});

describe('the pace of a check', () => {
  const progress = {
    phase: 'reading',
    files: 1,
    filesTotal: 4,
    bytes: 250,
    bytesTotal: 1000,
    lines: 3,
    elapsedMs: 1000,
  } as const;

  test('gives the rate and the time left', () => {
    expect(measurePace(progress)).toEqual({ share: 0.25, bytesPerSecond: 250, leftMs: 3000 });
  });

  test('says nothing too early, or while the total is unknown', () => {
    expect(measurePace({ ...progress, elapsedMs: 10 }).leftMs).toBeUndefined();
    expect(measurePace({ ...progress, phase: 'discovering' }).share).toBeUndefined();
    expect(measurePace({ ...progress, bytesTotal: 0, bytes: 0 })).toEqual({
      share: undefined,
      bytesPerSecond: undefined,
      leftMs: undefined,
    });
  });

  test('never says more than all', () => {
    expect(measurePace({ ...progress, bytes: 2000 }).share).toBe(1);
  });
});

describe('what the log says of its auditing', () => {
  const span = (state: 'audited' | 'not-audited' | 'unknown', from: number, to: number) => ({
    ...{ state, fromMicros: from * 1000, toMicros: to * 1000 },
  });
  const action = (name: string, ...spans: ReturnType<typeof span>[]) => ({
    ...{ action: name, spans, entries: 0, unexplained: 0 },
  });
  const model = (name: string, ...actions: ReturnType<typeof action>[]) => ({
    model: name,
    actions,
    changes: [],
  });
  const coverage = {
    moreModels: 0,
    models: [
      model(
        'a',
        action('create', span('not-audited', 0, 20), span('audited', 20, 100)),
        action('write', span('not-audited', 0, 20), span('audited', 20, 60), span('not-audited', 60, 100)),
        // Of what no rule has a flag for nothing is known; it is not what the model is shaded by.
        action('recompute', span('unknown', 0, 100)),
      ),
      model('b', action('create', span('unknown', 0, 50), span('audited', 50, 100))),
    ],
  };
  const lay = (by: 'model' | 'action', name: string, more = 0) =>
    layBands({ ...coverage, moreModels: more }, by, name).map(
      ({ state, fromMs, toMs }) => `${state} ${fromMs}-${toMs}`,
    );

  test('is shaded by model over its methods, and by action over the models', () => {
    expect(lay('model', 'a')).toEqual(['not-audited 0-20', 'audited 20-60', 'in-part 60-100']);
    expect(lay('model', 'b')).toEqual(['unknown 0-50', 'audited 50-100']);
    expect(lay('action', 'create')).toEqual(['unknown 0-50', 'audited 50-100']);
    expect(lay('action', 'create', 1)).toEqual(['unknown 0-100']);
    expect(lay('model', 'c')).toEqual([]);
  });

  test('is summed up by what holds for most of a time, and never told as all of it', () => {
    const bands = layBands(coverage, 'model', 'a');
    expect(sumUp(bands, { fromMs: 30, toMs: 50 })).toEqual({ state: 'audited', share: 1 });
    expect(sumUp(bands, { fromMs: 0, toMs: 100 })).toEqual({ state: 'audited', share: 0.4 });
    expect(sumUp(bands, { fromMs: 19.999, toMs: 60 })).toEqual({ state: 'audited', share: 0.99 });
    expect(sumUp(bands, { fromMs: 200, toMs: 300 })).toBe(undefined);
  });
});

test('recovered entries of a node are those of its copy and of the period asked for', () => {
  const recovered = (node: string, minute: number) => ({
    node,
    seq: 1,
    ts: `2025-03-01T01:0${minute}:00+00:00`,
  });
  const malformed: Finding = { id: 'm', kind: 'malformed', count: 1, evidence: [], source: 0 };
  const findings = [
    { ...malformed, salvaged: [recovered('a', 1), recovered('b', 2), recovered('a', 5)] },
    { ...malformed, source: 1, salvaged: [recovered('a', 1)] },
    gap('g', 'a', '2025-03-01T01:00:00Z', '2025-03-01T01:10:00Z', { source: 0 }),
  ];
  expect(countSalvagedOf({ findings, requested: {} }, { node: 'a', source: 0 })).toBe(2);
  const requested = { from: '2025-03-01T01:01:00Z', to: '2025-03-01T01:05:00Z' };
  expect(countSalvagedOf({ findings, requested }, { node: 'a', source: 0 })).toBe(1);
});
