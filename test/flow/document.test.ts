/** Composed documents of a real workspace: what they hold, that they repeat, and that a masked one tells no value. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTranslate } from '../../src/catalogue/translate.ts';
import { Document, type DocumentChoice, DocumentFormat, DocumentPart } from '../../src/contract/document.ts';
import { type Engine, openEngine, verifyPaths } from '../../src/engine/engine.ts';
import { renderDocument } from '../../src/engine/report/render-document.ts';

const translate = createTranslate('en');
const look = { locale: 'en', zone: 'Asia/Manila' };
const all: DocumentChoice = {
  caseName: 'Case 12 </title><script>alert(1)</script>\u202e"; } @page { x: url(//x)',
  examiner: 'A. Okafor',
  parts: [...DocumentPart.options],
  entriesOf: ['marks', 'findings'],
  tags: [],
  mask: false,
};
const formats = DocumentFormat.options.filter((format) => format !== 'pdf');

let directory = '';
let engine: Engine;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-document-'));
});
afterEach(async () => {
  await engine.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Written {
  readonly resId: string;
  readonly login: string;
  readonly old: string;
  readonly next: string;
}

/** A log of a gap, a torn line, and two copies of an entry that contradict each other. */
async function importLog(values: readonly Written[]): Promise<Engine> {
  const line = ({ resId, login, old, next }: Written, seq: number): string =>
    JSON.stringify({
      ...{ seq, ts: `2026-03-01T08:00:${String(seq).padStart(2, '0')}.000001+00:00`, node: 'web-1' },
      ...{ rule_name: next, model: 'res.partner', res_id: resId, method: 'write', user_id: 7 },
      ...{ user_login: login, data: { old: { phone: old }, new: { phone: next } } },
    });
  const seqs = [1, 2, 5, 5, 6];
  const lines = seqs.map((seq, i) => line(values[i % values.length]!, seq));
  lines.push(line(values[0]!, 7).slice(0, -9));
  const audit = join(directory, 'audit.jsonl');
  writeFileSync(audit, `${lines.join('\n')}\n`);
  engine = openEngine({ workspace: join(directory, 'w', '..', 'case.unbroken'), evidence: [audit] });
  await engine.importPaths([audit], { signal: new AbortController().signal });
  return engine;
}

const plain = [
  { resId: '301', login: 'ana@example.org', old: 'old-phone', next: 'new-phone' },
  { resId: '302', login: 'ben@example.org', old: 'other-old', next: 'other-new' },
];

function render(choice: DocumentChoice): string[] {
  const composition = engine.composeDocument(choice, translate);
  return formats.map((format) => renderDocument(composition, format, translate, look));
}

function mark(seq: number, tags: string[], note: string): void {
  const { rows } = engine.entries.page({}, { order: 'oldest-first', offset: 0, limit: 50 });
  const row = rows.find((candidate) => candidate.seq === seq);
  const found = row && engine.entries.find(row.id);
  if (found) engine.marks.set(found.row, found.bytes, tags, note);
}

test('holds the case, the reviewer’s words and the chosen entries with their values', async () => {
  await importLog(plain);
  mark(1, ['payments'], 'First line.\nSecond line.');
  const [gap] = engine.report()?.findings.filter(({ kind }) => kind === 'gap') ?? [];
  if (!gap) throw new Error('there is no gap');
  engine.setReview({ finding: gap.id, state: 'escalated', note: 'Ask the operator.' });
  const [html = '', json = '', csv = '', entries = ''] = render(all);
  for (const told of [
    'A. Okafor',
    'Ask the operator.',
    'To be followed up',
    '<div dir="auto">Second line.</div>',
  ])
    expect(html).toContain(told);
  for (const output of [html, json, entries]) expect(output).toContain('old-phone');
  expect(csv.split('\r\n').find((row) => row.startsWith(gap.id))).toMatch(/escalated,Ask the operator\.$/);
  expect(entries).toContain('payments');
  const document = Document.parse(JSON.parse(json));
  // Both sides of the gap, both of the conflict, and the marked one; the recovered entry has no line that is named.
  expect(document.entries.map(({ seq }) => seq)).toEqual(expect.arrayContaining([1, 2, 5, 5]));
  expect(document.entries.find(({ seq }) => seq === 2)?.findings).toEqual([gap.id]);
  expect(document.report.case).toEqual({ name: all.caseName, examiner: 'A. Okafor' });
});

