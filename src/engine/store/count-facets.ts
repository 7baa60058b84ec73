/** Values of matching rows with exact counts, most frequent first. */
import type { EntryFacets } from '../../contract/entry.ts';
import type { Tuple } from '../batch.ts';
import { type Match, rowAt } from './match-rows.ts';
import type { Segments } from './segments.ts';
import type { StreamBook } from './stream-book.ts';

/** Streams are counted where a book tells them. */
export function countFacets(
  segments: Segments,
  matches: readonly Match[],
  streams: StreamBook | undefined,
): EntryFacets {
  const tuples = segments.tuples();
  const perTuple = new Float64Array(tuples.length);
  for (const match of matches) addTuples(segments, match, perTuple);
  const facet = (read: (tuple: Tuple) => string): EntryFacets['node'] => {
    const counts = new Map<string, number>();
    tuples.forEach((tuple, id) => {
      if (tuple && perTuple[id]! > 0) counts.set(read(tuple), (counts.get(read(tuple)) ?? 0) + perTuple[id]!);
    });
    return listCounts(counts);
  };
  return {
    node: facet((tuple) => tuple.node),
    model: facet((tuple) => tuple.model),
    action: facet((tuple) => tuple.action),
    user: facet((tuple) => tuple.userLogin || tuple.userId),
    ...(streams && { stream: listCounts(streams.count(segments, matches)) }),
  };
}

function listCounts(counts: ReadonlyMap<string, number>): EntryFacets['node'] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Adds how many of a match's rows each tuple has. */
function addTuples(segments: Segments, match: Match, perTuple: Float64Array): void {
  if (match.tuples) {
    const { counts, wanted } = match.tuples;
    for (let i = 0; i < counts.ids.length; i++) {
      const id = counts.ids[i]!;
      if (!wanted || wanted[id] === 1) perTuple[id]! += counts.counts[i]!;
    }
    return;
  }
  const tuple = segments.column(match.segment, 'tuple');
  for (let position = 0; position < match.count; position++) perTuple[tuple[rowAt(match, position)]!]!++;
}
