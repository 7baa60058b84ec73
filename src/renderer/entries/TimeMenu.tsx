/** From and to, as a clock in the chosen zone shows them. */
import { Popover } from '@mantine/core';
import { IconCalendar, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter } from '../../contract/entry.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { type Format, readMicros } from '../ui/format.ts';
import { PeriodFields } from '../ui/PeriodFields.tsx';
import { setCondition } from './filter-change.ts';

interface Props {
  readonly filter: EntryFilter;
  onChange(filter: EntryFilter): void;
}

export function TimeMenu({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  const isSet = filter.from !== undefined || filter.to !== undefined;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus width={260}>
      <Popover.Target>
        <button
          type="button"
          className="filter-chip"
          data-set={isSet || undefined}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <IconCalendar size={14} aria-hidden />
          {isSet ? <strong>{tellPeriod(filter, format)}</strong> : <span>{t('screen.entries.time')}</span>}
          <IconChevronDown size={13} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="time-menu" aria-label={t('screen.entries.time')}>
        <PeriodFields
          period={filter}
          onLeave
          onChange={(key, value) => onChange(setCondition(filter, key, value))}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function tellPeriod({ from, to }: EntryFilter, format: Format): string {
  if (from !== undefined && to !== undefined) return format.period(readMicros(from), readMicros(to));
  const tell = (iso: string | undefined) => (iso === undefined ? '…' : format.timeShort(readMicros(iso)));
  return `${tell(from)} – ${tell(to)}`;
}
