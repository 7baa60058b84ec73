/** Beside a value of an entry: shows entries with this value only, or leaves them out. */
import { IconEqualNot, IconFilter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { toggleNegated, toggleValue, type ValueCondition } from './filter-change.ts';
import { ToggleIcon } from './ToggleIcon.tsx';

interface Props {
  readonly condition: ValueCondition;
  readonly value: string;
  /** What a person is told in its place. */
  readonly told?: string;
}

export function ValueFilter({ condition, value, told }: Props) {
  const { t } = useTranslation();
  const { place, choose } = useNavigation();
  const { filter } = place;
  const shown = showMarks(told ?? value);
  return (
    <span className="value-filter">
      <ToggleIcon
        label={t('screen.filter.onlyValue', { value: shown })}
        icon={IconFilter}
        pressed={filter[condition]?.includes(value) ?? false}
        onToggle={() => choose({ filter: toggleValue(filter, condition, value) })}
      />
      <ToggleIcon
        label={t('screen.filter.notValue', { value: shown })}
        icon={IconEqualNot}
        pressed={filter.not?.[condition]?.includes(value) ?? false}
        onToggle={() => choose({ filter: toggleNegated(filter, condition, value) })}
      />
    </span>
  );
}
