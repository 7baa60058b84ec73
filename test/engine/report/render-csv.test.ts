import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTranslate } from '../../../src/catalogue/translate.ts';
import { renderCsv } from '../../../src/engine/report/render-csv.ts';
import { makeGap, makeHostileReport, makeReport } from './sample-report.ts';

const translate = createTranslate('en');

const HEADER =
  'id,kind,node,firstSeq,lastSeq,count,atLeast,fromTs,toTs,streams,before,after,path,line,cause,confidence,evidence,source';

/** A reader of its own, by RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows.slice(0, -1);
}

test('one row for each finding, after a byte order mark and a header', () => {
  const csv = renderCsv(makeReport(), translate);
  expect(csv.startsWith(`\ufeff${HEADER}\r\n`)).toBe(true);
  const rows = readCsv(csv.slice(1));
  expect(rows).toHaveLength(5);
  expect(rows.every((row) => row.length === 18)).toBe(true);
  expect(rows[1]?.slice(0, 7)).toEqual(['gap-web-1-1103', 'gap', 'web-1', '1103', '1104', '2', '']);
  expect(rows[2]?.[6]).toBe('true');
  expect(rows[2]?.[9]).toBe('s-web-1-1 | s-web-1-2');
  expect(rows[3]?.slice(12, 15)).toEqual([
    'web-2/audit-2026-03-03.jsonl',
    '412',
    'The line breaks off before its entry is complete.',
  ]);
});

test('a report without findings has the header alone', () => {
  expect(renderCsv(makeReport({ findings: [] }), translate)).toBe(`\ufeff${HEADER}\r\n`);
});

const formulas: [text: string, cell: string][] = [
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝1+1', "'＝1+1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠x', "'＠x"],
  ['\t=1', '␉=1'],
  ['\r=1', '␍=1'],
  ['\n=1', '␊=1'],
  ['\u0000=1', '␀=1'],
  ['\u200b=1', '⟨U+200B⟩=1'],
  [' =1', "' =1"],
  ['\u00a0=1', "'\u00a0=1"],
  ['x;=1', "x;'=1"],
  ['x"; -1', `x"; '-1`],
  ['web-1', 'web-1'],
  ['a,b "c"', 'a,b "c"'],
];

test.each(formulas)('%j is no formula', (text, cell) => {
  const [, row] = readCsv(
    renderCsv(makeReport({ findings: [makeGap(text, 's', 5, 1, 1)] }), translate).slice(1),
  );
  expect(row?.[2]).toBe(cell);
});

test('no cell of any text begins a formula, also where ; separates columns', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '=', '+', '-', '@', '＝'),
      (text, sign) => {
        const gap = makeGap(sign + text, `${text};${sign}`, 5, 1, 1);
        const csv = renderCsv(makeReport({ findings: [{ ...gap, path: text + sign }] }), translate).slice(1);
        const [, row] = readCsv(csv);
        expect(row).toHaveLength(18);
        for (const cell of row?.flatMap((whole) => whole.split(';')) ?? []) {
          expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/u);
        }
      },
    ),
  );
});

test('hostile reports keep their rows', () => {
  const report = makeHostileReport();
  const rows = readCsv(renderCsv(report, translate).slice(1));
  expect(rows).toHaveLength(report.findings.length + 1);
  expect(rows.every((row) => row.length === 18)).toBe(true);
});