test('what was noted about the record of a chosen entry is told once, also where values are left out', async () => {
  await importLog(plain);
  mark(1, ['payments'], '');
  mark(5, ['payments'], '');
  const record = { model: 'res.partner', resId: '301' };
  const { rows } = engine.entries.page({}, { order: 'oldest-first', offset: 0, limit: 1 });
  expect(rows[0]).toMatchObject(record);
  engine.marks.addNote(record, 'Ana called.\n<b>Twice.</b>', 'uma');
  engine.marks.addNote(record, 'It is settled.', 'mona');
  engine.marks.addNote({ ...record, resId: '999' }, 'Of another record.', 'uma');
  for (const mask of [false, true]) {
    const [html = '', json = '', , entries = ''] = render({ ...all, mask });
    const told = Document.parse(JSON.parse(json)).entries.flatMap(({ thread = [] }) => thread);
    expect(told.map(({ author, text }) => [author, text])).toEqual([
      ['uma', 'Ana called.\n<b>Twice.</b>'],
      ['mona', 'It is settled.'],
    ]);
    expect(html).toContain('&lt;b&gt;Twice.&lt;/b&gt;');
    for (const output of [html, entries]) expect(output.split('It is settled.')).toHaveLength(2);
    for (const output of [html, json, entries]) expect(output).not.toContain('Of another record.');
  }
});

test('what was saved is compared with later, as long as it has the hashes of the files', async () => {
  await importLog(plain);
  const earlier = join(directory, 'earlier.json');
  const audit = join(directory, 'audit.jsonl');
  const compare = () =>
    verifyPaths([audit], { signal: new AbortController().signal, against: earlier }).then(
      ({ compared }) => compared,
    );
  const save = (choice: DocumentChoice): void =>
    writeFileSync(
      earlier,
      renderDocument(engine.composeDocument(choice, translate), 'json', translate, look),
    );
  save({ ...all, mask: true });
  expect(await compare()).toMatchObject({ with: 'report', unchanged: 1, rewritten: 0 });
  writeFileSync(audit, readFileSync(audit, 'utf8').replace('new-phone', 'NEW-phone'));
  expect(await compare()).toMatchObject({ unchanged: 0, rewritten: 1 });
  save({ ...all, parts: ['verdict'] });
  await expect(compare()).rejects.toMatchObject({ failure: { code: 'comparison-unreadable' } });
});

test('a hostile case name stays text, on the page and in its head', async () => {
  await importLog(plain);
  const [html = ''] = render(all);
  expect(html).not.toContain('<script');
  expect(html.match(/<\/title>|<\/style>/g)).toHaveLength(2 + (html.match(/<title>/g)?.length ?? 0) - 1);
  expect(html).not.toContain('\u202e');
  expect(html.slice(html.indexOf('<style>'), html.indexOf('</style>'))).not.toContain('url(');
  const [, head] = /@top-left \{ content: "([^"]*)"/.exec(html) ?? [];
  expect(head).toMatch(/^[a-zA-Z0-9\\ ]+$/);
});

