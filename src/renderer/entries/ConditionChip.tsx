/** A condition that is set elsewhere, with a way to remove it. */
import { type Icon, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Marked } from '../ui/Marked.tsx';

interface Props {
  readonly text: string;
  readonly icon?: Icon;
  onRemove(): void;
}

export function ConditionChip({ text, icon: Picture, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="filter-chip"
      data-set
      title={t('screen.filter.remove')}
      onClick={onRemove}
    >
      {Picture && <Picture size={14} aria-hidden />}
      <strong>
        <Marked text={text} />
      </strong>
      <IconX size={13} aria-hidden />
    </button>
  );
}
