/** Filters kept under a name: chosen, saved and deleted in one place. */
import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconChevronDown, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter } from '../../contract/entry.ts';
import { useMay } from '../session/account.ts';
import { useCall } from '../session/client.ts';
import { useChange } from '../session/use-change.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { isEmptyFilter } from './filter-change.ts';

interface Props {
  readonly workspace: string;
  readonly filter: EntryFilter;
  onChange(filter: EntryFilter): void;
}

export function SavedFilters(props: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus width={300}>
      <Popover.Target>
        <button
          type="button"
          className="filter-chip"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <IconBookmark size={14} aria-hidden />
          <span>{t('screen.filter.saved')}</span>
          <IconChevronDown size={13} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="facet-menu" aria-label={t('screen.filter.saved')}>
        <SavedList {...props} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function SavedList({ workspace, filter, onChange, onDone }: Props & { onDone(): void }) {
  const { t } = useTranslation();
  const may = useMay();
  const [name, setName] = useState('');
  const saved = useCall('filters.list', { workspace });
  const save = useChange('filters.save', ['filters.list']);
  const remove = useChange('filters.remove', ['filters.list']);
  const failure = save.failure ?? remove.failure ?? saved.error?.failure;
  return (
    <>
      <ul className="facet-values">
        {saved.data?.filters.map((kept) => (
          <li key={kept.name} className="saved-filter">
            <button
              type="button"
              className="link"
              aria-current={JSON.stringify(kept.filter) === JSON.stringify(filter) || undefined}
              onClick={() => {
                onChange(kept.filter);
                onDone();
              }}
            >
              {kept.name}
            </button>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              disabled={!may('filters.remove')}
              aria-label={t('screen.filter.delete', { name: kept.name })}
              onClick={() => void remove.run({ workspace, name: kept.name })}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </li>
        ))}
        {saved.data?.filters.length === 0 && <li className="panel-note">{t('screen.filter.noSaved')}</li>}
      </ul>
      {!may('filters.save') && <p className="panel-note">{t('signIn.needsManager')}</p>}
      {!isEmptyFilter(filter) && may('filters.save') && (
        <form
          className="saved-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() === '') return;
            void save.run({ workspace, name: name.trim(), filter }).then((done) => {
              if (done) setName('');
            });
          }}
        >
          <TextInput
            size="xs"
            maxLength={80}
            aria-label={t('screen.filter.name')}
            placeholder={t('screen.filter.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Button size="xs" type="submit" disabled={name.trim() === ''}>
            {t('screen.filter.save')}
          </Button>
        </form>
      )}
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}
