import fc from 'fast-check';
import { expect, test } from 'vitest';
import { showMarks } from '../../src/catalogue/show-marks.ts';

const marks: [what: string, text: string, shown: string][] = [
  ['plain text stays', 'web-1 Ärzte 数 😀', 'web-1 Ärzte 数 😀'],
  ['Arabic and Hebrew letters stay', 'مرحبا שלום', 'مرحبا שלום'],
  ['NUL', 'a\u0000b', 'a␀b'],
  ['newline, return and tab', 'a\n\r\tb', 'a␊␍␉b'],
  ['escape sequence', '\u001b[31mred', '␛[31mred'],
  ['DEL', '\u007f', '␡'],
  ['C1', '\u0085\u009b', '⟨U+0085⟩⟨U+009B⟩'],
  ['bidirectional override', 'exe\u202egpj', 'exe⟨U+202E⟩gpj'],
  ['bidirectional isolate', '\u2066x\u2069', '⟨U+2066⟩x⟨U+2069⟩'],
  ['direction marks', '\u200e\u200f\u061c', '⟨U+200E⟩⟨U+200F⟩⟨U+061C⟩'],
  ['zero width', 'ad\u200bmin\u2060\ufeff', 'ad⟨U+200B⟩min⟨U+2060⟩⟨U+FEFF⟩'],
  ['line separators', '\u2028\u2029', '⟨U+2028⟩⟨U+2029⟩'],
  ['lone surrogates', '\ud800x\udc00', '⟨U+D800⟩x⟨U+DC00⟩'],
  ['tags beyond the first plane', '\u{e0041}', '⟨U+E0041⟩'],
  ['soft hyphen and fillers', '\u00ad\u3164', '⟨U+00AD⟩⟨U+3164⟩'],
];

test.each(marks)('%s', (_what, text, shown) => {
  expect(showMarks(text)).toBe(shown);
});

test('whatever comes in, nothing invisible goes out, and marks are not marked again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = showMarks(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\u200b-\u200f\ufeff]/u);
      expect(showMarks(shown)).toBe(shown);
    }),
  );
});
