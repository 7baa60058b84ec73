/** An entry in the dialect that OpenSPP's README documents. */
import { writeObject } from './write-json.ts';

/** A record's id as its database has it; several for a key of several columns. */
export type RecordId = number | bigint | string | null | readonly (number | bigint | string | null)[];

export type Values = Readonly<Record<string, unknown>>;

/** Who acts. */
export interface Actor {
  readonly id: number | string;
  readonly login?: string | undefined;
}

/** What an entry tells, beside who counted it and when. */
export interface EntryContent {
  readonly model: string;
  readonly resId: RecordId;
  /** `method` is what happened to data; `action` is what a program told of. */
  readonly what: { readonly method: string } | { readonly action: string };
  readonly user: Actor | undefined;
  readonly oldValues?: Values | undefined;
  readonly newValues?: Values | undefined;
  /** Further keys; one that the dialect itself uses gets `extra_` before it. */
  readonly extra?: Values | undefined;
}

export interface EntryStamp {
  readonly seq: number;
  readonly ts: string;
  readonly node: string;
}

const OWN_KEYS = new Set([
  ...['seq', 'ts', 'node', 'model', 'res_id', 'method', 'action'],
  ...['user_id', 'user_login', 'old_values', 'new_values', 'data'],
]);

const MASKED = '<masked>';

/** Leaves out the values of the fields that `isMasked` names. */
export function maskValues(
  values: Values | undefined,
  isMasked: (field: string) => boolean,
): Values | undefined {
  return (
    values &&
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, isMasked(key) ? MASKED : value]))
  );
}

/** Writes the line, without its newline. */
export function writeEntry({ seq, ts, node }: EntryStamp, content: EntryContent): string {
  const { model, resId, what, user, oldValues, newValues, extra } = content;
  return writeObject([
    ['seq', seq],
    ['ts', ts],
    ['node', node],
    ['model', model],
    ['res_id', resId],
    ...Object.entries(what),
    ['user_id', user?.id ?? null],
    ['user_login', user?.login],
    ['old_values', oldValues],
    ['new_values', newValues],
    ...Object.entries(extra ?? {}).map(
      ([key, value]) => [OWN_KEYS.has(key) ? `extra_${key}` : key, value] as const,
    ),
  ]);
}
