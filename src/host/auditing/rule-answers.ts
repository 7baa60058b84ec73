/** What the open log has to say to a rule: which models and fields there are, and what the rule would have made of them. */
import type {
  NotRecordedReason,
  RuleDifference,
  RulePreview,
  RuleProposals,
} from '../../contract/own-rules.ts';
import { DataMethod, LoggedAction, type Rule } from '../../contract/rule.ts';
import type { RuleTold } from '../../contract/rule-history.ts';
import type { Engine } from '../../engine/engine.ts';
import { RuleBook } from '../../trail/rule-book.ts';

/** So many of the latest entries are looked at. */
const LOOKED_AT = 1000;
/** Of so many the values are read for the names of fields. */
const READ_FOR_FIELDS = 300;
const MAX_PROPOSED = 500;

export function proposeFor(engine: Engine, model: string | undefined): RuleProposals {
  const counts = new Map<string, number>();
  if (model !== undefined) {
    const page = { order: 'newest-first', offset: 0, limit: READ_FOR_FIELDS } as const;
    for (const { id } of engine.entries.page({ model: [model] }, page).rows) {
      for (const field of listFields(engine, id)) counts.set(field, (counts.get(field) ?? 0) + 1);
    }
  }
  return {
    models: engine.entries
      .facets({})
      .model.filter(({ value }) => value !== '')
      .slice(0, MAX_PROPOSED),
    fields: [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, MAX_PROPOSED),
  };
}

/** By the trail's own application of rules. An entry has only the fields that its own rule recorded. */
export function previewRule(engine: Engine, rule: Rule): RulePreview {
  const book = new RuleBook([rule], []);
  const fields = book.fieldsOf(rule.model);
  const page = { order: 'newest-first', offset: 0, limit: LOOKED_AT } as const;
  const { rows } = engine.entries.page({}, page);
  const own = rows.filter(({ model, action }) => model === rule.model && !/^rule_/.test(action));
  const actions = new Map<string, RulePreview['actions'][number]>();
  for (const { id, action } of own) {
    const told = actions.get(action) ?? { action, recorded: 0, inPart: 0, left: 0 };
    actions.set(action, told);
    const refused = book.refuse(rule.model, action) as NotRecordedReason | undefined;
    const has = fields && DataMethod.safeParse(action).success ? listFields(engine, id) : undefined;
    const kept = has?.filter((field) => fields?.has(field)).length;
    const isUnchanged = action === 'write' && kept === 0 && has !== undefined && has.length > 0;
    const reason = refused ?? (isUnchanged ? 'unchanged' : undefined);
    if (reason) {
      told.left++;
      told.reason = reason;
    } else {
      told.recorded++;
      if (has && kept !== has.length) told.inPart++;
    }
  }
  const list = [...actions.values()].sort((a, b) => b.recorded + b.left - (a.recorded + a.left));
  return {
    looked: rows.length,
    ofModel: own.length,
    recorded: list.reduce((sum, { recorded }) => sum + recorded, 0),
    actions: list,
  };
}

/** Our rules beside the last that the log reports of each model; after a change that could not be read it reports none. */
export function compareWithLog(engine: Pick<Engine, 'report'>, rules: readonly Rule[]): RuleDifference[] {
  const last = new Map<string, { readonly theirs: RuleTold | null; readonly tsMicros: number }>();
  const { changes = [], unreadAt = [] } = engine.report()?.ruleChanges ?? {};
  for (const { model, after, tsMicros } of changes) {
    const isOver = unreadAt.some(
      (unread) => unread.tsMicros > tsMicros && (unread.model === undefined || unread.model === model),
    );
    if (isOver) last.delete(model);
    else last.set(model, { theirs: after, tsMicros });
  }
  const ours = new Map(rules.map((rule) => [rule.model, rule]));
  return [...new Set([...ours.keys(), ...last.keys()])].sort().map((model): RuleDifference => {
    const rule = ours.get(model) ?? null;
    const reported = last.get(model);
    return {
      model,
      ours: rule,
      ...(reported && { theirs: reported.theirs, reportedMicros: reported.tsMicros }),
      actions: reported ? compareActions(rule, reported.theirs) : [],
      fields: differInFields(rule, reported?.theirs),
    };
  });
}

/** Only where the log says of an action whether it is recorded. */
function compareActions(rule: Rule | null, theirs: RuleTold | null): RuleDifference['actions'] {
  return LoggedAction.options.flatMap((action) => {
    const isOurs = rule?.active === true && rule.log[action];
    const told = theirs === null || theirs.active === false ? false : theirs.log[action];
    return told === undefined || told === isOurs ? [] : [{ action, ours: isOurs, theirs: told }];
  });
}

function differInFields(rule: Rule | null, theirs: RuleTold | null | undefined): boolean {
  if (!rule || !theirs?.fields) return false;
  return String([...rule.subscribedFields].sort()) !== String([...theirs.fields].sort());
}

function listFields(engine: Engine, id: string): string[] {
  const detail = engine.detail(id);
  return [...new Set([...(detail?.oldValues ?? []), ...(detail?.newValues ?? [])].map(({ key }) => key))];
}
