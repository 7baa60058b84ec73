/**
 * What an entry about a rule says of it, in the names that OpenSPP's fields have (`is_log_write`, `field_to_log_ids`) and
 * in those of our own rules (`log`, `subscribedFields`). What an entry does not say is left open.
 */
import { type LoggedAction, LoggedAction as loggedActions } from '../../contract/rule.ts';
import type { RuleTold } from '../../contract/rule-history.ts';
import { clipText } from '../base/clip-text.ts';
import { listMembers, type Member, readEntry } from './read-entry.ts';

const MAX_NAME = 200;
const MAX_FIELDS = 200;

const changeOf = {
  rule_created: 'created',
  rule_modified: 'modified',
  rule_deleted: 'deleted',
} as const;

const phases: readonly ChangePhase[] = ['intent', 'outcome', 'refused', 'failed'];

/** One side of a change: the model that the rule was about, and what it said. */
export interface RuleSide {
  readonly model: string;
  readonly rule: RuleTold;
}

/**
 * Our own trail tells of a change twice: as an intent before it takes effect, then how it went. The module tells once,
 * afterwards.
 */
export type ChangePhase = 'intent' | 'outcome' | 'refused' | 'failed';

export interface WrittenRuleChange {
  readonly phase: ChangePhase;
  /** The intent that this is the end of. */
  readonly intentSeq: number | undefined;
  readonly change: (typeof changeOf)[keyof typeof changeOf];
  readonly ruleId: string;
  readonly ruleName: string;
  readonly user: string;
  readonly before: RuleSide | undefined;
  readonly after: RuleSide | undefined;
}

/** Reads a change of a rule from an entry's bytes; undefined where it is about something else. */
export function readRuleChange(bytes: Uint8Array): WrittenRuleChange | undefined {
  const members = new Map(listMembers(bytes, 0).map((member) => [member.key, member]));
  const read = (key: string): string => readName(bytes, members.get(key));
  const action = read('action') || read('method');
  if (!Object.hasOwn(changeOf, action)) return undefined;
  const { oldValues, newValues } = readEntry(bytes);
  const side = (values: typeof oldValues): RuleSide => {
    const told = new Map(values.map(({ key, text }) => [key, text]));
    const model = told.get('model');
    return { model: model === undefined ? read('model') : readWritten(model), rule: readRule(told) };
  };
  const change = changeOf[action as keyof typeof changeOf];
  const phase = read('phase');
  const intentSeq = Number(read('intent_seq') || Number.NaN);
  return {
    phase: phases.find((known) => known === phase) ?? 'outcome',
    intentSeq: Number.isNaN(intentSeq) ? undefined : intentSeq,
    change,
    ruleId: read('rule_id'),
    ruleName: read('rule_name'),
    user: read('user_login') || read('user_id'),
    before: change === 'created' ? undefined : side(oldValues),
    after: change === 'deleted' ? undefined : side(newValues),
  };
}

function readRule(told: ReadonlyMap<string, string>): RuleTold {
  const log: Partial<Record<LoggedAction, boolean>> = {};
  const own = parse(told.get('log'));
  for (const action of loggedActions.options) {
    const ours = own !== null && typeof own === 'object' ? Reflect.get(own, action) : undefined;
    const flag = parse(told.get(`is_log_${action}`)) ?? parse(told.get(`log_${action}`)) ?? ours;
    if (typeof flag === 'boolean') log[action] = flag;
  }
  const active = parse(told.get('active'));
  const fields = ['field_to_log_ids', 'subscribed_fields', 'subscribedFields']
    .map((key) => parse(told.get(key)))
    .find(Array.isArray);
  return {
    log,
    ...(typeof active === 'boolean' && { active }),
    ...(fields && {
      fields: fields.slice(0, MAX_FIELDS).map((field) => clipText(writeField(field), MAX_NAME)),
    }),
  };
}

function writeField(field: unknown): string {
  return typeof field === 'string' ? field : JSON.stringify(field);
}

/** A value as written need not be JSON: then it says nothing here. */
function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readName(bytes: Uint8Array, member: Member | undefined): string {
  if (!member) return '';
  return readWritten(new TextDecoder().decode(bytes.subarray(member.from, member.to)));
}

function readWritten(text: string): string {
  if (text === 'null' || text === 'false') return '';
  const value = parse(text);
  return clipText(typeof value === 'string' ? value : text, MAX_NAME);
}
