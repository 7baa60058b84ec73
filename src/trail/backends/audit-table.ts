/** The table `spp_audit_log`: what its columns are, and what of an entry goes into them. */
import type { RecordedEntry } from '../backend.ts';
import { splitObject } from './split-object.ts';

/** A database that has the table, or gets it at its first use. */
export interface AuditTable {
  /** All or none; entries that are there already are left out. */
  insert(rows: readonly AuditRow[]): Promise<void>;
  close(): Promise<void>;
}

/** An entry's row: text, but for `seq`; values of records as JSON, `entry` the whole line as every backend has it. */
export interface AuditRow {
  readonly seq: number;
  readonly ts: string;
  readonly node: string;
  readonly model: string;
  readonly res_id: string | null;
  readonly method: string | null;
  readonly action: string | null;
  readonly user_id: string | null;
  readonly user_login: string | null;
  readonly old_values: string | null;
  readonly new_values: string | null;
  readonly entry: string;
}

export const columns = [
  ...['seq', 'ts', 'node', 'model', 'res_id', 'method', 'action'],
  ...['user_id', 'user_login', 'old_values', 'new_values', 'entry'],
] as readonly (keyof AuditRow)[];

/** Never changed once released; each is applied once, in order. The first makes the table. */
export function listMigrations(types: {
  readonly id: string;
  readonly integer: string;
  readonly time: string;
  readonly json: string;
}): string[] {
  return [
    `CREATE TABLE spp_audit_log (
      id ${types.id},
      seq ${types.integer} NOT NULL,
      ts ${types.time} NOT NULL,
      node TEXT NOT NULL,
      model TEXT NOT NULL,
      res_id TEXT,
      method TEXT,
      action TEXT,
      user_id TEXT,
      user_login TEXT,
      old_values ${types.json},
      new_values ${types.json},
      entry TEXT NOT NULL,
      UNIQUE (node, ts, seq)
    );
    CREATE INDEX spp_audit_log_by_record ON spp_audit_log (model, res_id);
    CREATE INDEX spp_audit_log_by_time ON spp_audit_log (ts);`,
  ];
}

/** What is said where the table is there and no version of ours is recorded: OpenSPP's own, most likely. */
export const NOT_OURS = 'the database has a table spp_audit_log of another program';

/** Makes the row of an entry: a text as it reads, any other value as the JSON that its line has. */
export function makeRow({ seq, ts, node, model, line }: RecordedEntry): AuditRow {
  const values = splitObject(line);
  const readText = (key: string) => toText(values.get(key));
  return {
    seq,
    ts,
    node: toPlain(node),
    model: toPlain(model),
    res_id: readText('res_id'),
    method: readText('method'),
    action: readText('action'),
    user_id: readText('user_id'),
    user_login: readText('user_login'),
    old_values: values.get('old_values') ?? null,
    new_values: values.get('new_values') ?? null,
    entry: line,
  };
}

/** A string as it is, all else as JSON. */
function toText(json: string | undefined): string | null {
  if (json === undefined || json === 'null') return null;
  return json.startsWith('"') ? toPlain(JSON.parse(json) as string) : json;
}

/** PostgreSQL has no text with NUL, and neither has one with half a pair; `entry` has them as they were. */
function toPlain(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}
