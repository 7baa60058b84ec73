/** Calls that ask of entries, and of what belongs to a finding, a record or a person. */
import { createFailure } from '../engine/base/failure.ts';
import type { Engine } from '../engine/engine.ts';
import type { Handlers } from './handlers.ts';

type Names =
  | 'entries.page'
  | 'entries.search'
  | 'entries.cancelSearch'
  | 'entries.detail'
  | 'entries.at'
  | 'entries.position'
  | 'entries.histogram'
  | 'entries.facets'
  | 'finding.strips'
  | 'record.history'
  | 'person.activity'
  | 'person.hours';

/** `find` gives the engine of an open workspace, or fails. */
export function createEntryHandlers(find: (workspace: string) => Engine): Pick<Handlers, Names> {
  return {
    'entries.page': async ({ workspace, filter, ...page }) => {
      const engine = find(workspace);
      await engine.search.run(filter, page.order);
      return engine.entries.page(filter, page);
    },
    'entries.search': ({ workspace, filter, order, limit }) =>
      find(workspace).search.look(filter, order, limit),
    'entries.cancelSearch': ({ workspace }) => {
      find(workspace).search.cancel();
      return {};
    },
    'entries.detail': ({ workspace, id }) => {
      const detail = find(workspace).detail(id);
      if (!detail) throw createFailure('not-found', 'there is no such entry', { subject: id });
      return detail;
    },
    'entries.at': ({ workspace, path, line }) => {
      const found = find(workspace).entries.at(path, line);
      if (!found) throw createFailure('not-found', 'there is no such line', { subject: `${path}:${line}` });
      return { rows: found.rows, raw: new TextDecoder().decode(found.raw) };
    },
    'entries.position': async ({ workspace, filter, order, id }) => {
      const engine = find(workspace);
      await engine.search.run(filter, order);
      return { offset: engine.entries.position(filter, order, id) ?? null };
    },
    'entries.histogram': async ({ workspace, filter, by, buckets }) => {
      const engine = find(workspace);
      await engine.search.run(filter);
      return engine.entries.histogram(filter, by, buckets);
    },
    'entries.facets': async ({ workspace, filter }) => {
      const engine = find(workspace);
      await engine.search.run(filter);
      return engine.entries.facets(filter);
    },
    'finding.strips': ({ workspace, finding }) => ({ strips: find(workspace).strips(finding) }),
    'record.history': ({ workspace, ...question }) => find(workspace).history(question),
    'person.activity': ({ workspace, ...question }) => find(workspace).activity(question),
    'person.hours': ({ workspace, ...question }) => find(workspace).hours(question),
  };
}
