/** Questions about entries, drawn by a seed: the same ones are put to Unbroken and to DuckDB. */
import type { EntryFilter } from '../../src/contract/entry.ts';
import { createRandom, type Random } from '../simulator/random.ts';

export interface Question {
  readonly filter: EntryFilter;
  readonly order: 'oldest-first' | 'newest-first';
  /** Where the page begins, as a share of all that match. */
  readonly at: number;
}

export const PAGE_ROWS = 100;
export const BUCKETS = 60;

const MODELS = [
  'res.partner',
  'spp.program',
  'spp.program.membership',
  'spp.cycle',
  'spp.entitlement',
  'spp.payment',
];
const ACTIONS = ['write', 'create', 'unlink', 'approve'];

/** Any combination of conditions, one in ten without any. */
export function drawQuestions(count: number, seed: number): Question[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => ({
    filter: random.chance(0.1) ? {} : drawFilter(random),
    order: random.chance(0.5) ? 'oldest-first' : 'newest-first',
    at: random.next(),
  }));
}

function drawFilter(random: Random): EntryFilter {
  const some = (values: readonly string[]): string[] => [
    ...new Set(Array.from({ length: 1 + random.int(2) }, () => random.pick(values))),
  ];
  const day = (): number => Date.parse('2025-01-01T00:00:00Z') + random.next() * 29 * 86_400_000;
  const [from, to] = [day(), day()].sort((a, b) => a - b);
  const byRecord = random.chance(0.2);
  return {
    ...(random.chance(0.4) ? { node: some(['odoo-web-1', 'odoo-web-2', 'odoo-web-3', 'odoo-web-4']) } : {}),
    ...(random.chance(0.4) && !byRecord ? { model: some(MODELS) } : {}),
    ...(random.chance(0.4) ? { action: some(ACTIONS) } : {}),
    ...(random.chance(0.4)
      ? { user: some(Array.from({ length: 40 }, (_, i) => `user${i + 2}@example.org`)) }
      : {}),
    ...(byRecord ? { record: [`${random.pick(MODELS)},${1 + random.int(200_000)}`] } : {}),
    ...(random.chance(0.4) ? { from: new Date(from!).toISOString(), to: new Date(to!).toISOString() } : {}),
  };
}
