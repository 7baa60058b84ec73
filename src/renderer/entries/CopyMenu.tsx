/** Chooses one copy of the log, or all: the same entry stands once in each. Only where there are several. */
import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter } from '../../contract/entry.ts';
import { findSelectedCopy, nameCopy, selectCopy } from '../session/sources.ts';
import { useReport } from '../session/use-report.ts';
import { Marked } from '../ui/Marked.tsx';
import { setCondition } from './filter-change.ts';

interface Props {
  readonly filter: EntryFilter;
  onChange(filter: EntryFilter): void;
}

export function CopyMenu({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const { report } = useReport();
  if (report.sources.length < 2) return null;
  const selected = findSelectedCopy(report, filter);
  const choices = [
    {
      name: t('screen.entries.allCopies'),
      filter: setCondition(filter, 'path', undefined),
      chosen: !filter.path,
    },
    ...report.sources.map((_, source) => {
      const name = nameCopy(report, source) ?? '';
      return { name, filter: { ...filter, ...selectCopy(report, source) }, chosen: name === selected };
    }),
  ];
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className="filter-chip" data-set={selected !== undefined || undefined}>
          <span>{t('screen.column.copy')}</span>
          {selected !== undefined && (
            <strong>
              <Marked text={selected} />
            </strong>
          )}
          <IconChevronDown size={13} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ name, filter, chosen }) => (
          <Menu.Item
            key={name}
            role="menuitemradio"
            aria-checked={chosen}
            rightSection={chosen && <IconCheck size={14} aria-hidden />}
            onClick={() => onChange(filter)}
          >
            <Marked text={name} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
