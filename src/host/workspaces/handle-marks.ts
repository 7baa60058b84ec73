/** Calls about what the reviewer says: marks of entries, reviews of findings, saved filters. */
import { createFailure } from '../../engine/base/failure.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Handlers } from '../handlers.ts';

type Names =
  | 'marks.set'
  | 'marks.list'
  | 'reviews.list'
  | 'reviews.set'
  | 'filters.list'
  | 'filters.save'
  | 'filters.remove';

/** `find` gives the engine of an open workspace, or fails. */
export function createMarkHandlers(find: (workspace: string) => Engine): Pick<Handlers, Names> {
  return {
    'marks.set': ({ workspace, id, tags, note }) => {
      const engine = find(workspace);
      const found = engine.entries.find(id);
      if (!found) throw createFailure('not-found', 'there is no such entry', { subject: id });
      engine.marks.set(found.row, found.bytes, tags, note);
      return { mark: engine.entries.find(id)?.row.mark ?? null };
    },
    'marks.list': ({ workspace }) => {
      const marked = find(workspace).entries.listMarked();
      const tags = new Map<string, number>();
      for (const { stored } of marked) {
        for (const tag of stored.mark.tags) tags.set(tag, (tags.get(tag) ?? 0) + 1);
      }
      return {
        marks: marked.map(({ stored, row }) => ({ ...stored, row: row ?? null })),
        tags: [...tags]
          .map(([value, count]) => ({ value, count }))
          .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
      };
    },
    'reviews.list': ({ workspace }) => find(workspace).listReviews(),
    'reviews.set': ({ workspace, ...review }) => {
      const engine = find(workspace);
      engine.setReview(review);
      return engine.listReviews();
    },
    'filters.list': ({ workspace }) => ({ filters: find(workspace).marks.listFilters() }),
    'filters.save': ({ workspace, ...saved }) => {
      const { marks } = find(workspace);
      marks.saveFilter(saved);
      return { filters: marks.listFilters() };
    },
    'filters.remove': ({ workspace, name }) => {
      const { marks } = find(workspace);
      marks.removeFilter(name);
      return { filters: marks.listFilters() };
    },
  };
}
