import { expect, test } from 'vitest';
import { createTranslate, loadCatalogue, translateBy } from '../../../src/catalogue/translate.ts';
import type { Report } from '../../../src/contract/report.ts';
import { maskReport } from '../../../src/engine/report/mask-report.ts';
import { renderHtml } from '../../../src/engine/report/render-html.ts';
import { hostileTexts, makeGap, makeHostileReport, makeReport } from './sample-report.ts';

const translate = createTranslate('en');

function render(report: Report, zone = 'UTC'): string {
  return renderHtml(report, translate, { locale: 'en', zone });
}

test('tells the verdict, the findings with their anchors, the hashes and the limits', () => {
  const report = makeReport();
  const document = render(report);
  expect(document).toMatch(/^<!doctype html>/);
  expect(document).toContain('At least 5 entries are missing, in 2 gaps among 12,408 entries');
  for (const { id } of report.findings) expect(document.split(`id="finding-${id}"`)).toHaveLength(2);
  for (const { sha256, path } of report.files) {
    expect(document).toContain(sha256);
    expect(document).toContain(path);
  }
  expect(document).toContain('web-1 · seq 1103 to 1104'.split(' · ')[1]);
  expect(document).toContain('at least 3 entries missing');
  expect(document).toContain('Nothing was compared');
  expect(document).toContain('Case 2026/114');
  expect(document.match(/<figure>/g)).toHaveLength(3);
});

test('what was asked for is told in the words of the reader, and what the catalogue lacks as it is', async () => {
  const arabic = translateBy(await loadCatalogue('ar'));
  const report = makeReport();
  const parameters = { paths: ['/evidence/a', '/evidence/b'], from: '2025-03-01', other: 3, '$t(x)': 'y' };
  const made = { ...report.made, parameters };
  const document = renderHtml({ ...report, made }, arabic, { locale: 'ar', zone: 'UTC' });
  for (const told of ['ما فُتح', '/evidence/a · /evidence/b', 'other', '$t(x)'])
    expect(document).toContain(told);
  expect(document).not.toMatch(/>(paths|from)</);
});

