/** A rule, and a change of one, in a line of text. */
import type { TFunction } from 'i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import { LoggedAction, type Rule } from '../../contract/rule.ts';

/** What it records, of which fields. */
export function tellRule({ active, log, subscribedFields, postToChatter }: Rule, t: TFunction): string {
  const recorded = LoggedAction.options.filter((action) => log[action]);
  return [
    ...(active ? [] : [t('rules.inactive')]),
    recorded.length === 0 ? t('rules.nothing') : recorded.join(', '),
    subscribedFields.length === 0 ? t('rules.allFields') : showMarks(subscribedFields.join(', ')),
    ...(postToChatter ? [t('rules.postsToChatter')] : []),
  ].join(' · ');
}

/** What is other in a rule than before. */
export function tellDifference(before: Rule, after: Rule, t: TFunction): string {
  const tellFlag = (label: string, was: boolean, is: boolean) =>
    was === is ? [] : [t(is ? 'rules.history.on' : 'rules.history.off', { what: label })];
  const tellField = (label: string, was: string, is: string) =>
    was === is
      ? []
      : [t('rules.history.from', { what: label, was: showMarks(was) || '∅', is: showMarks(is) || '∅' })];
  const parts = [
    ...tellField(t('rules.field.name'), before.name, after.name),
    ...tellFlag(t('rules.field.active'), before.active, after.active),
    ...LoggedAction.options.flatMap((action) => tellFlag(action, before.log[action], after.log[action])),
    ...tellField(
      t('rules.field.fields'),
      before.subscribedFields.join(', '),
      after.subscribedFields.join(', '),
    ),
    ...tellFlag(t('rules.field.chatter'), before.postToChatter, after.postToChatter),
  ];
  return parts.length === 0 ? t('rules.history.same') : parts.join(' · ');
}
