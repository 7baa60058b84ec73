/**
 * Questions to a workspace, a process of its own:
 *
 *     node unbroken-queries.ts ask FILE COUNT SEED     milliseconds of each question, as JSON
 *     node unbroken-queries.ts open FILE               milliseconds until the report and a first page are there
 *     node unbroken-queries.ts search FILE TEXT...     per text: hits, milliseconds to the first page and to all
 */
import { type Engine, openEngine } from '../../src/engine/engine.ts';
import { BUCKETS, drawQuestions, PAGE_ROWS } from './draw-questions.ts';

const [task = '', file = '', ...rest] = process.argv.slice(2);
const started = performance.now();
const engine = openEngine({ workspace: file, evidence: [] });
process.exitCode = 2;
try {
  if (task === 'open') process.stdout.write(JSON.stringify(open(engine)));
  else if (task === 'ask')
    process.stdout.write(JSON.stringify(ask(engine, Number(rest[0]), Number(rest[1]))));
  else process.stdout.write(JSON.stringify(rest.map((text) => search(engine, text))));
  process.exitCode = 0;
} finally {
  engine.close();
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
    entries.histogram(filter, BUCKETS);
    times.histogram.push(performance.now() - begun);
  }
  return times;
}

function search({ entries }: Engine, text: string): { hits: number; firstMs: number; ms: number } {
  const begun = performance.now();
  const hits = entries.count({ text });
  const ms = performance.now() - begun;
  return { hits, firstMs: ms, ms };
}
