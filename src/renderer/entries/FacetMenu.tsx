/** Values of one column with exact counts, to choose among; counted under all other conditions. */
import { Checkbox, Loader, Popover, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { EntryFilter } from '../../contract/entry.ts';
import { useCall } from '../session/client.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import { type FacetName, setCondition, toggleValue } from './filter-change.ts';

/** More are found by typing. */
const SHOWN = 200;

interface Props {
  readonly workspace: string;
  readonly facet: FacetName;
  readonly filter: EntryFilter;
  onChange(filter: EntryFilter): void;
}

export function FacetMenu({ workspace, facet, filter, onChange }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const chosen = filter[facet] ?? [];
  const label = t(`screen.column.${facet}`);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus width={300}>
      <Popover.Target>
        <button
          type="button"
          className="filter-chip"
          data-set={chosen.length > 0 || undefined}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <span>{label}</span>
          {chosen.length > 0 && (
            <strong>
              <Marked text={chosen[0] ?? ''} />
              {chosen.length > 1 && ` +${chosen.length - 1}`}
            </strong>
          )}
          <IconChevronDown size={13} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="facet-menu" aria-label={label}>
        <FacetValues workspace={workspace} facet={facet} filter={filter} onChange={onChange} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Drawn only while the menu is open, so that nothing is counted for a menu that is closed. */
function FacetValues({ workspace, facet, filter, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [search, setSearch] = useState('');
  const facets = useCall(
    'entries.facets',
    { workspace, filter: setCondition(filter, facet, undefined) },
    { keep: true },
  );
  const chosen = filter[facet] ?? [];
  const found = (facets.data?.[facet] ?? []).filter(({ value }) =>
    value.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <>
      <TextInput
        size="xs"
        type="search"
        aria-label={t('screen.entries.findValue')}
        placeholder={t('screen.entries.findValue')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      <ul className="facet-values">
        {facets.isPending && <Loader size="sm" aria-label={t('screen.loading')} />}
        {found.slice(0, SHOWN).map(({ value, count }) => (
          <li key={value}>
            <Checkbox
              size="xs"
              checked={chosen.includes(value)}
              onChange={() => onChange(toggleValue(filter, facet, value))}
              label={
                <>
                  <span className="facet-value" title={showMarks(value)}>
                    {value === '' ? t('screen.entries.noValue') : <Marked text={value} />}
                  </span>
                  <span className="facet-count">{format.number(count)}</span>
                </>
              }
            />
          </li>
        ))}
        {facets.isSuccess && found.length === 0 && (
          <li className="panel-note">{t('screen.entries.noSuchValue')}</li>
        )}
        {found.length > SHOWN && (
          <li className="panel-note">{t('screen.entries.moreValues', { count: found.length - SHOWN })}</li>
        )}
      </ul>
    </>
  );
}