test('a preview has the colours it is asked for, what is handed on those of its reader’s system', () => {
  const look = (scheme?: 'light' | 'dark'): string =>
    renderHtml(makeReport(), translate, { locale: 'en', zone: 'UTC', scheme });
  const dark = '--paper: #16181b';
  expect(look()).toMatch(/@media screen and \(prefers-color-scheme: dark\) \{ :root \{ --paper: #16181b/);
  expect(look('light')).not.toContain(dark);
  expect(look('dark')).toMatch(/@media screen \{ :root \{ color-scheme: dark; --paper: #16181b/);
  expect(look('dark')).not.toContain('prefers-color-scheme');
});

test('copies are drawn side by side, each mark leading to its finding', () => {
  const { sources, nodes, totals } = makeReport();
  const [source, node] = [sources[0]!, nodes[0]!];
  const outage = {
    ...makeGap(node.node, 'a', 10, 4, 2),
    id: 'outage',
    kind: 'missing-in-copy' as const,
    source: 1,
    evidence: [],
  };
  const document = render(
    makeReport({
      sources: [source, { ...source, paths: ['http'] }],
      nodes: [node, { ...node, source: 1 }],
      totals: { ...totals, source: 0 },
      findings: [outage],
    }),
  );
  const [, figure = ''] = /<figure>(.*?)<\/figure>/s.exec(document) ?? [];
  expect(figure).toContain('>http</text>');
  expect(figure.match(/class="copy"/g)).toHaveLength(3);
  expect(figure).toContain(
    '<a href="#finding-outage"><title>Lacks what another copy holds: 4 entries</title>',
  );
  expect(document).toContain('id="finding-outage"');
});

test('every sentence is in the language of the reader, and how it was checked too', async () => {
  const french = translateBy(await loadCatalogue('fr'));
  const document = renderHtml(makeReport(), french, { locale: 'fr', zone: 'UTC' });
  const telling = french('method.hashing');
  expect(telling).not.toBe(translate('method.hashing'));
  expect(document).toContain(telling);
  expect(document).not.toContain('in English');
});

test('no key of the catalogue and no unfilled value is left in the text', () => {
  const document = render(makeReport(), 'Europe/Berlin');
  expect(document).not.toMatch(/\{\{|\}\}/);
  expect(document).not.toMatch(/>(report|html|text|kind|kinds|verdict|n|start|dialect)\.[a-zA-Z.-]+</);
});

test('fetches nothing, runs nothing, and forbids both', () => {
  for (const document of [render(makeReport()), render(makeHostileReport())]) {
    expect(document).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
    expect(document).not.toMatch(/<(script|img|link|iframe|object|embed|form|base)\b/i);
    expect(document).not.toMatch(/\s(src|on[a-z]+)\s*=\s*"/i);
    expect(document).not.toMatch(/url\(|@import|https?:\/\/(?!x&quot;)/i);
    expect([...document.matchAll(/href="([^"]*)"/g)].every(([, href]) => href?.startsWith('#'))).toBe(true);
  }
});

test('hostile text stays text, and nothing invisible is left', () => {
  const document = render(makeHostileReport());
  for (const text of hostileTexts.filter((hostile) => hostile.includes('<')))
    expect(document).not.toContain(text);
  expect(document).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/,
  );
  expect(document.isWellFormed()).toBe(true);
  expect(document).toContain('invoice⟨U+202E⟩gpj.exe');
  // One document: no value closed an element of ours or opened one.
  for (const tag of ['html', 'head', 'style', 'title', 'body', 'main']) {
    expect(document.match(new RegExp(`</${tag}>`, 'g'))).toHaveLength(
      tag === 'title' ? countTitles(document) : 1,
    );
  }
});

/** Charts have titles of their own. */
function countTitles(document: string): number {
  return document.match(/<title>/g)?.length ?? 0;
}

test('every id is there once, and every link leads to one', () => {
  const document = render(makeReport());
  const ids = [...document.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of document.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
});

test('ten thousand findings and a thousand nodes make a bounded document that says what it leaves out', () => {
  const findings = Array.from({ length: 10_000 }, (_, i) =>
    makeGap('web-1', 's-web-1-1', 10 + i * 5, 2, (i % 5) + 1),
  );
  const base = makeReport();
  const nodes = Array.from({ length: 1000 }, (_, i) => ({ ...base.nodes[0]!, node: `pod-${i}` }));
  const streams = Array.from({ length: 20_000 }, (_, i) => ({
    ...base.streams[0]!,
    id: `s-${i}`,
    node: `pod-${i % 1000}`,
  }));
  const coverage = nodes.flatMap(({ node }) => base.coverage.slice(0, 5).map((day) => ({ ...day, node })));
  const document = render(makeReport({ findings, nodes, streams, coverage }));
  expect(document.length).toBeLessThan(9_000_000);
  expect(document.match(/<article class="finding"/g)).toHaveLength(1500);
  expect(document.match(/id="finding-/g)).toHaveLength(10_000);
  expect(document).toContain('There are 10,000 findings. The first 1,500 are told in full');
  expect(document).toContain('960 nodes are not drawn');
  expect(document).toContain('19,850 more, in the JSON report');
});

test('findings beyond the tables are counted', () => {
  const gap = makeGap('web-1', 's-web-1-1', 10, 2, 1);
  const findings = Array.from({ length: 22_000 }, (_, i) => ({ ...gap, id: `g${i}` }));
  expect(render(makeReport({ findings }))).toContain('500 more are neither here nor in the tables');
});

test('names of megabytes do not make a document of megabytes', () => {
  const node = 'n'.repeat(3_000_000);
  const report = makeReport({ findings: [makeGap(node, 's', 5, 1, 2)] });
  expect(render(report).length).toBeLessThan(100_000);
});

const odd: [what: string, changes: Partial<Report>][] = [
  [
    'nothing at all',
    { nodes: [], coverage: [], streams: [], findings: [], files: [], skipped: [], notVisible: [] },
  ],
  ['a single day', { coverage: [{ node: 'web-1', source: 0, day: '2026-03-01', entries: 1, missing: 0 }] }],
  [
    'a day that is none',
    { coverage: [{ node: 'web-1', source: 0, day: 'yesterday', entries: 1, missing: 0 }] },
  ],
  [
    'days a thousand years apart',
    {
      coverage: [
        { node: 'web-1', source: 0, day: '1026-03-01', entries: 1, missing: 0 },
        { node: 'web-1', source: 0, day: '2026-03-01', entries: 1, missing: 1 },
      ],
    },
  ],
  [
    'years of days',
    {
      coverage: Array.from({ length: 2000 }, (_, i) => ({
        node: 'web-1',
        source: 0,
        day: new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10),
        entries: i % 7,
        missing: i === 900 ? 4 : 0,
      })),
    },
  ],
  [
    'a stream of one entry without a fraction',
    {
      streams: [
        {
          id: 's',
          node: 'web-1',
          source: 0,
          firstSeq: 1,
          lastSeq: 1,
          entries: 1,
          missing: 0,
          firstTs: '2026-03-01T00:00:00+00:00',
          lastTs: '2026-03-01T00:00:00+00:00',
          start: 'one',
        },
      ],
    },
  ],
  ['times that are none', { found: { firstTs: 'x', lastTs: 'y', days: 0, nodes: 0, files: 0 } }],
];

test.each(odd)('stands up with %s', (_what, changes) => {
  const document = render(makeReport(changes), 'Asia/Kathmandu');
  expect(document).not.toMatch(/NaN|Infinity|undefined|Invalid Date/);
});

test('a zone that this machine does not know is passed over', () => {
  expect(render(makeReport(), 'Mars/Olympus')).toContain('2026-03-07T09:30:00+01:00');
});

test('says that values were left out', () => {
  expect(render(maskReport(makeReport(), translate))).toContain('Values of entries were left out.');
  expect(render(makeReport())).not.toContain('Values of entries were left out.');
});

test('the same report gives the same bytes', () => {
  expect(render(makeReport())).toBe(render(makeReport()));
});

test('in a document from right to left, each time keeps its order, and no attribute is touched', async () => {
  const arabic = translateBy(await loadCatalogue('ar'));
  const page = renderHtml(makeReport(), arabic, { locale: 'ar', zone: 'UTC' });
  const body = page.slice(page.indexOf('<body>'));
  const shown = body.replace(/<[^>]*>/g, '|');
  expect(shown).toMatch(/\u20662026-03-01T06:00:00\.001250\+00:00\u2069/);
  expect(shown.replace(/\u2066[^\u2069]*\u2069/g, '')).not.toMatch(/\d{4}-\d\d-\d\dT/);
  expect(body.match(/<[^>]*>/g)?.join('')).not.toMatch(/[\u2066\u2069]/);
  expect(render(makeReport())).not.toMatch(/[\u2066\u2069]/);
});
