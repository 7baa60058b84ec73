/** The rules: is one active, are its models there, does it record anything; are the mandatory models there. */
import type { DoctorResult } from '../../contract/doctor.ts';
import type { SettingsOwner } from '../../contract/setting.ts';
import type { DoctorOptions } from './run-doctor.ts';
import { tell } from './tell.ts';

/** Looks at the rules, where they can be seen, and at `models` for those they name. */
export function checkRules(
  owner: SettingsOwner,
  rules: DoctorOptions['rules'],
  models: DoctorOptions['models'],
): DoctorResult[] {
  if (!rules) return [tell('rules-active', 'unknown', 'rules-unknown')];
  if (rules === 'unreadable') return [tell('rules-active', 'bad', 'rules-unreadable')];
  // What people do with Unbroken is recorded without a rule.
  if (rules.length === 0 && owner === 'unbroken') return [tell('rules-active', 'off', 'rules-not-needed')];
  if (rules.length === 0) return [tell('rules-active', 'bad', 'rules-none')];
  const active = rules.filter((rule) => rule.active);
  if (active.length === 0) return [tell('rules-active', 'bad', 'rules-all-off', { count: rules.length })];
  const silent = active.filter(({ log }) => !Object.values(log).includes(true)).map(({ model }) => model);
  return [
    tell('rules-active', 'good', 'rules-on', { count: active.length }),
    tellModels(
      'rule-models',
      active.map(({ model }) => model),
      models,
    ),
    silent.length > 0
      ? tell('rule-actions', 'bad', 'actions-none', { names: silent.join(', ') })
      : tell('rule-actions', 'good', 'actions-set'),
  ];
}

/** Looks whether the mandatory models are there; `mandatory` is undefined where the setting has no value. */
export function checkMandatory(
  mandatory: readonly string[] | undefined,
  models: DoctorOptions['models'],
): DoctorResult {
  if (mandatory === undefined)
    return tell('mandatory-models', 'unknown', 'no-value', { key: 'mandatory_models' });
  return mandatory.length === 0
    ? tell('mandatory-models', 'off', 'mandatory-none')
    : tellModels('mandatory-models', mandatory, models);
}

function tellModels(
  check: 'rule-models' | 'mandatory-models',
  names: readonly string[],
  models: DoctorOptions['models'],
): DoctorResult {
  if (!models) return tell(check, 'unknown', 'models-unknown', { names: names.join(', ') });
  const strange = names.filter((name) => !models.has(name));
  return strange.length > 0
    ? tell(check, 'warning', 'models-strange', { names: strange.join(', ') })
    : tell(check, 'good', 'models-known');
}
