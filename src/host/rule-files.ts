/**
 * Rules as files. JSON is a list of rules. CSV has a column a field of `spp.audit.rule`, with its technical name, as
 * Odoo's own import takes it: `model_id` is found by the model's technical name, fields by theirs, `True` is a flag that
 * is on. Columns of life-cycle actions are written only where some rule records one: the module may have no such field.
 */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { RuleForm } from '../contract/own-rules.ts';
import { DataMethod, LoggedAction, Rule } from '../contract/rule.ts';

const NAME = 'name';
const MODEL = 'model_id';
const ACTIVE = 'active';
const FIELDS = 'field_to_log_ids';
const CHATTER = 'is_post_to_thread';
const flagOf = (action: LoggedAction): string => `is_log_${action}`;

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

export interface ReadRule {
  /** Of the file's rules, from 1; in a CSV the header is no row. */
  readonly row: number;
  readonly rule?: Rule;
  readonly why?: string;
}

/** Reads rules; what is none is told with its place, and the rest is read. */
export function readRules(text: string, form: RuleForm): ReadRule[] {
  try {
    const rows = form === 'json' ? z.array(z.unknown()).parse(JSON.parse(text)) : readTable(text);
    const models = new Set<string>();
    return rows.map((value, index): ReadRule => {
      const row = index + 1;
      const parsed = Rule.safeParse(value);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        return { row, why: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` };
      }
      const { model } = parsed.data;
      if (models.has(model)) return { row, why: `model: ${model} has a rule above` };
      models.add(model);
      return { row, rule: parsed.data };
    });
  } catch (error) {
    return [{ row: 0, why: error instanceof z.ZodError ? 'not a list of rules' : String(error) }];
  }
}

function readTable(text: string): unknown[] {
  const rows: Record<string, string>[] = parse(text, {
    bom: true,
    columns: true,
    skip_empty_lines: true,
    trim: true,
  });
  return rows.map((row) => ({
    name: undoEscape(row[NAME] || row[MODEL]),
    model: row[MODEL],
    active: readFlag(row[ACTIVE], true),
    log: Object.fromEntries(
      LoggedAction.options.map((action) => [action, readFlag(row[flagOf(action)], isMethod(action))]),
    ),
    subscribedFields: (row[FIELDS] ?? '').split(',').flatMap((field) => field.trim() || []),
    postToChatter: readFlag(row[CHATTER], false),
  }));
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
