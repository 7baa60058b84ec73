/**
 * What changes in SQLite, noted by SQLite itself: temporary triggers of the connection write old and new values into a
 * temporary table. So bulk statements, upserts, cascades of foreign keys, the program's own triggers and plain SQL are
 * all seen row by row, and what is rolled back, whole or to a savepoint, takes its notes with it. The database file is
 * not changed.
 *
 * Not seen: `INSERT OR REPLACE` deletes rows without firing a trigger unless `recursive_triggers` is on (the adapter
 * turns it on where the program has no triggers of its own); virtual tables have no triggers.
 */
import type { DataChange } from '../trail.ts';
import type { Actor, RecordId, Values } from '../write-entry.ts';

export interface WatchedTable {
  readonly table: string;
  readonly model: string;
  /** The columns that are the record's id. */
  readonly key: readonly string[];
  /** All columns, those of the key among them. */
  readonly columns: readonly string[];
}

const CHANGES = 'unbroken_changes';
const ACTOR = 'unbroken_actor';
const METHODS = { create: 'insert', write: 'update', unlink: 'delete' } as const;

/** Takes all notes, in no certain order. */
export const takeNotes = `delete from temp.${CHANGES} returning *`;
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

function makeTrigger({ table, columns }: WatchedTable, t: number, method: keyof typeof METHODS): string {
  const noted = columns.flatMap((column, n) => {
    const [before, after] = [`old.${quote(column)}`, `new.${quote(column)}`];
    return [
      ...(method === 'create' ? [] : [[`old${n}`, encode(before, "x''")] as const]),
      ...(method === 'unlink'
        ? []
        : [[`new${n}`, encode(after, method === 'write' ? differing(before, after) : "x''")] as const]),
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

/** A blob's content is not noted, only whether it differs; integers that a double cannot hold become digits. */
function encode(value: string, blob: string): string {
  return `case typeof(${value}) when 'blob' then ${blob} when 'integer' then case
    when ${value} between -9007199254740991 and 9007199254740991 then ${value}
    else cast(cast(${value} as text) as blob) end else ${value} end`;
}

function differing(before: string, after: string): string {
  return `case when ${after} is ${before} then x'' else x'00' end`;
}

const BINARY = '<binary data>';

/** Reads notes as changes, in the order in which they were made. */
export function readNotes(rows: readonly unknown[], tables: readonly WatchedTable[]): DataChange[] {
  return (rows as Record<string, unknown>[])
    .sort((a, b) => Number(a['n']) - Number(b['n']))
    .flatMap((row) => {
      const watched = tables[Number(row['t'])];
      return watched ? [readNote(row, watched)] : [];
    });
}

function readNote(row: Record<string, unknown>, { model, key, columns }: WatchedTable): DataChange {
  const method = row['method'] as DataChange['method'];
  const user = row['actor'] === null ? undefined : (JSON.parse(String(row['actor'])) as Actor);
  const all = (side: 'old' | 'new'): Values =>
    Object.fromEntries(columns.map((column, n) => [column, row[`${side}${n}`]]));
  const [before, after] = [all('old'), all('new')];
  const ids = key.map((column) => decode((method === 'create' ? after : before)[column]));
  const id = (ids.length === 1 ? (ids[0] ?? null) : ids) as RecordId;
  // The id stands in the entry already, unless it was changed.
  const isTold = (column: string): boolean =>
    (method !== 'write' || !isSame(before[column], after[column])) &&
    (method === 'write' || !key.includes(column));
  const told = columns.filter(isTold);
  const values = (side: Values): Values => Object.fromEntries(told.map((name) => [name, decode(side[name])]));
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

function decode(value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value;
  return value.length === 0 || value[0] === 0 ? BINARY : BigInt(Buffer.from(value).toString('latin1'));
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
}
