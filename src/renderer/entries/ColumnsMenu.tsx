/** Chooses the columns of the table and their order. */
import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown, IconColumns3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type ColumnLayout, defaultLayout, isDefault, moveColumn, toggleColumn } from './columns.ts';

interface Props {
  readonly layout: ColumnLayout;
  onChange(layout: ColumnLayout): void;
}

export function ColumnsMenu({ layout, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Popover position="bottom-end" trapFocus returnFocus width={270}>
      <Popover.Target>
        <button type="button" className="filter-chip" data-set={!isDefault(layout) || undefined}>
          <IconColumns3 size={14} aria-hidden />
          <span>{t('screen.columns.title')}</span>
          <IconChevronDown size={13} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="facet-menu" aria-label={t('screen.columns.title')}>
        <ul className="facet-values column-list">
          {layout.order.map((column, index) => {
            const name = t(`screen.column.${column}`);
            return (
              <li key={column} className="facet-choice">
                <Checkbox
                  className="facet-check"
                  size="xs"
                  label={name}
                  checked={!layout.hidden.includes(column)}
                  onChange={() => onChange(toggleColumn(layout, column))}
                />
                <ActionIcon
                  size={22}
                  variant="subtle"
                  color="gray"
                  disabled={index === 0}
                  aria-label={t('screen.columns.earlier', { column: name })}
                  onClick={() => onChange(moveColumn(layout, column, -1))}
                >
                  <IconArrowUp size={14} />
                </ActionIcon>
                <ActionIcon
                  size={22}
                  variant="subtle"
                  color="gray"
                  disabled={index === layout.order.length - 1}
                  aria-label={t('screen.columns.later', { column: name })}
                  onClick={() => onChange(moveColumn(layout, column, 1))}
                >
                  <IconArrowDown size={14} />
                </ActionIcon>
              </li>
            );
          })}
        </ul>
        <p className="panel-note">{t('screen.columns.hint')}</p>
        <Button
          size="xs"
          variant="default"
          fullWidth
          disabled={isDefault(layout)}
          onClick={() => onChange(defaultLayout)}
        >
          {t('screen.columns.reset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
