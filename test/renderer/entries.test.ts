import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  columnNames,
  defaultLayout,
  isDefault,
  listShown,
  moveColumn,
  readLayout,
  resizeColumn,
  toggleColumn,
  writeTracks,
} from '../../src/renderer/entries/columns.ts';
import { diffValues } from '../../src/renderer/entries/diff-values.ts';
import { listPages, locateRow, PAGE_ROWS } from '../../src/renderer/entries/entry-pages.ts';
import {
  isEmptyFilter,
  isPattern,
  readRecords,
  readText,
  setCondition,
  setText,
  toggleNegated,
  toggleValue,
} from '../../src/renderer/entries/filter-change.ts';
import { decodeBase64, makeHexLines } from '../../src/renderer/entries/hex-lines.ts';
import {
  findRows,
  followScroll,
  measureExtent,
  placeAt,
  type ScrollPosition,
} from '../../src/renderer/entries/scroll-window.ts';

const value = (key: string, text: string) => ({ key, text });

describe('old and new values', () => {
  test('are paired by key, and differences are named', () => {
    const before = [value('state', '"draft"'), value('name', '"A"'), value('gone', '1')];
    const after = [value('name', '"A"'), value('state', '"approved"'), value('ok', 'true')];
    expect(diffValues(before, after)).toEqual([
      { key: 'state', before: '"draft"', after: '"approved"', change: 'changed' },
      { key: 'name', before: '"A"', after: '"A"', change: 'same' },
      { key: 'gone', before: '1', after: undefined, change: 'removed' },
      { key: 'ok', before: undefined, after: 'true', change: 'added' },
    ]);
  });

  test('are compared as written: 1 and 1.0 differ, and so do two zeros of another length', () => {
    expect(diffValues([value('n', '1')], [value('n', '1.0')])[0]?.change).toBe('changed');
  });

  test('keep a key that is written twice', () => {
    const rows = diffValues([value('k', '1'), value('k', '2')], [value('k', '1'), value('k', '3')]);
    expect(rows.map(({ change }) => change)).toEqual(['same', 'changed']);
    expect(diffValues([], [value('k', '1'), value('k', '1')])).toHaveLength(2);
  });

  test('take keys that an object has of its own', () => {
    expect(
      diffValues([value('__proto__', '1')], [value('constructor', '2')]).map(({ change }) => change),
    ).toEqual(['removed', 'added']);
  });

  test('lose no value', () => {
    const values = fc.array(
      fc.record({ key: fc.constantFrom('a', 'b', 'c'), text: fc.constantFrom('1', '2') }),
    );
    fc.assert(
      fc.property(values, values, (before, after) => {
        const rows = diffValues(before, after);
        expect(rows.filter((row) => row.before !== undefined)).toHaveLength(before.length);
        expect(rows.filter((row) => row.after !== undefined)).toHaveLength(after.length);
      }),
    );
  });
});

describe('pages', () => {
  test.each([
    [0, 0, [0]],
    [0, 1, [0]],
    [0, PAGE_ROWS, [0]],
    [0, PAGE_ROWS + 1, [0, PAGE_ROWS]],
    [PAGE_ROWS * 3 - 1, PAGE_ROWS * 3 + 1, [PAGE_ROWS * 2, PAGE_ROWS * 3]],
  ])('of the rows %d to %d', (first, end, pages) => {
    expect(listPages(first, end)).toEqual(pages);
  });

  test('hold every row in view', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.integer({ min: 1, max: 400 }), (first, rows) => {
        const pages = listPages(first, first + rows);
        for (const row of [first, first + rows - 1]) expect(pages).toContain(locateRow(row).offset);
      }),
    );
  });
});

describe('scrolling', () => {
  const ROW = 28;
  const VIEW = 600;

  test('a few rows are laid out as they are', () => {
    const extent = measureExtent(1000, ROW, VIEW);
    expect(extent.real).toBe(28_000);
    expect(followScroll(extent, { scrollTop: 0, offset: 0 }, 1234)).toEqual({ scrollTop: 1234, offset: 0 });
    expect(measureExtent(0, ROW, VIEW).real).toBe(0);
  });

  test.each([1_000_000, 10_000_000, 100_000_000])('of %d rows each can be brought to the top', (rows) => {
    const extent = measureExtent(rows, ROW, VIEW);
    expect(extent.real).toBeLessThanOrEqual(8_000_000);
    fc.assert(
      fc.property(fc.nat(rows - 30), (row) => {
        const place = placeAt(extent, row * ROW);
        expect(place.scrollTop).toBeGreaterThanOrEqual(0);
        expect(place.scrollTop).toBeLessThanOrEqual(extent.real - VIEW);
        expect(findRows(extent, place, rows, 0)[0]).toBe(row);
      }),
    );
  });

  test('small steps move by just that much, down and up again, over every border of a page', () => {
    const extent = measureExtent(10_000_000, ROW, VIEW);
    let place: ScrollPosition = placeAt(extent, extent.pageHeight * 7 - 2000);
    const start = place.scrollTop + place.offset;
    for (let step = 0; step < 100; step += 1) place = followScroll(extent, place, place.scrollTop + 53);
    expect(place.scrollTop + place.offset).toBe(start + 5300);
    for (let step = 0; step < 100; step += 1) place = followScroll(extent, place, place.scrollTop - 53);
    expect(place.scrollTop + place.offset).toBe(start);
  });

  test('a dragged scrollbar reaches the first and the last row', () => {
    const rows = 10_000_000;
    const extent = measureExtent(rows, ROW, VIEW);
    const end = followScroll(extent, { scrollTop: 0, offset: 0 }, extent.real - VIEW);
    expect(findRows(extent, end, rows, 0)[1]).toBe(rows);
    const start = followScroll(extent, end, 0);
    expect(findRows(extent, start, rows, 0)[0]).toBe(0);
  });
});

