/** Entries as plain rows of values, segment by segment, for SQL. */
import type { EntryFilter } from '../../contract/entry.ts';
import { formatTs } from '../base/timestamp.ts';
import { ROW_SALVAGED } from '../batch.ts';
import type { Database } from './database.ts';
import { matchRows, rowAt } from './match-rows.ts';
import { nameRow } from './narrow-matches.ts';
import type { SqlValue } from './query-sql.ts';
import type { Segments } from './segments.ts';

/** What each row has, in order. `ts` is UTC; as written it is in the line. */
export const valueColumns = [
  'id',
  'ts',
  'ts_micros',
  'node',
  'seq',
  'model',
  'res_id',
  'action',
  'user_id',
  'user_login',
  'path',
  'line',
  'salvaged',
] as const;

/** Entries in the order of segments: by time within each, and nearly so in all. Failure: `bad-request` for a bad time. */
export function* listValues(
  db: Database,
  segments: Segments,
  filter: Pick<EntryFilter, 'from' | 'to'>,
): Iterable<readonly SqlValue[]> {
  const tuples = segments.tuples();
  const findPath = db.prepare('SELECT path FROM file WHERE id = ?').pluck();
  for (const match of matchRows(db, segments, filter)) {
    const { segment, count } = match;
    const path = findPath.get(segment.file) as string;
    const ts = segments.column(segment, 'ts');
    const seq = segments.column(segment, 'seq');
    const tuple = segments.column(segment, 'tuple');
    const res = segments.column(segment, 'res');
    const line = segments.column(segment, 'line');
    const flags = segments.column(segment, 'flags');
    for (let position = 0; position < count; position++) {
      const row = rowAt(match, position);
      const { node, model, action, userId, userLogin } = tuples[tuple[row]!]!;
      yield [
        (flags[row]! & ROW_SALVAGED) === 0
          ? `${segment.file}-${segment.firstLine + line[row]!}`
          : nameRow(segments, segment, row),
        formatTs(ts[row]!),
        ts[row]!,
        node,
        seq[row]!,
        model,
        segments.formatResId(res[row]!),
        action,
        userId,
        userLogin,
        path,
        segment.firstLine + line[row]!,
        (flags[row]! & ROW_SALVAGED) === 0 ? 0 : 1,
      ];
    }
  }
}
