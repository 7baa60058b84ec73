/** Chooses one copy of the log, or all: the same entry stands once in each. Only where there are several. */
import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter } from '../../contract/entry.ts';
import { findSelectedCopy, nameCopy, selectCopy } from '../session/sources.ts';
import { useReport } from '../session/use-report.ts';
import { Marked } from '../ui/Marked.tsx';
import { setCondition } from './filter-change.ts';

/** No path is called so. */
const ALL = '';

interface Props {
  readonly filter: EntryFilter;
  onChange(filter: EntryFilter): void;
}

export function CopyMenu({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const { report } = useReport();
  if (report.sources.length < 2) return null;
  const selected = findSelectedCopy(report, filter);
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
        <Menu.RadioGroup
          value={selected ?? ALL}
          onChange={(name) => {
            const source = report.sources.findIndex((_, index) => nameCopy(report, index) === name);
            onChange({
              ...setCondition(filter, 'path', undefined),
              ...selectCopy(report, source < 0 ? undefined : source),
            });
          }}
        >
          <Menu.RadioItem value={ALL}>{t('screen.entries.allCopies')}</Menu.RadioItem>
          {report.sources.map((_, source) => {
            const name = nameCopy(report, source) ?? '';
            return (
              <Menu.RadioItem key={name} value={name}>
                <Marked text={name} />
              </Menu.RadioItem>
            );
          })}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
