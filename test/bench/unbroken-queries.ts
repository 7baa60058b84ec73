/**
 * Questions to a workspace, a process of its own:
 *
 *     node unbroken-queries.ts ask FILE COUNT SEED     milliseconds of each question, as JSON
 *     node unbroken-queries.ts open FILE               milliseconds until the report and a first page are there
 *     node unbroken-queries.ts search FILE TEXT...     per text: hits, milliseconds to the first rows and to all
 *     node unbroken-queries.ts scan FILE TEXT...       the same before there are filters
 */
import { type Engine, openEngine } from '../../src/engine/engine.ts';
import { BUCKETS, drawQuestions, PAGE_ROWS } from './draw-questions.ts';

/** What a screen shows first. */
const FIRST_ROWS = 50;

interface Search {
  readonly hits: number;
  readonly firstMs: number;
  readonly ms: number;
}

const [task = '', file = '', ...rest] = process.argv.slice(2);
const started = performance.now();
const engine = openEngine({ workspace: file, evidence: [] });
process.exitCode = 2;
try {
  if (task === 'open') process.stdout.write(JSON.stringify(open(engine)));
  else if (task === 'ask')
    process.stdout.write(JSON.stringify(ask(engine, Number(rest[0]), Number(rest[1]))));
  else {
    // The threads' start, and then what is measured: with filters made, as they are while a person reads the overview.
    await search(engine, 'warm-up');
    if (task === 'search') await engine.search.makeFilters();
    const found: Search[] = [];
    for (const text of rest) found.push(await search(engine, text));
    process.stdout.write(JSON.stringify(found));
  }
  process.exitCode = 0;
} finally {
  await engine.close();
}

function open({ report, entries }: Engine): number {
  if (!report()) throw new Error('the workspace has no report');
  entries.page({}, { order: 'oldest-first', offset: 0, limit: PAGE_ROWS });
  return performance.now() - started;
}

function ask({ entries }: Engine, count: number, seed: number): Record<string, number[]> {
  const times = { page: [] as number[], histogram: [] as number[] };
  for (const { filter, order, at } of drawQuestions(count, seed)) {
    let begun = performance.now();
    const total = entries.count(filter);
    entries.page(filter, { order, offset: Math.floor(at * total), limit: PAGE_ROWS });
    times.page.push(performance.now() - begun);
    begun = performance.now();
    entries.histogram(filter, 'node', BUCKETS);
    times.histogram.push(performance.now() - begun);
  }
  return times;
}

async function search({ entries, search }: Engine, text: string): Promise<Search> {
  const begun = performance.now();
  let firstMs = 0;
  for (;;) {
    const state = await search.look({ text }, 'oldest-first', FIRST_ROWS);
    if (firstMs === 0 && (state.rows.length > 0 || state.complete)) firstMs = performance.now() - begun;
    if (state.complete) return { hits: entries.count({ text }), firstMs, ms: performance.now() - begun };
    // As the screen does: looks again until there is something to show.
    if (firstMs > 0) await search.run({ text });
  }
}
