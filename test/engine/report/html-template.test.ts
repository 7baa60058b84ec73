import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html, Markup } from '../../../src/engine/report/html-template.ts';
import { hostileTexts } from './sample-report.ts';

const fills: [what: string, made: Markup, text: string][] = [
  ['text is escaped', html`<p>${'<b>&"\''}</p>`, '<p>&lt;b&gt;&amp;&quot;&#39;</p>'],
  ['attributes are escaped', html`<p title="${'" onclick="x'}">`, '<p title="&quot; onclick=&quot;x">'],
  ['markup is kept', html`<p>${html`<b>${'<'}</b>`}</p>`, '<p><b>&lt;</b></p>'],
  ['lists are joined', html`${['a', html`<br>`, ['<', 2]]}`, 'a<br>&lt;2'],
  ['undefined is nothing', html`a${undefined}b`, 'ab'],
  ['numbers are written', html`${0}${-1.5}`, '0-1.5'],
  ['controls become marks', html`${'a\u0000\u202e\n'}`, 'a␀⟨U+202E⟩␊'],
  [
    'an object that looks like markup is not',
    html`${[new Markup('<i>')]}${'[object Object]'}`,
    '<i>[object Object]',
  ],
  ['very long text is cut and says so', html`${'x'.repeat(5000)}`, `${'x'.repeat(2000)}… [+3000]`],
];

test.each(fills)('%s', (_what, made, text) => {
  expect(made.text).toBe(text);
});

test('no text opens a tag or leaves its attribute', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts)), (text) => {
      const { text: made } = html`<p title="${text}">${text}</p>`;
      expect(made.match(/[<>]/g)).toHaveLength(4);
      expect(made.match(/"/g)).toHaveLength(2);
    }),
  );
});
