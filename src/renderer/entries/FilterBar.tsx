/** Which entries are shown: every condition must hold. */
import { Button } from '@mantine/core';
import { IconFile, IconFilterOff, IconHash, IconSearch, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter } from '../../contract/entry.ts';
import { findSelectedCopy } from '../session/sources.ts';
import { useReport } from '../session/use-report.ts';
import { Marked } from '../ui/Marked.tsx';
import { CopyMenu } from './CopyMenu.tsx';
import { FacetMenu } from './FacetMenu.tsx';
import { type FacetName, isEmptyFilter, setCondition } from './filter-change.ts';
import { TextCondition } from './TextCondition.tsx';
import { TimeMenu } from './TimeMenu.tsx';

const facets: readonly FacetName[] = ['node', 'model', 'action', 'user'];

interface Props {
  readonly workspace: string;
  readonly filter: EntryFilter;
  onChange(filter: EntryFilter): void;
}

export function FilterBar({ workspace, filter, onChange }: Props) {
  const { t } = useTranslation();
  const { report } = useReport();
  const isOfFiles = filter.path !== undefined && findSelectedCopy(report, filter) === undefined;
  return (
    <search className="filter-bar">
      <TextCondition
        className="filter-text"
        label={t('screen.entries.text')}
        icon={IconSearch}
        value={filter.text ?? ''}
        onChange={(text) => onChange(setCondition(filter, 'text', text))}
      />
      <CopyMenu filter={filter} onChange={onChange} />
      {facets.map((facet) => (
        <FacetMenu key={facet} workspace={workspace} facet={facet} filter={filter} onChange={onChange} />
      ))}
      <TextCondition
        className="filter-record"
        label={t('screen.entries.record')}
        icon={IconHash}
        value={filter.record?.join(' ') ?? ''}
        onChange={(record) => onChange(setCondition(filter, 'record', record.split(/\s+/).filter(Boolean)))}
      />
      <TimeMenu filter={filter} onChange={onChange} />
      {filter.path && isOfFiles && (
        <button
          type="button"
          className="filter-chip"
          title={t('screen.entries.removePath')}
          onClick={() => onChange(setCondition(filter, 'path', undefined))}
        >
          <IconFile size={14} aria-hidden />
          <span className="mono">
            <Marked text={filter.path.join(' · ')} />
          </span>
          <IconX size={13} aria-hidden />
        </button>
      )}
      {!isEmptyFilter(filter) && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconFilterOff size={14} />}
          onClick={() => onChange({})}
        >
          {t('screen.entries.clear')}
        </Button>
      )}
    </search>
  );
}
