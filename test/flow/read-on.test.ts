/** What was appended is read by itself: entries are there before they are checked, and findings are those of all. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Report } from '../../src/contract/report.ts';
import { Imports } from '../../src/engine/follow/import-paths.ts';
import { readWrittenTs } from '../../src/engine/parse/read-entry.ts';
import { openStore, type Store } from '../../src/engine/store/open-store.ts';

type Following = Parameters<Imports['run']>[1]['following'];

let directory = '';
let evidence = '';
let opened: { store: Store; imports: Imports }[] = [];
let seq = 0;
beforeEach(begin);
afterEach(end);

function begin(): void {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-read-on-'));
  evidence = join(directory, 'audit');
  mkdirSync(evidence);
  opened = [];
  seq = 0;
}

function end(): void {
  for (const { store, imports } of opened) {
    imports.close();
    store.close();
  }
  rmSync(directory, { recursive: true, force: true });
}

function open(): { store: Store; imports: Imports } {
  const file = join(directory, `${opened.length}.unbroken`);
  const store = openStore({ file, readTs: readWrittenTs, scopeOf: () => undefined });
  const readReport = (): Report | undefined => {
    const kept = store.readReport();
    return kept && Report.parse(JSON.parse(kept.json));
  };
  const imports = new Imports(store, { nativeBinding: undefined, readReport });
  opened.push({ store, imports });
  return { store, imports };
}

const at = (name: string): string => join(evidence, name);
const DAY = 'audit-2025-01-01.jsonl';
const run = (imports: Imports, following?: Following): Promise<Report> =>
  imports.run([evidence], { signal: new AbortController().signal, following });

/** The next entries of one of two nodes; one in so many is left out. */
function lines(count: number, lost = Number.POSITIVE_INFINITY): string {
  const written: string[] = [];
  while (written.length < count) {
    seq++;
    if (seq % lost === 0) continue;
    const ts = new Date(Date.UTC(2025, 0, 1, 8) + seq * 1000).toISOString().replace('Z', '000+00:00');
    const entry = { seq: Math.ceil(seq / 2), ts, node: `web-${seq % 2}`, model: 'res.partner', res_id: seq };
    const rest = {
      method: 'write',
      user_id: 2,
      user_login: 'ana',
      old_values: {},
      new_values: { name: 'é' },
    };
    written.push(`${JSON.stringify({ ...entry, ...rest })}\n`);
  }
  return written.join('');
}

/** All of a report but its date and how it was made. */
function tell({ totals, verdict, findings, files, nodes, streams, open }: Report): unknown {
  return { totals, verdict, findings, files, nodes, streams, open };
}

async function expectLikeScratch(store: Store, report: Report, following?: Following): Promise<void> {
  const fresh = open();
  expect(tell(report)).toEqual(tell(await run(fresh.imports, following)));
  expect(store.entries.count({})).toBe(fresh.store.entries.count({}));
  for (const { id, contentSha256, contentBytes } of store.listFiles()) {
    expect(store.checkContent(id)).toEqual({ sha256: contentSha256, bytes: contentBytes });
  }
}

test('what is appended is there before it is checked, whole lines only, and without the file being read again', async () => {
  writeFileSync(at(DAY), lines(1000));
  const { store, imports } = open();
  await run(imports, 'begun');
  const [next = '', after = ''] = [lines(10), lines(1)];
  appendFileSync(at(DAY), next + after.slice(0, 30));
  expect(await imports.readOn([at(DAY)])).toBe(true);
  expect(imports.countUnchecked()).toBe(10);
  expect(store.entries.count({})).toBe(1010);
  const before = store.readReport();
  // The check reads the rest, and takes what is before as it was.
  const report = await run(imports, 'open');
  expect(report).toMatchObject({ totals: { entries: 1010 }, open: { pending: 1 }, verdict: 'intact' });
  expect(report.notVisible).toContainEqual(expect.objectContaining({ code: 'taken-as-unchanged' }));
  expect(imports.countUnchecked()).toBe(0);
  expect(store.readReport()).not.toEqual(before);
  appendFileSync(at(DAY), after.slice(30));
  await imports.readOn([at(DAY)]);
  expect(imports.countUnchecked()).toBe(1);
  const settled = await run(imports, 'settled');
  expect(settled.notVisible.map(({ code }) => code)).not.toContain('taken-as-unchanged');
  await expectLikeScratch(store, settled);
});

