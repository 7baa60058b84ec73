/** Which entries are shown: every condition must hold. */
import { Button } from '@mantine/core';
import { IconBracketsContain, IconFile, IconFilterOff, IconHash, IconTag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter } from '../../contract/entry.ts';
import { findSelectedCopy } from '../session/sources.ts';
import { useReport } from '../session/use-report.ts';
import { ConditionChip } from './ConditionChip.tsx';
import { CopyMenu } from './CopyMenu.tsx';
import { FacetMenu } from './FacetMenu.tsx';
import { type FacetName, isEmptyFilter, setCondition, setNegated } from './filter-change.ts';
import { TextCondition } from './TextCondition.tsx';
import { TextLine } from './TextLine.tsx';
import { TimeMenu } from './TimeMenu.tsx';

const facets: readonly FacetName[] = ['node', 'model', 'action', 'user', 'tag'];

interface Props {
  readonly workspace: string;
  readonly filter: EntryFilter;
  onChange(filter: EntryFilter): void;
}

export function FilterBar({ workspace, filter, onChange }: Props) {
  const { t } = useTranslation();
  const { report } = useReport();
  const isOfFiles = filter.path !== undefined && findSelectedCopy(report, filter) === undefined;
  const { record: otherRecords, path: otherFiles } = filter.not ?? {};
  return (
    <search className="filter-bar">
      <TextLine filter={filter} onChange={onChange} />
      <CopyMenu filter={filter} onChange={onChange} />
      {facets.map((facet) => (
        <FacetMenu key={facet} workspace={workspace} facet={facet} filter={filter} onChange={onChange} />
      ))}
      <TextCondition
        className="filter-record"
        label={t('screen.entries.record')}
        icon={IconHash}
        value={filter.record?.join(' ') ?? ''}
        onChange={(text) => onChange(setCondition(filter, 'record', text.split(/\s+/).filter(Boolean)))}
      />
      <TimeMenu filter={filter} onChange={onChange} />
      {filter.path && isOfFiles && (
        <ConditionChip
          icon={IconFile}
          text={filter.path.join(' · ')}
          onRemove={() => onChange(setCondition(filter, 'path', undefined))}
        />
      )}
      {filter.finding !== undefined && (
        <ConditionChip
          icon={IconBracketsContain}
          text={t('screen.filter.finding')}
          onRemove={() => onChange(setCondition(filter, 'finding', undefined))}
        />
      )}
      {filter.marked && (
        <ConditionChip
          icon={IconTag}
          text={t('screen.filter.marked')}
          onRemove={() => onChange(setCondition(filter, 'marked', undefined))}
        />
      )}
      {otherRecords && (
        <ConditionChip
          icon={IconHash}
          text={t('screen.filter.recordNot', { text: otherRecords.join(' · ') })}
          onRemove={() => onChange(setNegated(filter, 'record', undefined))}
        />
      )}
      {otherFiles && (
        <ConditionChip
          icon={IconFile}
          text={t('screen.filter.recordNot', { text: otherFiles.join(' · ') })}
          onRemove={() => onChange(setNegated(filter, 'path', undefined))}
        />
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