describe('a filter', () => {
  test('holds no empty condition', () => {
    expect(setCondition({ text: 'a' }, 'text', '')).toEqual({});
    expect(setCondition({}, 'from', undefined)).toEqual({});
    expect(isEmptyFilter(toggleValue({ node: ['a'] }, 'node', 'a'))).toBe(true);
  });

  test('takes values in and out', () => {
    expect(toggleValue(toggleValue({ text: 'x' }, 'node', 'a'), 'node', 'b')).toEqual({
      text: 'x',
      node: ['a', 'b'],
    });
  });
});

describe('bytes', () => {
  test('are shown sixteen to a line', () => {
    const bytes = decodeBase64(Buffer.from('{"a": "é\u0000"}').toString('base64'));
    expect(makeHexLines(bytes, 10)).toEqual([
      { offset: '00000000', hex: '7b 22 61 22 3a 20 22 c3 a9 00 22 7d'.padEnd(47), text: '{"a": "..."}' },
    ]);
    expect(makeHexLines(new Uint8Array(100), 2)).toHaveLength(2);
    expect(makeHexLines(new Uint8Array(), 2)).toEqual([]);
  });

  test('that are no base64 do no harm', () => {
    expect(decodeBase64('***')).toHaveLength(0);
  });
});

describe('what is left out', () => {
  test('is a condition of its own, and no value is both shown and left out', () => {
    const shown = toggleValue({}, 'node', 'web-1');
    const leftOut = toggleNegated(shown, 'node', 'web-1');
    expect(leftOut).toEqual({ not: { node: ['web-1'] } });
    expect(toggleNegated(leftOut, 'node', 'web-2')).toEqual({ not: { node: ['web-1', 'web-2'] } });
    expect(toggleValue(leftOut, 'node', 'web-1')).toEqual({ node: ['web-1'] });
    expect(isEmptyFilter(toggleNegated(leftOut, 'node', 'web-1'))).toBe(true);
  });

  test('records are typed apart by blanks, and keep those of an id', () => {
    expect(readRecords(' res.partner,7  8 x,[1, 2] y,"a \\" b" ')).toEqual([
      'res.partner,7',
      '8',
      'x,[1, 2]',
      'y,"a \\" b"',
    ]);
    expect(readRecords('x,"open 1')).toEqual(['x,"open', '1']);
    expect(toggleNegated({ record: ['x,1'] }, 'record', 'x,1')).toEqual({ not: { record: ['x,1'] } });
  });

  test('a text and a pattern, there or not, are four conditions that combine', () => {
    let filter = setText({}, { key: 'text', not: false }, 'a');
    filter = setText(filter, { key: 'text', not: true }, 'b');
    filter = setText(filter, { key: 'pattern', not: true }, 'c+');
    expect(filter).toEqual({ text: 'a', not: { text: 'b', pattern: 'c+' } });
    expect(readText(filter, { key: 'pattern', not: true })).toBe('c+');
    filter = setText(setText(filter, { key: 'text', not: true }, ''), { key: 'pattern', not: true }, '');
    expect(filter).toEqual({ text: 'a' });
  });

  test('a pattern that the engine would refuse is known before', () => {
    expect(['a(', '[', 'a{2,1}', '\\p'].map(isPattern)).toEqual([false, false, false, false]);
    expect(isPattern('a.*b|\\p{L}+')).toBe(true);
  });
});

describe('columns', () => {
  test('are hidden, moved and sized, and read back as they were kept', () => {
    let layout = toggleColumn(defaultLayout, 'seq');
    layout = moveColumn(layout, 'place', -6);
    layout = resizeColumn(layout, 'user', 200.4);
    expect(listShown(layout)).toEqual(['place', 'node', 'model', 'record', 'action', 'user']);
    expect(readLayout(JSON.stringify(layout))).toEqual(layout);
    expect(writeTracks(layout)['--entry-tracks']).toMatch(/^calc\(.*\) minmax\(150px, 1.7fr\) .* 200px$/);
    expect(isDefault(layout)).toBe(false);
    expect(isDefault(moveColumn(moveColumn(defaultLayout, 'node', 1), 'node', -1))).toBe(true);
  });

  test.each([
    undefined,
    '',
    '{',
    '[]',
    'null',
    '{"order": ["gone", "user", "user"], "hidden": ["gone"], "widths": {"gone": 1, "seq": "x"}}',
  ])('that were kept as %s are all there', (kept) => {
    const layout = readLayout(kept);
    expect(layout.order.toSorted()).toEqual(columnNames.toSorted());
    expect(layout).toMatchObject({ hidden: [], widths: {} });
  });
});
