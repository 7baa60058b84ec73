/** The record's and the person's page over the fixture: the engine's own telling, from rows that were read plainly. */
import type { Calls } from '../../../src/contract/api.ts';
import type { EntryFilter, EntryRow } from '../../../src/contract/entry.ts';
import type { Report } from '../../../src/contract/report.ts';
import { tellActivity, tellHours } from '../../../src/engine/ask/person-activity.ts';
import { tellHistory } from '../../../src/engine/ask/record-history.ts';
import type { FakeLog } from './fake-log.ts';

const SLOT_MICROS = 900e6;

type Page = 'record.history' | 'person.activity' | 'person.hours';
type Handlers = { [N in Page]: (input: Calls[N]['input']) => Calls[N]['output'] };

export function tellFakePages(
  { rows, lines }: FakeLog,
  report: Report,
  select: (filter: EntryFilter) => EntryRow[],
): Handlers {
  const countBy = <T>(own: readonly T[], read: (item: T) => string) =>
    [...Map.groupBy(own, read)]
      .map(([value, { length }]) => ({ value, count: length }))
      .sort((a, b) => b.count - a.count);
  const entries = {
    page: (
      filter: EntryFilter,
      { order, offset, limit }: { order: string; offset: number; limit: number },
    ) => {
      const found = order === 'oldest-first' ? select(filter) : select(filter).toReversed();
      return { rows: found.slice(offset, offset + limit), total: found.length };
    },
    facets: (filter: EntryFilter) => {
      const own = select(filter);
      return {
        node: countBy(own, ({ node }) => node),
        model: countBy(own, ({ model }) => model),
        action: countBy(own, ({ action }) => action),
        user: countBy(own, ({ userLogin }) => userLogin),
      };
    },
    find: (id: string) => {
      const row = rows.find((candidate) => candidate.id === id);
      return row && { row, bytes: new TextEncoder().encode(lines.get(id)) };
    },
    activity: (filter: EntryFilter) => {
      const own = select(filter);
      const slots = [...Map.groupBy(own, ({ tsMicros }) => Math.floor(tsMicros / SLOT_MICROS))];
      return {
        slots: Float64Array.from(slots, ([slot]) => slot),
        counts: Float64Array.from(slots, ([, { length }]) => length),
        tuples: own.map((tuple) => ({ tuple, count: 1 })),
      };
    },
    topRecords: (filter: EntryFilter, shown: number) => {
      const counted = countBy(select(filter), ({ model, resId }) => JSON.stringify([model, resId]));
      return {
        total: counted.length,
        shown: counted.slice(0, shown).map(({ value, count }) => {
          const [model, resId] = JSON.parse(value) as [string, string];
          return { model, resId, count };
        }),
      };
    },
  };
  return {
    'record.history': ({ workspace: _, ...question }) => tellHistory(entries, report, question),
    'person.activity': ({ workspace: _, ...question }) => tellActivity(entries, report, question),
    'person.hours': ({ workspace: _, ...question }) => tellHours(entries, report, question),
  };
}
