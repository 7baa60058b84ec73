/** The text that entries must hold, or must not: as it stands or as a regular expression. What else was set are chips. */
import { IconEqualNot, IconRegex, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter } from '../../contract/entry.ts';
import { ConditionChip } from './ConditionChip.tsx';
import { isPattern, readText, setText, type TextMode } from './filter-change.ts';
import { TextCondition } from './TextCondition.tsx';
import { ToggleIcon } from './ToggleIcon.tsx';

interface Props {
  readonly filter: EntryFilter;
  onChange(filter: EntryFilter): void;
}

const modes: readonly (TextMode & { readonly label: 'textIs' | 'textNot' | 'patternIs' | 'patternNot' })[] = [
  { key: 'text', not: false, label: 'textIs' },
  { key: 'text', not: true, label: 'textNot' },
  { key: 'pattern', not: false, label: 'patternIs' },
  { key: 'pattern', not: true, label: 'patternNot' },
];

export function TextLine({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<TextMode>(
    () => modes.find((candidate) => readText(filter, candidate) !== '') ?? { key: 'text', not: false },
  );
  const [refused, setRefused] = useState(false);
  const isOther = ({ key, not }: TextMode) => key !== mode.key || not !== mode.not;
  const switchTo = (next: TextMode) => {
    setRefused(false);
    setMode(next);
  };
  return (
    <>
      <TextCondition
        // Another condition is another text: what was typed for one must not settle as the other.
        key={`${mode.key} ${mode.not}`}
        className="filter-text"
        label={t('screen.entries.text')}
        icon={IconSearch}
        value={readText(filter, mode)}
        error={refused ? t('screen.filter.badPattern') : undefined}
        onChange={(text) => {
          const isBad = mode.key === 'pattern' && !isPattern(text);
          setRefused(isBad);
          if (!isBad) onChange(setText(filter, mode, text));
        }}
        tools={
          <>
            <ToggleIcon
              label={t('screen.filter.pattern')}
              icon={IconRegex}
              pressed={mode.key === 'pattern'}
              onToggle={() => switchTo({ ...mode, key: mode.key === 'pattern' ? 'text' : 'pattern' })}
            />
            <ToggleIcon
              label={t('screen.filter.not')}
              icon={IconEqualNot}
              pressed={mode.not}
              onToggle={() => switchTo({ ...mode, not: !mode.not })}
            />
          </>
        }
      />
      {modes
        .filter((other) => isOther(other) && readText(filter, other) !== '')
        .map((other) => (
          <ConditionChip
            key={other.label}
            text={t(`screen.filter.${other.label}`, { text: readText(filter, other) })}
            onRemove={() => onChange(setText(filter, other, ''))}
          />
        ))}
    </>
  );
}
