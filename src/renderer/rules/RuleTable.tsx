/** One line a rule: what it records, and of which fields. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconListCheck, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import { LoggedAction, type Rule } from '../../contract/rule.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Marked } from '../ui/Marked.tsx';

interface Props {
  readonly rules: readonly Rule[];
  onEdit(rule: Rule): void;
}

export function RuleTable({ rules, onEdit }: Props) {
  const { t } = useTranslation();
  if (rules.length === 0)
    return (
      <section className="panel" aria-label={t('rules.title')}>
        <EmptyState icon={IconListCheck} title={t('rules.none')} text={t('rules.noneText')} />
      </section>
    );
  return (
    <section className="panel" aria-label={t('rules.title')}>
      <table className="table named-rows rules-table">
        <thead>
          <tr>
            <th scope="col">{t('rules.column.rule')}</th>
            <th scope="col">{t('rules.column.records')}</th>
            <th scope="col">{t('rules.column.fields')}</th>
            <th scope="col">
              <span className="hidden-visually">{t('rules.column.change')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <RuleLine key={rule.model} rule={rule} onEdit={onEdit} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RuleLine({ rule, onEdit }: { readonly rule: Rule; onEdit(rule: Rule): void }) {
  const { t } = useTranslation();
  const { name, model, active, log, subscribedFields, postToChatter } = rule;
  const recorded = LoggedAction.options.filter((action) => log[action]);
  const edit = t('rules.edit', { model: showMarks(model) });
  return (
    <tr>
      <th scope="row">
        <Marked text={name} />
        <p>
          <span className="mono">
            <Marked text={model} />
          </span>
        </p>
      </th>
      <td>
        {!active && (
          <p className="tone" data-tone="incomplete">
            {t('rules.inactive')}
          </p>
        )}
        {recorded.length === 0 ? t('rules.nothing') : <span className="mono">{recorded.join(', ')}</span>}
        {postToChatter && <p className="panel-note">{t('rules.postsToChatter')}</p>}
      </td>
      <td>
        {subscribedFields.length === 0 ? (
          t('rules.allFields')
        ) : (
          <span className="mono">
            <Marked text={subscribedFields.join(', ')} />
          </span>
        )}
      </td>
      <td>
        <Tooltip label={edit}>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={edit} onClick={() => onEdit(rule)}>
            <IconPencil size={14} />
          </ActionIcon>
        </Tooltip>
      </td>
    </tr>
  );
}
