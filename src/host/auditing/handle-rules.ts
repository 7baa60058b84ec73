/**
 * Calls about Unbroken's own rules. Every change goes through `change`: it is witnessed before it takes effect, and kept
 * with who made it.
 */
import type { RuleList } from '../../contract/own-rules.ts';
import type { Rule } from '../../contract/rule.ts';
import { createFailure } from '../../engine/base/failure.ts';
import type { Engine } from '../../engine/engine.ts';
import type { DocumentCalls } from '../documents/handle-document.ts';
import type { Handlers } from '../handlers.ts';
import type { OwnLog } from '../own-log/own-log.ts';
import type { RuleKeeper } from './keep-rules.ts';
import { compareWithLog, previewRule, proposeFor } from './rule-answers.ts';
import { readRules, writeRules } from './rule-files.ts';

type Names = Extract<keyof Handlers, `rules.${string}`>;

export interface RuleHandlerOptions {
  readonly find: (workspace: string) => Engine;
  readonly rules: RuleKeeper;
  readonly ownLog: Pick<OwnLog, 'user' | 'witnesses' | 'changeRule'>;
  readonly saveFile: DocumentCalls['saveFile'];
}

const types = { json: 'application/json', csv: 'text/csv; charset=utf-8' } as const;

export function createRuleHandlers({
  find,
  rules,
  ownLog,
  saveFile,
}: RuleHandlerOptions): Pick<Handlers, Names> {
  const list = (): RuleList => ({ rules: rules.list(), witnesses: [...ownLog.witnesses] });
  const findRule = (model: string): Rule | null => rules.list().find((rule) => rule.model === model) ?? null;

  /** The one way in which a rule changes. */
  const change = async (model: string, after: Rule | null): Promise<void> => {
    const before = findRule(model);
    const result = await ownLog.changeRule(model, after, () =>
      rules.keep({ model, at: new Date().toISOString(), user: ownLog.user, before, after }),
    );
    if (!result.applied)
      throw createFailure('change-unwitnessed', 'no backend could record the change', { subject: model });
  };

  return {
    'rules.list': list,
    'rules.save': async ({ rule, isNew }) => {
      if (isNew && findRule(rule.model))
        throw createFailure('rule-exists', 'there is a rule about this model', { subject: rule.model });
      await change(rule.model, rule);
      return list();
    },
    'rules.remove': async ({ model }) => {
      if (!findRule(model)) throw createFailure('not-found', 'there is no such rule', { subject: model });
      await change(model, null);
      return list();
    },
    'rules.history': () => ({ versions: rules.history().reverse() }),
    'rules.proposals': ({ workspace, model }) => proposeFor(find(workspace), model),
    'rules.preview': ({ workspace, rule }) => previewRule(find(workspace), rule),
    'rules.export': ({ workspace, form }) =>
      saveFile({ name: `audit-rules.${form}`, type: types[form] }, find(workspace).sources(), () =>
        Buffer.from(writeRules(rules.list(), form)),
      ),
    'rules.import': async ({ form, text, apply }) => {
      const { rules: read, ...told } = readRules(text, form);
      const all = read.map((after) => ({ before: findRule(after.model), after }));
      const isSame = ({ before, after }: (typeof all)[number]): boolean =>
        JSON.stringify(before) === JSON.stringify(after);
      const changes = all.filter((one) => !isSame(one));
      if (apply) for (const { after } of changes) await change(after.model, after);
      return { changes, same: all.filter(isSame).map(({ after }) => after.model), ...told };
    },
    'rules.difference': ({ workspace }) => ({ models: compareWithLog(find(workspace), rules.list()) }),
    'rules.coverage': ({ workspace }) => find(workspace).ruleCoverage(),
  };
}
