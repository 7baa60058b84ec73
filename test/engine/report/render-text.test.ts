import { expect, test } from 'vitest';
import { createTranslate } from '../../../src/catalogue/translate.ts';
import type { Report } from '../../../src/contract/report.ts';
import { renderText } from '../../../src/engine/report/render-text.ts';
import { makeGap, makeHostileReport, makeReport } from './sample-report.ts';

const translate = createTranslate('en');

function render(report: Report, width = 100, colour = false): string {
  return renderText(report, translate, { colour, width });
}

test('the verdict comes first, then what was found, the gaps, and what could not be seen', () => {
  const text = render(makeReport());
  const order = [
    'INCOMPLETE. At least 5 entries are missing, in 2 gaps',
    'Asked for  from 2026-03-01T00:00:00+00:00',
    'GAPS (2, at least 5 entries missing)',
    'web-1  seq 1103 to 1104  2 entries missing',
    'before    web-1/audit-2026-03-02.jsonl:1102 (seq 1102)',
    'Unexplained; deletion is possible',
    '(medium confidence)',
    'MALFORMED LINES (1)',
    'WHAT INFORMS, AND CHANGES NOTHING',
    'FILES (10)',
    'NOT READ (1)',
    'WHAT THIS CHECK COULD NOT HAVE SEEN',
    'Made by Unbroken 0.1.0',
  ];
  const places = order.map((part) => text.indexOf(part));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBe(0);
  expect(text).not.toMatch(/\{\{|\}\}/);
});

test('a gap that may still close has no cause and no confidence', () => {
  const text = render(makeReport({ findings: [{ ...makeGap('web-1', 's', 7, 2, 2), provisional: true }] }));
  expect(text.replace(/\s+/g, ' ')).toContain('what is missing may be on its way');
  expect(text).not.toMatch(/deletion|confidence\)/);
});

test('an intact log says what was checked and never that nobody tampered', () => {
  const text = render(
    makeReport({
      verdict: 'intact',
      statement: {
        code: 'intact',
        values: { entries: 1, streams: 1, nodes: 2, from: 'A', to: 'B' },
        text: '',
      },
      findings: [],
      found: { days: 1, nodes: 2, files: 1, outside: 3 },
    }),
  );
  expect(text).toMatch(
    /^INTACT\. No gap in 1 entry of 1 stream on 2 nodes, from A to B\. 3 entries outside the period asked/,
  );
  expect(text).not.toMatch(/tamper/i);
});

test('colour is ANSI only where it is asked for, and changes nothing else', () => {
  const plain = render(makeReport());
  const coloured = render(makeReport(), 100, true);
  expect(plain).not.toContain('\u001b');
  expect(coloured).toContain('\u001b[33m');
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
});

test('no escape sequence of a log reaches the terminal', () => {
  const text = render(makeHostileReport());
  expect(text).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/,
  );
  expect(text).toContain('␛[2J');
  expect(render(makeHostileReport(), 100, true).replace(/\u001b\[\d+m/g, '')).toBe(text);
});

test('lines keep to the width, unless a single word is longer', () => {
  for (const width of [50, 80, 110]) {
    for (const line of render(makeReport(), width).split('\n')) {
      if (line.startsWith('  web-')) continue;
      expect(line.length <= width || line.trim().split(' ').length <= 3, line).toBe(true);
    }
  }
});

test('long lists are cut and say so', () => {
  const findings = Array.from({ length: 57 }, (_, i) => makeGap('web-1', 's', 10 + i * 9, 1, 1));
  const text = render(makeReport({ findings }));
  expect(text).toContain('... and 37 more (use --json or --html)');
  expect(text.match(/1 entry missing/g)).toHaveLength(20);
  expect(text.match(/ cause +/g)).toHaveLength(5);
});

test('several places are all named, or counted', () => {
  const gap = makeGap('web-1', 's', 20, 1, 1);
  const before = [1, 2, 3, 4, 5].map((line) => ({ path: 'a.jsonl', line, seq: 19 }));
  const text = render(makeReport({ findings: [{ ...gap, before }] }));
  expect(text).toContain('a.jsonl:1 (seq 19) or a.jsonl:2 (seq 19) or a.jsonl:3 (seq 19) or 2 more');
});

test('a comparison and several sources are told', () => {
  const figures = {
    files: 1,
    lines: 1,
    malformed: 0,
    salvaged: 0,
    nodes: 1,
    streams: 1,
    missing: 0,
    duplicates: 0,
  };
  const text = render(
    makeReport({
      compared: { with: 'report', files: 10, unchanged: 8, grown: 1, rewritten: 1, absent: 0, notRead: 0 },
      totals: { ...figures, source: 1, entries: 7, conflicts: 3 },
      sources: [
        { ...figures, paths: ['a'], entries: 4, missing: 2 },
        { ...figures, paths: ['b', 'c'], entries: 7 },
      ],
      findings: [{ ...makeGap('web-1', 's', 20, 2, 1), source: 0 }],
    }),
  );
  expect(text).toContain('with an earlier report: 8 of 10 files unchanged, 1 grown, 1 rewritten, 0 absent');
  expect(text).toMatch(/Copies +a: 1 line, 4 entries, .* 2 entries missing/);
  expect(text).toMatch(/b, c: 1 line, 7 entries, .* 0 entries missing/);
  expect(text).toMatch(/Between them +3 conflicts/);
  expect(text).toMatch(/seq 20 to 21 .* in a\b/);
});

test('a pair of lines is named as such, and figures are of what the kind counts', () => {
  const gap = makeGap('web-1', 's', 20, 1, 1);
  const text = render(
    makeReport({
      findings: [
        { ...gap, kind: 'conflict', count: 1 },
        { ...gap, id: 'm', kind: 'malformed', count: 3, path: 'a.jsonl', line: 7, toTs: undefined },
      ],
    }),
  );
  expect(text).toMatch(/line {8}web-1\/audit.*\n +other line {2}web-1\/audit/);
  expect(text).toContain('a.jsonl:7  3 lines');
  expect(text).toContain('about 2026-03-01T06:00:20');
});

test('what would tell of each finding is said once, and what would tell of one is said with it', () => {
  const gap = makeGap('web-1', 's', 20, 1, 1);
  const own = { code: 'absent-file', values: {}, text: '' };
  const findings = [gap, { ...gap, id: 'g2', wouldTell: [...(gap.wouldTell ?? []), own] }];
  const text = render(makeReport({ findings }));
  expect(text.match(/in the syslog copy/g)).toHaveLength(1);
  expect(text).toMatch(/would tell {2}The absent file/);
  expect(text.indexOf('What would tell more of each')).toBeGreaterThan(text.indexOf('The absent file'));
});
