/** Calls that ask of entries, and of what belongs to a finding, a record or a person. */

import type { EntryFilter } from '../../contract/entry.ts';
import { createFailure } from '../../engine/base/failure.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Handlers } from '../handlers.ts';
import type { Emit } from './open-workspaces.ts';

type Names =
  | 'entries.page'
  | 'entries.search'
  | 'entries.cancelSearch'
  | 'entries.detail'
  | 'entries.at'
  | 'entries.position'
  | 'entries.histogram'
  | 'entries.facets'
  | 'entries.stream'
  | 'finding.strips'
  | 'record.history'
  | 'person.activity'
  | 'person.hours';

/** `find` gives the engine of an open workspace, or fails; a search of one session ends none of another. */
export function createEntryHandlers(
  find: (workspace: string) => Engine,
  emit: Emit,
  session: string,
): Pick<Handlers, Names> {
  const tellDivided = (workspace: string) => (percent: number) =>
    emit('workspace.divided', { workspace, percent });
  /** The engine, once it can answer questions with this filter. */
  const prepare = async (workspace: string, filter: EntryFilter, order?: 'oldest-first' | 'newest-first') => {
    const engine = find(workspace);
    await engine.streams.prepare(filter, tellDivided(workspace));
    await engine.search.run(filter, order, session);
    return engine;
  };
  return {
    'entries.page': async ({ workspace, filter, ...page }) => {
      const engine = await prepare(workspace, filter, page.order);
      return engine.entries.page(filter, page);
    },
    'entries.search': async ({ workspace, filter, order, limit }) => {
      await find(workspace).streams.prepare(filter, tellDivided(workspace));
      return find(workspace).search.look(filter, order, limit, session);
    },
    'entries.cancelSearch': ({ workspace }) => {
      find(workspace).search.cancel(session);
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
      const engine = await prepare(workspace, filter, order);
      return { offset: engine.entries.position(filter, order, id) ?? null };
    },
    'entries.histogram': async ({ workspace, filter, by, buckets }) => {
      const engine = await prepare(workspace, filter);
      return engine.entries.histogram(filter, by, buckets);
    },
    'entries.facets': async ({ workspace, filter, streams = false }) => {
      if (streams) await find(workspace).streams.tellApart(tellDivided(workspace));
      const engine = await prepare(workspace, filter);
      return engine.entries.facets(filter, { streams });
    },
    'entries.stream': async ({ workspace, id }) =>
      (await find(workspace).streams.look(id, tellDivided(workspace))) ?? null,
    'finding.strips': ({ workspace, finding }) => ({ strips: find(workspace).strips(finding) }),
    'record.history': ({ workspace, ...question }) => find(workspace).history(question),
    'person.activity': ({ workspace, ...question }) => find(workspace).activity(question),
    'person.hours': ({ workspace, ...question }) => find(workspace).hours(question),
  };
}
