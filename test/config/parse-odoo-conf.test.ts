/** Files as Python reads them. The cases were answered by Python 3.11's RawConfigParser, which Odoo uses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseOdooConf } from '../../src/config/parse-odoo-conf.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly refused: boolean;
  readonly options?: Readonly<Record<string, string>>;
}

const file = join(import.meta.dirname, '..', 'fixtures', 'config', 'python-configparser.json');
const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly Case[];

test.each(cases)('as Python: $name', ({ text, refused, options }) => {
  const read = parseOdooConf(text);
  expect(read.problems.length > 0).toBe(refused);
  if (options)
    expect(Object.fromEntries(read.options.map(({ name, value }) => [name, value]))).toEqual(options);
});

describe('lines are known', () => {
  test.each([
    ['of an option', '# x\n[options]\n\na = 1\nb = 2\n', [4, 5]],
    ['of one that is continued', '[options]\na = 1,\n  2\n\nb = 3\n', [2, 5]],
    ['of one said twice', '[options]\na = 1\nb = 2\nA = 3\n', [2, 3, 4]],
    ['with line ends of Windows', '[options]\r\n\r\na = 1\r\n', [3]],
    ['after a byte order mark', '\ufeff[options]\na = 1\n', [2]],
  ])('%s', (_, text, lines) => {
    expect(parseOdooConf(text).options.map(({ line }) => line)).toEqual(lines);
  });

  test.each([
    ['words', '[options]\na = 1\nwords\n', { line: 3, code: 'not-an-option' }],
    ['no name', '[options]\n= 1\n', { line: 2, code: 'not-an-option' }],
    ['a byte order mark', '\ufeff[options]\na = 1\n', { line: 1, code: 'byte-order-mark' }],
    ['too early', 'a = 1\n[options]\n', { line: 1, code: 'outside-of-a-section' }],
    ['a second time', '[options]\na = 1\n\nA = 2\n', { line: 4, code: 'option-twice', firstLine: 2 }],
    ['a second section', '[options]\n[x]\n[options]\n', { line: 3, code: 'section-twice', firstLine: 1 }],
  ])('of a problem: %s', (_, text, problem) => {
    expect(parseOdooConf(text).problems).toEqual([problem]);
  });
});

test('never throws, and changes nothing for those who come later', () => {
  const word = fc.constantFrom(
    '[',
    ']',
    '=',
    ':',
    ';',
    '#',
    '\n',
    '\r\n',
    ' ',
    '__proto__',
    'a',
    '\0',
    '%',
    '"',
    'options',
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      for (const { value, line } of parseOdooConf(words.join('')).options) {
        expect(value).not.toContain('\0');
        expect(line).toBeGreaterThan(0);
      }
    }),
  );
  expect(Object.keys({}.constructor)).toEqual([]);
  expect(({} as Record<string, unknown>)['a']).toBeUndefined();
});
