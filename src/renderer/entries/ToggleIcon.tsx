/** A small button that is in or out. */
import { ActionIcon } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';

interface Props {
  readonly label: string;
  readonly icon: Icon;
  readonly pressed: boolean;
  onToggle(): void;
}

export function ToggleIcon({ label, icon: Picture, pressed, onToggle }: Props) {
  return (
    <ActionIcon
      size={22}
      variant={pressed ? 'light' : 'subtle'}
      {...(pressed ? {} : { color: 'gray' })}
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      onClick={onToggle}
    >
      <Picture size={14} />
    </ActionIcon>
  );
}
