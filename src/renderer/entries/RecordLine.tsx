/** The records that entries must be about, or must not. What was set for the other of the two is a chip. */
import { IconEqualNot, IconHash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter } from '../../contract/entry.ts';
import { ConditionChip } from './ConditionChip.tsx';
import { readRecords, setCondition, setNegated } from './filter-change.ts';
import { TextCondition } from './TextCondition.tsx';
import { ToggleIcon } from './ToggleIcon.tsx';

interface Props {
  readonly filter: EntryFilter;
  onChange(filter: EntryFilter): void;
}

export function RecordLine({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const { record: wanted, not } = filter;
  const [isNegated, setNegatedMode] = useState(wanted === undefined && not?.record !== undefined);
  const set = (negated: boolean, records: readonly string[]) =>
    onChange(
      negated ? setNegated(filter, 'record', [...records]) : setCondition(filter, 'record', [...records]),
    );
  const [shown, other] = isNegated ? [not?.record, wanted] : [wanted, not?.record];
  return (
    <>
      <TextCondition
        // What was typed for one must not settle as the other.
        key={String(isNegated)}
        className="filter-record"
        label={t('screen.entries.record')}
        hint={t('screen.column.record')}
        icon={IconHash}
        value={shown?.join(' ') ?? ''}
        onChange={(text) => set(isNegated, readRecords(text))}
        toolsWidth={28}
        tools={
          <ToggleIcon
            label={t('screen.filter.not')}
            icon={IconEqualNot}
            pressed={isNegated}
            onToggle={() => setNegatedMode(!isNegated)}
          />
        }
      />
      {other && (
        <ConditionChip
          icon={IconHash}
          text={isNegated ? other.join(' · ') : t('screen.filter.recordNot', { text: other.join(' · ') })}
          onRemove={() => set(!isNegated, [])}
        />
      )}
    </>
  );
}
