import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../src/catalogue/translate.ts';
import { EntryRow } from '../../src/contract/entry.ts';
import { FailureCode } from '../../src/contract/failure.ts';
import { Confidence, FindingKind } from '../../src/contract/finding.ts';
import { Verdict } from '../../src/contract/report.ts';
import { splitMarks } from '../../src/renderer/ui/Marked.tsx';

const catalogue = createCatalogue('en');
const has = (key: string) => catalogue.exists(key, { count: 1 }) || catalogue.exists(key, { count: 2 });

test.each(FailureCode.options)('failure %s says what happened and what to do', (code) => {
  expect(has(`failure.${code}`)).toBe(true);
  expect(has(`screen.failureTitle.${code}`)).toBe(true);
  // What happened, and what to do next.
  expect(catalogue.t(`failure.${code}`).split(/[.;:] /).length).toBeGreaterThan(1);
});

test.each(FindingKind.options)('finding %s has its name, its plural and its meaning', (kind) => {
  for (const group of ['kind', 'kinds', 'kindSays']) expect(has(`${group}.${kind}`)).toBe(true);
});

test('verdicts and confidences have words', () => {
  for (const verdict of Verdict.options) {
    expect(has(`verdictName.${verdict}`)).toBe(true);
    expect(has(`verdictSays.${verdict}`)).toBe(true);
  }
  for (const confidence of Confidence.options) expect(has(`confidence.${confidence}`)).toBe(true);
});

describe('the screens', () => {
  const folder = join(import.meta.dirname, '../../src/renderer');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.tsx') || path.endsWith('.ts'))
    .map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const);

  test('name only text that the catalogue has', () => {
    const missing = sources.flatMap(([path, source]) =>
      [...source.matchAll(/\bt\(\s*'([\w.-]+)'/g)]
        .map((match) => match[1] ?? '')
        .filter((key) => !has(key))
        .map((key) => `${path}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  test('never take markup from text', () => {
    expect(
      sources.filter(([, source]) => /dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML/.test(source)),
    ).toEqual([]);
  });
});

const marked: [what: string, text: string, pieces: [text: string, isMark: boolean][]][] = [
  ['empty', '', []],
  ['plain', 'odoo-web-1', [['odoo-web-1', false]]],
  [
    'a control between',
    'a\nb',
    [
      ['a', false],
      ['␊', true],
      ['b', false],
    ],
  ],
  [
    'a direction override',
    'x\u202ey',
    [
      ['x', false],
      ['⟨U+202E⟩', true],
      ['y', false],
    ],
  ],
  [
    'a picture that the log holds itself is no mark',
    'a␊\n',
    [
      ['a␊', false],
      ['␊', true],
    ],
  ],
  [
    'beyond the first plane',
    '😀\u0000',
    [
      ['😀', false],
      ['␀', true],
    ],
  ],
];
test.each(marked)('marks: %s', (_what, text, pieces) => {
  expect(splitMarks(text).map((piece) => [piece.text, piece.isMark])).toEqual(pieces);
});

test('a row of the contract has a column or a place in the details for every key', () => {
  expect(Object.keys(EntryRow.shape).sort()).toEqual(
    [
      'action',
      'id',
      'line',
      'mark',
      'model',
      'node',
      'path',
      'resId',
      'salvaged',
      'seq',
      'ts',
      'tsMicros',
      'userId',
      'userLogin',
    ].sort(),
  );
});
