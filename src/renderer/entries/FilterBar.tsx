/** Which entries are shown: every condition must hold. */
import { Button } from '@mantine/core';
import { IconBracketsContain, IconFile, IconFilterOff, IconTag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter } from '../../contract/entry.ts';
import { tellSeqs } from '../findings/tell-finding.ts';
import { findSelectedCopy } from '../session/sources.ts';
import { useOpened } from '../session/use-report.ts';
import { ConditionChip } from './ConditionChip.tsx';
import { CopyMenu } from './CopyMenu.tsx';
import { FacetMenu } from './FacetMenu.tsx';
import { type FacetName, isEmptyFilter, setCondition, setNegated } from './filter-change.ts';
import { RecordLine } from './RecordLine.tsx';
import { TextLine } from './TextLine.tsx';
import { TimeMenu } from './TimeMenu.tsx';

const facets: readonly FacetName[] = ['node', 'model', 'action', 'user', 'stream', 'tag'];

interface Props {
  readonly workspace: string;
  readonly filter: EntryFilter;
  onChange(filter: EntryFilter): void;
}

export function FilterBar({ workspace, filter, onChange }: Props) {
  const { t } = useTranslation();
  const { report } = useOpened();
  const isOfFiles = filter.path !== undefined && !(report && findSelectedCopy(report, filter));
  const { path: otherFiles } = filter.not ?? {};
  const finding = report?.findings.find(({ id }) => id === filter.finding);
  const aboutFinding =
    finding && [t(`kind.${finding.kind}`), tellSeqs(finding, t)].filter(Boolean).join(' · ');
  return (
    <search className="filter-bar">
      {/* Text is searched, and copies and streams are told apart, once all is read. */}
      {report && <TextLine filter={filter} onChange={onChange} />}
      {report && <CopyMenu filter={filter} onChange={onChange} />}
      {(report ? facets : facets.filter((facet) => facet !== 'stream')).map((facet) => (
        <FacetMenu key={facet} workspace={workspace} facet={facet} filter={filter} onChange={onChange} />
      ))}
      <RecordLine filter={filter} onChange={onChange} />
      <TimeMenu filter={filter} onChange={onChange} />
      <button
        type="button"
        className="filter-chip"
        data-set={filter.marked}
        aria-pressed={filter.marked === true}
        onClick={() => onChange(setCondition(filter, 'marked', filter.marked ? undefined : true))}
      >
        <IconTag size={14} aria-hidden />
        <span>{t('screen.filter.marked')}</span>
      </button>
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
          text={[t('screen.filter.finding'), aboutFinding].filter(Boolean).join(': ')}
          onRemove={() => onChange(setCondition(filter, 'finding', undefined))}
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
