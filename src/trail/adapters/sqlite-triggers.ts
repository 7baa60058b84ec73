/**
 * What changes in SQLite, noted by SQLite itself: temporary triggers of the connection write old and new values into a
 * temporary table. So bulk statements, upserts, cascades of foreign keys, the program's own triggers and plain SQL are
 * all seen row by row, and what is rolled back, whole or to a savepoint, takes its notes with it. The database file is
 * not changed.
 *
 * Not seen: `INSERT OR REPLACE` deletes rows without firing a trigger unless `recursive_triggers` is on (the adapter
 * turns it on where the program has no triggers of its own); virtual tables have no triggers.
 */
import type { DataChange } from '../data-change.ts';
import type { Actor, RecordId, Values } from '../write-entry.ts';

export interface WatchedTable {
  readonly table: string;
  readonly model: string;
  /** The columns that are the record's id. */
  readonly key: readonly string[];
  /** All columns, those of the key among them. */
  readonly columns: readonly string[];
  /** Those that are declared to hold blobs: their content is not noted, only whether it differs. */
  readonly blobs: readonly string[];
}

const CHANGES = 'unbroken_changes';
const ACTOR = 'unbroken_actor';
const METHODS = { create: 'insert', write: 'update', unlink: 'delete' } as const;

/** All notes, in the order in which they were made. */
export const readNotes = `select * from temp.${CHANGES} order by n`;
export const removeNotes = `delete from temp.${CHANGES}`;
/** One column of one note as text: a driver may give integers as doubles, which do not hold all of them. */
export const readExactly = (column: string): string =>
  `select cast(${column} as text) as text from temp.${CHANGES} where n = ?`;
/** Says in whose name the next statements run; an UPDATE, which leaves `last_insert_rowid()` as it is. */
export const setActor = `update temp.${ACTOR} set actor = ?`;

/** Statements that make the tables of notes, wide enough, where they are not there yet. */
export function makeNotes(width: number, presentWidth: number): string[] {
  if (presentWidth > 0) {
    return range(presentWidth, width).flatMap((n) =>
      [`old${n}`, `new${n}`].map((column) => `alter table temp.${CHANGES} add column ${column}`),
    );
  }
  const columns = range(0, width).flatMap((n) => [`old${n}`, `new${n}`]);
  return [
    `create temp table ${ACTOR} (actor text)`,
    `insert into temp.${ACTOR} values (null)`,
    `create temp table ${CHANGES} (n integer primary key, t integer, method text, actor text, ${columns.join(', ')})`,
  ];
}

export const countNoteColumns = `select (count(*) - 4) / 2 as width from pragma_table_info('${CHANGES}', 'temp')`;

export function dropTriggers(table: string): string[] {
  return Object.keys(METHODS).map((method) => `drop trigger if exists temp.${nameTrigger(table, method)}`);
}

/** `t` is the table's number, by which its notes are read. */
export function makeTriggers(watched: WatchedTable, t: number): string[] {
  return (Object.keys(METHODS) as (keyof typeof METHODS)[]).map((method) => makeTrigger(watched, t, method));
}

function nameTrigger(table: string, method: string): string {
  return quote(`unbroken_${method}_${table}`);
}

/** A statement is compiled with its triggers each time, so that these are kept as plain as can be. */
function makeTrigger(watched: WatchedTable, t: number, method: keyof typeof METHODS): string {
  const { table, columns, blobs } = watched;
  const noted = columns.flatMap((column, n) => {
    const [before, after] = [`old.${quote(column)}`, `new.${quote(column)}`];
    const note = (value: string, blob: string): string =>
      blobs.includes(column) ? shorten(value, blob) : value;
    const differing = method === 'write' ? `case when ${after} is ${before} then x'' else x'00' end` : "x''";
    return [
      ...(method === 'create' ? [] : [[`old${n}`, note(before, "x''")] as const]),
      ...(method === 'unlink' ? [] : [[`new${n}`, note(after, differing)] as const]),
    ];
  });
  const changed = columns.map((column) => `old.${quote(column)} is not new.${quote(column)}`).join(' or ');
  return `create temp trigger ${nameTrigger(table, method)} after ${METHODS[method]} on main.${quote(table)}
${method === 'write' ? `when ${changed}` : ''}
begin
  insert into ${CHANGES} (t, method, actor, ${noted.map(([column]) => column).join(', ')})
  values (${t}, '${method}', (select actor from ${ACTOR}), ${noted.map(([, value]) => value).join(', ')});
end`;
}

function shorten(value: string, blob: string): string {
  return `case typeof(${value}) when 'blob' then ${blob} else ${value} end`;
}

const BINARY = '<binary data>';

/** Reads a note as the change that it is of; undefined where its table is none of these. */
export function readNote(
  row: Record<string, unknown>,
  tables: readonly WatchedTable[],
): DataChange | undefined {
  const watched = tables[Number(row['t'])];
  if (!watched) return undefined;
  const { model, key, columns } = watched;
  const method = row['method'] as DataChange['method'];
  const user = row['actor'] === null ? undefined : (JSON.parse(String(row['actor'])) as Actor);
  const all = (side: 'old' | 'new'): Values =>
    Object.fromEntries(columns.map((column, n) => [column, row[`${side}${n}`]]));
  const [before, after] = [all('old'), all('new')];
  const ids = key.map((column) => (method === 'create' ? after : before)[column]);
  const id = (ids.length === 1 ? (ids[0] ?? null) : ids) as RecordId;
  // The id stands in the entry already, unless it was changed.
  const told = columns.filter((column) =>
    method === 'write' ? !isSame(before[column], after[column]) : !key.includes(column),
  );
  const values = (side: Values): Values => Object.fromEntries(told.map((name) => [name, tell(side[name])]));
  if (method === 'create') return { method, model, id, user, new: values(after) };
  if (method === 'unlink') return { method, model, id, user, old: values(before) };
  return { method, model, id, user, old: values(before), new: mark(values(after), values(before)) };
}

/** Two contents of a blob look alike in an entry, and are told as what they are: another. */
function mark(after: Values, before: Values): Values {
  return Object.fromEntries(
    Object.entries(after).map(([name, value]) => [
      name,
      value === BINARY && before[name] === BINARY ? `${BINARY} (changed)` : value,
    ]),
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b;
}

function tell(value: unknown): unknown {
  return value instanceof Uint8Array ? BINARY : value;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
}
