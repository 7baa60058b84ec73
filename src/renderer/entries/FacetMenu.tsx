/** Values of one column with exact counts, to choose among; counted under all other conditions. */
import { Checkbox, Loader, Popover, TextInput } from '@mantine/core';
import { IconChevronDown, IconEqualNot } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { EntryFilter } from '../../contract/entry.ts';
import { useCall } from '../session/client.ts';
import { nameStream, StreamText } from '../session/StreamText.tsx';
import { useOpened } from '../session/use-report.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import { type FacetName, setCondition, setNegated, toggleNegated, toggleValue } from './filter-change.ts';
import { ToggleIcon } from './ToggleIcon.tsx';

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
  const tell = useTellValue(facet);
  const [opened, setOpened] = useState(false);
  const chosen = filter[facet] ?? [];
  const refused = filter.not?.[facet] ?? [];
  const label = facet === 'tag' ? t('screen.filter.tag') : t(`screen.column.${facet}`);
  const count = chosen.length + refused.length;
  const first =
    chosen[0] === undefined
      ? t('screen.filter.notShort', { value: tell(refused[0] ?? '') })
      : tell(chosen[0]);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      trapFocus
      returnFocus
      width={facet === 'stream' ? 420 : 300}
    >
      <Popover.Target>
        <button
          type="button"
          className="filter-chip"
          data-set={count > 0 || undefined}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <span>{label}</span>
          {count > 0 && (
            <strong>
              {facet === 'stream' && chosen[0] !== undefined ? (
                <StreamText id={chosen[0]} />
              ) : (
                <Marked text={first} />
              )}
              {count > 1 && ` +${count - 1}`}
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

/** Values as they are shown: a stream's id says nothing to a person. */
function useTellValue(facet: FacetName): (value: string) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const { report } = useOpened();
  return (value) => {
    if (facet === 'stream' && report) return nameStream(report, value, t, format);
    return value === '' ? t('screen.entries.noValue') : value;
  };
}

/** Drawn only while the menu is open, so that nothing is counted for a menu that is closed. */
function FacetValues({ workspace, facet, filter, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const tell = useTellValue(facet);
  const [search, setSearch] = useState('');
  const isTag = facet === 'tag';
  const bare = setNegated(setCondition(filter, facet, undefined), facet, undefined);
  const facets = useCall(
    'entries.facets',
    { workspace, filter: bare, ...(facet === 'stream' && { streams: true as const }) },
    { keep: true, enabled: !isTag },
  );
  // Tags are few, and told with the number of entries that have them in all.
  const marks = useCall('marks.list', { workspace }, { enabled: isTag });
  const asked = isTag ? marks : facets;
  const chosen = filter[facet] ?? [];
  const refused = filter.not?.[facet] ?? [];
  const values = isTag ? marks.data?.tags : facets.data?.[facet];
  const found = (values ?? [])
    .map(({ value, count }) => ({ value, count, told: tell(value) }))
    .filter(({ told }) => told.toLowerCase().includes(search.toLowerCase()));
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
        {asked.isPending && <Loader size="sm" aria-label={t('screen.loading')} />}
        {found.slice(0, SHOWN).map(({ value, count, told }) => (
          <li key={value} className="facet-choice">
            <Checkbox
              className="facet-check"
              size="xs"
              checked={chosen.includes(value)}
              onChange={() => onChange(toggleValue(filter, facet, value))}
              label={
                <>
                  <span className="facet-value" title={showMarks(told)}>
                    {facet === 'stream' ? <StreamText id={value} /> : <Marked text={told} />}
                  </span>
                  <span className="facet-count">{format.number(count)}</span>
                </>
              }
            />
            <ToggleIcon
              label={t('screen.filter.notValue', { value: showMarks(told) })}
              icon={IconEqualNot}
              pressed={refused.includes(value)}
              onToggle={() => onChange(toggleNegated(filter, facet, value))}
            />
          </li>
        ))}
        {asked.isSuccess && found.length === 0 && (
          <li className="panel-note">
            {isTag && search === '' ? t('screen.filter.noTags') : t('screen.entries.noSuchValue')}
          </li>
        )}
        {found.length > SHOWN && (
          <li className="panel-note">{t('screen.entries.moreValues', { count: found.length - SHOWN })}</li>
        )}
      </ul>
    </>
  );
}