test('what was read on while a check is at work is in the next one', async () => {
  writeFileSync(at(DAY), lines(1000));
  const { imports } = open();
  await run(imports, 'begun');
  appendFileSync(at(DAY), lines(10));
  await imports.readOn([at(DAY)]);
  const check = run(imports, 'open');
  appendFileSync(at(DAY), lines(20));
  await imports.readOn([at(DAY)]);
  const { totals } = await check;
  expect(totals.entries + imports.countUnchecked()).toBe(1030);
  expect((await run(imports, 'open')).totals.entries).toBe(1030);
  expect(imports.countUnchecked()).toBe(0);
});

test.each([
  ['shorter', () => truncateSync(at(DAY), 1000)],
  ['another', () => writeFileSync(at(DAY), lines(300))],
  ['longer, with another end of what was read', () => edit(-40, 'EDIT', lines(10))],
  ['as long, with another beginning', () => edit(200, 'EDIT', '')],
  ['gone', () => rmSync(at(DAY))],
  ['a new one of that name', replace],
])('a file that is %s is for the check to find out about', async (what, change) => {
  writeFileSync(at(DAY), lines(200));
  writeFileSync(at('audit-2025-01-02.jsonl'), lines(10));
  const { store, imports } = open();
  await run(imports, 'begun');
  appendFileSync(at(DAY), lines(5));
  await imports.readOn([at(DAY)]);
  const held = store.entries.count({});
  change();
  const later = new Date(Date.now() + 5000);
  try {
    utimesSync(at(DAY), later, later);
  } catch {
    // It is gone.
  }
  expect(await imports.readOn([at(DAY)])).toBe(false);
  expect(store.entries.count({})).toBe(held);
  const { findings } = await run(imports, 'open');
  expect(findings.some(({ kind }) => kind === 'rewritten')).toBe(what !== 'a new one of that name');
});

test('a file that no check has read is for the check to find out about', async () => {
  writeFileSync(at(DAY), lines(10));
  const { imports } = open();
  await run(imports, 'begun');
  writeFileSync(at('audit-2025-01-02.jsonl'), lines(10));
  expect(await imports.readOn([at('audit-2025-01-02.jsonl')])).toBe(false);
});

function replace(): void {
  renameSync(at(DAY), at(`${DAY}.1`));
  writeFileSync(at(DAY), lines(400));
}

/** Overwrites some bytes, and appends. */
function edit(offset: number, text: string, more: string): void {
  const bytes = readFileSync(at(DAY));
  bytes.write(text, offset < 0 ? bytes.length + offset : offset);
  writeFileSync(at(DAY), Buffer.concat([bytes, Buffer.from(more)]));
}

const name = fc.constantFrom(DAY, 'audit-2025-01-02.jsonl', 'other.jsonl');
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('append'), name, count: fc.nat(40), half: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read'), name }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('check'), name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rotate'), name }) },
);

test('any history of appends, half lines and rotations tells what a check from scratch tells', async () => {
  await fc.assert(
    fc
      .asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
        writeFileSync(at(DAY), lines(50));
        const { store, imports } = open();
        await run(imports, 'begun');
        const rest = new Map<string, string>();
        for (const [index, each] of steps.entries()) {
          const path = at(each.name);
          if (each.do === 'append' && 'count' in each) {
            const text = (rest.get(path) ?? '') + lines(each.count, 17);
            const cut = each.half ? text.length - Math.min(60, text.length) : text.length;
            appendFileSync(path, text.slice(0, cut));
            rest.set(path, text.slice(cut));
          } else if (each.do === 'read') await imports.readOn([path]);
          else if (each.do === 'check') await expectLikeScratch(store, await run(imports, 'open'), 'begun');
          else if (statSync(path, { throwIfNoEntry: false })) {
            renameSync(path, `${path}.${index}`);
            rest.delete(path);
          }
        }
        await expectLikeScratch(store, await run(imports, 'settled'));
      })
      .beforeEach(begin)
      .afterEach(end),
    { numRuns: 20 },
  );
}, 120_000);
