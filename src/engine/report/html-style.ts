/** The look of the HTML report: a document on paper first, a page on a screen second. No font or picture is fetched. */
import { cssString, html, type Markup } from './html-template.ts';

/** Whose colours a page takes on a screen; paper is white in any case. */
export type PageScheme = 'light' | 'dark';

const dark = html`--paper: #16181b; --ink: #e4e6e8; --muted: #9ba3ab; --rule: #34393f; --shade: #1e2125;
  --good: #6cc48d; --warn: #e0a94c; --bad: #f08a80; --gap: #ff6b57; --link: #8db8ee;
  --c0: #6b9fd6; --c1: #dba65b; --c2: #79b587; --c3: #ab8fd0; --c4: #6fc2cb; --c5: #7d868f;
  --h1: #22364a; --h2: #2c4f70; --h3: #386b99; --h4: #5590c6; --h5: #8bbdea;`;

const rules = html`:root {
  --paper: #fff; --ink: #1b1d20; --muted: #5c636b; --rule: #d9dde1; --shade: #f5f6f7;
  --good: #1e6b3c; --warn: #8a5300; --bad: #a1231c; --gap: #c8321f; --link: #1d4f91;
  --c0: #3a6ea5; --c1: #cf8a2e; --c2: #5a9367; --c3: #8b6bb1; --c4: #4aa3ad; --c5: #9aa3ad;
  --h1: #d6e4f0; --h2: #aecbe3; --h3: #7ba8cf; --h4: #4b82b5; --h5: #285a8c;
  --serif: Charter, 'Bitstream Charter', 'Iowan Old Style', 'Sitka Text', Cambria, Georgia, 'Liberation Serif', 'DejaVu Serif', 'Noto Naskh Arabic', 'Sakkal Majalla', serif;
  --sans: 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, 'Noto Sans Arabic', 'DejaVu Sans', sans-serif;
  --mono: ui-monospace, 'Cascadia Mono', 'SF Mono', Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace;
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 15px/1.5 var(--sans); }
body { margin: 0; }
main { max-width: 61rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; counter-reset: section figure; }
h1, h2, .sentence { font-family: var(--serif); font-weight: 600; text-wrap: balance; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.3rem; margin: 3rem 0 .8rem; padding-top: .7rem; border-top: 1px solid var(--rule); break-after: avoid; }
h2::before { counter-increment: section; content: counter(section) '. '; color: var(--muted); font-weight: 400; }
h3 { font-size: 1rem; margin: 1.8rem 0 .2rem; break-after: avoid; }
h4 { font-size: .95rem; margin: 0; }
p { margin: .4rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
.ts { white-space: nowrap; font-variant-numeric: tabular-nums; }
.muted, .kind-says { color: var(--muted); }
.kind-says { break-after: avoid; margin-top: 0; }
.number { font-variant-numeric: tabular-nums; }
.masthead { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; justify-content: space-between; color: var(--muted); font-size: .87rem; border-bottom: 2px solid var(--ink); padding-bottom: .5rem; margin-bottom: 2rem; }
.masthead strong { color: var(--ink); letter-spacing: .02em; }
.verdict { border-inline-start: 5px solid var(--tone); padding-block: .1rem; padding-inline: 1.2rem 0; margin: 1.8rem 0 1.4rem; break-inside: avoid; }
.verdict .name { color: var(--tone); font-weight: 700; text-transform: uppercase; letter-spacing: .09em; font-size: .87rem; margin: 0; }
.verdict .sentence { font-size: 1.4rem; line-height: 1.38; font-weight: 400; margin: .25rem 0 .5rem; text-wrap: pretty; overflow-wrap: anywhere; }
.intact { --tone: var(--good); } .incomplete { --tone: var(--warn); } .contradicted { --tone: var(--bad); } .none { --tone: var(--muted); }
.figures { display: grid; grid-template-columns: repeat(5, 1fr); gap: 0 1.2rem; margin: 0 0 1rem; }
.figures div { border-top: 1px solid var(--rule); padding: .45rem 0 .6rem; }
.figures dt { color: var(--muted); font-size: .8rem; }
.figures dd { margin: 0; font-size: 1.3rem; line-height: 1.25; font-variant-numeric: tabular-nums lining-nums; }
.figures .raised dd { color: var(--bad); font-weight: 600; }
table { border-collapse: collapse; width: 100%; font-size: .87rem; margin: .7rem 0; }
th { text-align: start; font-weight: 600; color: var(--muted); font-size: .8rem; border-bottom: 1px solid var(--ink); vertical-align: bottom; }
th, td { padding-block: .3rem; padding-inline: 0 .9rem; }
th:last-child, td:last-child { padding-inline-end: 0; }
td { border-bottom: 1px solid var(--rule); vertical-align: top; overflow-wrap: anywhere; }
tr, .pair { break-inside: avoid; }
thead { display: table-header-group; }
.right { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.facts th { width: 9.5rem; color: var(--muted); font-weight: 400; font-size: inherit; border-bottom: 1px solid var(--rule); vertical-align: top; }
.file td { border-bottom: 0; } .hash td { padding-top: 0; }
.mono, .hash td { font-family: var(--mono); font-size: .78rem; overflow-wrap: anywhere; }
.hash td { color: var(--muted); }
.shared { font-size: .87rem; margin: .6rem 0 1rem; } .shared p { margin: 0; } .shared ul { margin: .1rem 0 0; padding-inline-start: 1.2rem; }
.finding { border-top: 1px solid var(--rule); padding: .8rem 0 .9rem; break-inside: avoid; }
.finding:target { background: var(--shade); box-shadow: 0 0 0 .6rem var(--shade); }
.finding header { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; }
.finding header .index { color: var(--muted); font-weight: 400; min-width: 1.6rem; }
.finding header .count { margin-inline-start: auto; font-variant-numeric: tabular-nums; }
.finding header .raised { color: var(--bad); font-weight: 600; }
dl.detail { display: grid; grid-template-columns: 6.5rem 1fr; gap: .12rem 1rem; margin-block: .4rem 0; margin-inline: 1.6rem 0; padding-inline-start: 1rem; font-size: .87rem; }
dl.detail dt { color: var(--muted); }
dl.detail dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
dl.detail ul { margin: 0; padding: 0; list-style: none; }
dl.case { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: .8rem 0 0; }
dl.case dt { color: var(--muted); } dl.case dd { margin: 0; overflow-wrap: anywhere; }
.note { overflow-wrap: anywhere; border-inline-start: 3px solid var(--rule); padding-inline-start: .7rem; }
.state { font-weight: 600; }
.entry { border-top: 1px solid var(--rule); padding: .8rem 0 1rem; break-inside: avoid; }
.entry header { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; }
.entry header .ts { margin-inline-start: auto; color: var(--muted); font-size: .87rem; }
.entry dl.detail, .entry table.values { margin-inline-start: 0; padding-inline-start: 0; }
.values { margin: .6rem 0 0; table-layout: fixed; } .values th:first-child { width: 22%; }
.values td { font-family: var(--mono); font-size: .78rem; white-space: pre-wrap; }
.values .changed td:first-child { font-weight: 700; } .values .changed td { background: var(--shade); }
.limits li { margin: .35rem 0; }
figure { margin: 1.2rem 0 2rem; break-inside: avoid; }
figure svg[viewBox] { display: block; width: 100%; height: auto; overflow: visible; }
figure svg { direction: ltr; }
svg text { font: 11px var(--sans); fill: var(--muted); font-variant-numeric: tabular-nums; }
svg text.panel-title { fill: var(--ink); font-weight: 600; font-size: 12px; }
figcaption { font-size: .83rem; color: var(--muted); margin-top: .5rem; }
figcaption p::before { counter-increment: figure; content: 'Figure ' counter(figure) '. '; font-weight: 600; color: var(--ink); }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; list-style: none; margin: 0; padding: 0; }
.legend svg { vertical-align: -1px; }
.rule { stroke: var(--rule); stroke-width: 1; } .frame { fill: none; stroke: var(--muted); stroke-width: 1; }
.stream { fill: none; stroke: var(--c0); stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; stroke-opacity: .85; }
.stream-key { fill: var(--c0); }
.gap { fill: var(--gap); } .gap-wide { fill: var(--gap); fill-opacity: .2; } .gap-line { stroke: var(--gap); stroke-width: 1; stroke-opacity: .45; }
.copy { fill: var(--h2); } .copy-missing { fill: var(--paper); stroke: var(--gap); } .copy-ended { fill: var(--gap); fill-opacity: .5; } .copy-differs { fill: var(--bad); }
svg text.gap-text { fill: var(--gap); font-weight: 600; }
.c0 { fill: var(--c0); } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); } .c3 { fill: var(--c3); } .c4 { fill: var(--c4); } .c5 { fill: var(--c5); }
.h0 { fill: none; stroke: var(--rule); } .h1 { fill: var(--h1); } .h2 { fill: var(--h2); } .h3 { fill: var(--h3); } .h4 { fill: var(--h4); } .h5 { fill: var(--h5); }
.left-out { border-inline-start: 3px solid var(--rule); padding-inline-start: .8rem; color: var(--muted); }
@media (max-width: 40rem) { .figures { grid-template-columns: repeat(2, 1fr); } dl.detail { grid-template-columns: 1fr; margin-inline-start: 0; } .ts { white-space: normal; } }
@media print {
  html { font-size: 9.5pt; }
  body { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 20pt; } h2 { font-size: 13pt; margin-top: 1.8rem; }
  .verdict .sentence { font-size: 13.5pt; }
  a { color: inherit; text-decoration: none; }
  p, li { orphans: 3; widows: 3; }
  h2, h3, h4, .finding header, .entry header { break-after: avoid; }
  .appendix { break-before: page; }
}
`;

/** As the reader's system has it, unless the page is shown beside something that has its own. */
function renderScheme(scheme: PageScheme | undefined): Markup {
  if (scheme === 'light') return html`:root { color-scheme: light; }\n`;
  if (scheme === 'dark') return html`@media screen { :root { color-scheme: dark; ${dark} } }\n`;
  return html`:root { color-scheme: light dark; }
@media screen and (prefers-color-scheme: dark) { :root { ${dark} } }\n`;
}

/** The whole style; `head` and `foot` stand on each page of a print, beside its number. */
export function renderStyle(head: string, foot: string, scheme?: PageScheme): Markup {
  return html`<style>
${rules}${renderScheme(scheme)}@page {
  size: A4; margin: 20mm 16mm 18mm;
  font: 8pt 'Noto Sans', 'Liberation Sans', Arial, 'Noto Sans Arabic', 'DejaVu Sans', sans-serif; color: #5c636b;
  @top-left { content: ${cssString(head)}; }
  @bottom-left { content: ${cssString(foot)}; }
  @bottom-right { content: counter(page) ' / ' counter(pages); }
}
@page :first { @top-left { content: none; } }
</style>`;
}