test('holds the chosen parts and no other', async () => {
  await importLog(plain);
  const ids: Readonly<Record<DocumentPart, string[]>> = {
    verdict: ['found'],
    coverage: ['charts', 'streams'],
    findings: ['findings'],
    entries: ['entries'],
    method: ['method'],
    limits: ['limits'],
    hashes: ['files', 'skipped'],
  };
  for (const part of DocumentPart.options) {
    const [html = '', json = '', csv = '', entries = ''] = render({ ...all, parts: [part] });
    const sections = [...html.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
    expect(sections).toEqual(ids[part]);
    for (const [, target] of html.matchAll(/href="#([^"]*)"/g)) expect(html).toContain(`id="${target}"`);
    const { report } = Document.parse(JSON.parse(json));
    expect([report.findings !== undefined, report.files !== undefined]).toEqual([
      part === 'findings',
      part === 'hashes',
    ]);
    const rows = [csv, entries].map((table) => table.trimEnd().split('\r\n').length > 1);
    expect(rows).toEqual([part === 'findings', part === 'entries']);
  }
});

test('the same choices give the same bytes, but for the time of the check', async () => {
  const { importPaths } = await importLog(plain);
  mark(2, ['a'], 'A note.');
  const before = render(all);
  const first = engine.report()?.made.at ?? '';
  expect(render(all)).toEqual(before);
  await importPaths([join(directory, 'audit.jsonl')], { signal: new AbortController().signal });
  const second = engine.report()?.made.at ?? '';
  expect(second).not.toBe(first);
  const timeless = (output: string): string =>
    output
      .replaceAll(first, 'AT')
      .replaceAll(second, 'AT')
      .replace(/Made [^<]*/, 'Made AT');
  expect(render(all).map(timeless)).toEqual(before.map(timeless));
});

test('the choice is kept in the workspace', async () => {
  await importLog(plain);
  expect(engine.documentStock()).toMatchObject({ choice: { caseName: '', mask: false }, marked: 0 });
  engine.keepDocumentChoice(all);
  await engine.close();
  engine = openEngine({ workspace: join(directory, 'case.unbroken'), evidence: [] });
  expect(engine.documentStock().choice).toEqual(all);
});

test('entries of some tags only, and marks whose entry is gone are counted', async () => {
  await importLog(plain);
  mark(1, ['a'], '');
  mark(6, ['b'], '');
  const choice = { ...all, entriesOf: ['marks' as const], tags: ['b'] };
  expect(engine.composeDocument(choice, translate).document.entries.map(({ seq }) => seq)).toEqual([6]);
  const audit = join(directory, 'audit.jsonl');
  const kept = readFileSync(audit, 'utf8')
    .split('\n')
    .filter((line) => !line.includes('"seq":6'));
  writeFileSync(audit, kept.join('\n'));
  await engine.importPaths([audit], { signal: new AbortController().signal });
  expect(engine.composeDocument(choice, translate).document).toMatchObject({
    entries: [],
    entriesLeftOut: 1,
  });
});

test('a masked document tells no value, in no format', async () => {
  // Long enough that no word or hash of the document could hold it by chance.
  const value = fc
    .string({ minLength: 6, maxLength: 30, unit: 'grapheme' })
    .map((text) => `\u00bf${text}\u00a7q`);
  const written = fc.record({ resId: value, login: value, old: value, next: value });
  await fc.assert(
    fc.asyncProperty(fc.array(written, { minLength: 2, maxLength: 5 }), async (values) => {
      await importLog(values);
      mark(1, ['t'], 'a note');
      expect(render(all)[1]).toContain('\u00a7q');
      const outputs = render({ ...all, mask: true });
      await engine.close();
      rmSync(join(directory, 'case.unbroken'), { force: true });
      for (const secret of values.flatMap((one) => Object.values(one))) {
        const forms = [secret, JSON.stringify(secret).slice(1, -1), secret.slice(0, -2), secret.slice(1)];
        for (const form of forms) for (const output of outputs) expect(output).not.toContain(form);
      }
      for (const output of outputs) expect(output).not.toContain('\u00a7q');
      expect(outputs[0]).toContain('Changed keys'.toLowerCase());
    }),
    { numRuns: 15 },
  );
});
