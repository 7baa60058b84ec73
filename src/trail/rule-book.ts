/** The rules of a trail, and what they make of an event. */
import { DataMethod, LoggedAction, Rule } from '../contract/rule.ts';

/** A rule as a program writes it: what it leaves out is as documented. */
export interface RuleInput {
  readonly model: string;
  /** The model, where it is left out. */
  readonly name?: string;
  readonly active?: boolean;
  /** Create, write and unlink are on where they are not mentioned, all others are off. */
  readonly log?: Partial<Record<LoggedAction, boolean>>;
  readonly subscribedFields?: readonly string[];
  readonly postToChatter?: boolean;
}

/** Why an event is not recorded. */
export type NotRecorded = 'no-rule' | 'inactive' | 'switched-off' | 'unchanged' | 'closed';

/** Fills in what a program left out; throws where it is no rule. */
export function completeRule({ model, name = model, active = true, log, ...rest }: RuleInput): Rule {
  const isOnByDefault = (action: LoggedAction): boolean => DataMethod.safeParse(action).success;
  return Rule.parse({
    name,
    model,
    active,
    log: Object.fromEntries(
      LoggedAction.options.map((action) => [action, log?.[action] ?? isOnByDefault(action)]),
    ),
    subscribedFields: [...(rest.subscribedFields ?? [])],
    postToChatter: rest.postToChatter ?? false,
  });
}

/** Has one rule for each model at the most. */
export class RuleBook {
  readonly #rules = new Map<string, Rule>();
  readonly #fields = new WeakMap<Rule, ReadonlySet<string>>();
  /** Recorded completely, whatever a rule says. */
  readonly #mandatory: ReadonlySet<string>;

  constructor(rules: readonly RuleInput[], mandatoryModels: readonly string[]) {
    this.#mandatory = new Set(mandatoryModels);
    this.replaceAll(rules);
  }

  /** Throws, and changes nothing, where one is no rule or where two are about the same model. */
  replaceAll(inputs: readonly RuleInput[]): void {
    const rules = inputs.map(completeRule);
    const models = new Set(rules.map(({ model }) => model));
    if (models.size < rules.length) throw new TypeError('two rules are about the same model');
    this.#rules.clear();
    for (const rule of rules) this.#rules.set(rule.model, rule);
  }

  set(rule: Rule): void {
    this.#rules.set(rule.model, rule);
  }

  remove(model: string): void {
    this.#rules.delete(model);
  }

  list(): Rule[] {
    return [...this.#rules.values()];
  }

  find(model: string): Rule | undefined {
    return this.#rules.get(model);
  }

  isMandatory(model: string): boolean {
    return this.#mandatory.has(model);
  }

  /** Why what happened to this model is not recorded; undefined where it is. */
  refuse(model: string, action: string): NotRecorded | undefined {
    if (this.#mandatory.has(model)) return undefined;
    const rule = this.#rules.get(model);
    if (!rule) return 'no-rule';
    if (!rule.active) return 'inactive';
    // A rule has no flag for an action of the program's own: telling of it is asking for it.
    const isOn = Object.hasOwn(rule.log, action) ? rule.log[action as LoggedAction] : true;
    return isOn ? undefined : 'switched-off';
  }

  /** The fields whose values are recorded; undefined for all. */
  fieldsOf(model: string): ReadonlySet<string> | undefined {
    const rule = this.#rules.get(model);
    if (!rule || rule.subscribedFields.length === 0 || this.#mandatory.has(model)) return undefined;
    const fields = this.#fields.get(rule) ?? new Set(rule.subscribedFields);
    this.#fields.set(rule, fields);
    return fields;
  }

  postsToChatter(model: string): boolean {
    const rule = this.#rules.get(model);
    return rule?.active === true && rule.postToChatter;
  }
}
