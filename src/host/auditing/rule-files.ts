/**
 * Rules as files. JSON is a list of rules. CSV has a column a field of `spp.audit.rule`, with its technical name, as
 * Odoo's own import takes it: `model_id` is found by the model's technical name, fields by theirs, `True` is a flag that
 * is on. Columns of life-cycle actions are written only where some rule records one: the module may have no such field. What
 * a rule leaves out is as documented, and is told.
 */
import { type CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { findNodeAtLocation, getNodeValue, type ParseError, parseTree } from 'jsonc-parser';
import type { z } from 'zod';
import type { RuleForm, RuleRefusal } from '../../contract/own-rules.ts';
import { DataMethod, LoggedAction, Rule } from '../../contract/rule.ts';
import { clipText } from '../../engine/base/clip-text.ts';

const NAME = 'name';
const MODEL = 'model_id';
const ACTIVE = 'active';
const FIELDS = 'field_to_log_ids';
const CHATTER = 'is_post_to_thread';
const flagOf = (action: LoggedAction): string => `is_log_${action}`;
const COLUMNS: ReadonlySet<string> = new Set([
  ...[NAME, MODEL, ACTIVE, FIELDS, CHATTER],
  ...LoggedAction.options.map(flagOf),
]);

/** Of those of life-cycle actions a CSV says nothing where they are off. */
const FLAGS: readonly string[] = [ACTIVE, CHATTER, ...DataMethod.options.map(flagOf)];

const MAX_TEXT = 80;

export function writeRules(rules: readonly Rule[], form: RuleForm): string {
  if (form === 'json') return `${JSON.stringify(rules, null, 2)}\n`;
  const actions = LoggedAction.options.filter(
    (action) => isMethod(action) || rules.some(({ log }) => log[action]),
  );
  const header = [NAME, MODEL, ...actions.map(flagOf), FIELDS, CHATTER, ACTIVE];
  const rows = rules.map(({ name, model, log, subscribedFields, postToChatter, active }) => [
    ...[name, model, ...actions.map((action) => writeFlag(log[action]))],
    ...[subscribedFields.join(','), writeFlag(postToChatter), writeFlag(active)],
  ]);
  // A spreadsheet must not take a name for a formula.
  return stringify([header, ...rows], { record_delimiter: 'windows', escape_formulas: true });
}

export interface ReadRules {
  readonly rules: Rule[];
  readonly refused: RuleRefusal[];
  /** Columns that say nothing of a rule. */
  readonly ignored: string[];
  /** What some rule leaves out, in the file's words. */
  readonly filled: string[];
}

/** What may be a rule, and where it is. */
interface Candidate {
  /** With what was left out filled in. */
  readonly value: unknown;
  readonly filled: readonly string[];
  /** The line of a part of it, or of all of it where there is no such part. */
  readonly findLine: (path: readonly PropertyKey[]) => number;
}

interface ReadFile {
  readonly candidates: Candidate[];
  readonly refused: RuleRefusal[];
  readonly ignored: string[];
}

/** Reads rules; what is none is told with its line, and the rest is read. */
export function readRules(text: string, form: RuleForm): ReadRules {
  const { candidates, refused, ignored } = form === 'json' ? readList(text) : readTable(text);
  const rules: Rule[] = [];
  const models = new Set<string>();
  const filled = new Set<string>();
  for (const { value, findLine, filled: left } of candidates) {
    const parsed = Rule.safeParse(value);
    const [issue] = parsed.error?.issues ?? [];
    if (!parsed.success) {
      refused.push({ line: findLine(issue?.path ?? []), ...tellIssue(issue, value, form) });
    } else if (models.has(parsed.data.model)) {
      refused.push({ line: findLine(['model']), code: 'model-twice', text: parsed.data.model });
    } else {
      models.add(parsed.data.model);
      rules.push(parsed.data);
      for (const name of left) filled.add(name);
    }
  }
  return { rules, refused: refused.sort((a, b) => a.line - b.line), ignored, filled: [...filled] };
}

function readList(marked: string): ReadFile {
  const text = marked.replace(/^\uFEFF/, '');
  const lineOf = (offset = 0): number => text.slice(0, offset).split('\n').length;
  const refuse = (line: number, code: RuleRefusal['code']): ReadFile => ({
    ...{ candidates: [], refused: [{ line, code }], ignored: [] },
  });
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  const [error] = errors;
  if (error || !tree) return refuse(lineOf(error?.offset), 'not-json');
  if (tree.type !== 'array') return refuse(1, 'not-a-list');
  const candidates = (tree.children ?? []).map((node) => ({
    ...fillIn(getNodeValue(node)),
    findLine: (path: readonly PropertyKey[]) =>
      lineOf((findNodeAtLocation(node, path.map(String)) ?? node).offset),
  }));
  return { candidates, refused: [], ignored: [] };
}

/** What a rule does not say, as documented. */
const DEFAULTS = {
  active: true,
  log: Object.fromEntries(LoggedAction.options.map((action) => [action, isMethod(action)])),
  subscribedFields: [],
  postToChatter: false,
};

function fillIn(value: unknown): Pick<Candidate, 'value' | 'filled'> {
  if (!isObject(value)) return { value, filled: [] };
  const { log = {} } = value;
  const filled = Object.keys(DEFAULTS).flatMap((key) => {
    if (key !== 'log') return Object.hasOwn(value, key) ? [] : key;
    if (!isObject(log)) return [];
    return LoggedAction.options.flatMap((action) => (Object.hasOwn(log, action) ? [] : `log.${action}`));
  });
  const whole = isObject(log) ? { ...DEFAULTS.log, ...log } : log;
  return { value: { ...DEFAULTS, ...value, log: whole }, filled };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readTable(text: string): ReadFile {
  const refused: RuleRefusal[] = [];
  const refuse = (error: CsvError | undefined): undefined => {
    const code = error?.code === 'CSV_RECORD_INCONSISTENT_COLUMNS' ? 'columns' : 'quotes';
    refused.push({ line: Number(error?.['lines']) || 1, code });
  };
  let header: string[] = [];
  const rows = parse(text, {
    bom: true,
    columns: (names: string[]) => {
      header = names;
      return names;
    },
    info: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: refuse,
    trim: true,
  }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
  const ignored = header.filter((name) => !COLUMNS.has(name)).map((name) => clipText(name, MAX_TEXT));
  if (!header.includes(MODEL)) {
    return { candidates: [], refused: [{ line: 1, code: 'no-model-column' }], ignored };
  }
  return {
    candidates: rows.map(({ record, info: { lines } }) => ({
      value: readRow(record),
      filled: FLAGS.filter((column) => !record[column]),
      findLine: () => lines,
    })),
    refused,
    ignored,
  };
}

function readRow(row: Readonly<Record<string, string>>): unknown {
  return {
    name: undoEscape(row[NAME] || row[MODEL]),
    model: row[MODEL],
    active: readFlag(row[ACTIVE], true),
    log: Object.fromEntries(
      LoggedAction.options.map((action) => [action, readFlag(row[flagOf(action)], isMethod(action))]),
    ),
    subscribedFields: (row[FIELDS] ?? '').split(',').flatMap((field) => field.trim() || []),
    postToChatter: readFlag(row[CHATTER], false),
  };
}

/** The first thing that keeps it from being a rule, in the file's own names. */
function tellIssue(
  issue: z.core.$ZodIssue | undefined,
  value: unknown,
  form: RuleForm,
): Omit<RuleRefusal, 'line'> {
  const path = issue?.path ?? [];
  const [key] = path;
  if (issue?.code === 'unrecognized_keys') {
    const field = [...path.map(String), issue.keys[0] ?? ''].join('.');
    return { code: 'unknown-field', field: clipText(field, MAX_TEXT) };
  }
  if (key === undefined) return { code: 'not-a-rule', text: clipText(JSON.stringify(value) ?? '', MAX_TEXT) };
  const found = path.reduce<unknown>((inner, name) => Object(inner)[name], value);
  const field = form === 'json' ? path.join('.') : nameColumn(key, path[1]);
  if (found === undefined) return { code: 'missing-field', field };
  const text = clipText(typeof found === 'string' ? found : (JSON.stringify(found) ?? ''), MAX_TEXT);
  const code = codes[key as keyof typeof codes] ?? 'not-a-rule';
  return { code, field, text };
}

const codes = {
  name: 'bad-name',
  model: 'bad-model',
  active: 'bad-flag',
  log: 'bad-flag',
  postToChatter: 'bad-flag',
  subscribedFields: 'bad-fields',
} as const;

function nameColumn(key: PropertyKey, action: PropertyKey | undefined): string {
  if (key === 'log') return flagOf(LoggedAction.parse(action));
  const columns = {
    name: NAME,
    model: MODEL,
    active: ACTIVE,
    subscribedFields: FIELDS,
    postToChatter: CHATTER,
  };
  return columns[key as keyof typeof columns];
}

function isMethod(action: LoggedAction): boolean {
  return DataMethod.safeParse(action).success;
}

function writeFlag(flag: boolean): string {
  return flag ? 'True' : 'False';
}

/** As Odoo's import reads booleans; a text that is none is left for the schema to refuse. */
function readFlag(text: string | undefined, otherwise: boolean): unknown {
  if (text === undefined || text === '') return otherwise;
  if (/^(1|true|yes)$/i.test(text)) return true;
  return /^(0|false|no)$/i.test(text) ? false : text;
}

/** Undoes what keeps a spreadsheet from calculating. */
function undoEscape(text: string | undefined): string | undefined {
  return text?.replace(/^'(?=[=+\-@])/, '');
}
