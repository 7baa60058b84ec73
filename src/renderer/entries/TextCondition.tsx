/** A condition that is typed: it takes effect when typing pauses, and follows changes from elsewhere. */
import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { Icon } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

const PAUSE_MS = 250;

interface Props {
  readonly className: string;
  readonly label: string;
  readonly icon: Icon;
  readonly value: string;
  onChange(value: string): void;
}

export function TextCondition({ className, label, icon: Picture, value, onChange }: Props) {
  const [typed, setTyped] = useState(value);
  const settle = useDebouncedCallback(onChange, PAUSE_MS);
  useEffect(() => setTyped(value), [value]);
  return (
    <TextInput
      className={className}
      size="xs"
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<Picture size={14} aria-hidden />}
      spellCheck={false}
      autoComplete="off"
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        settle(event.currentTarget.value.trim());
      }}
    />
  );
}
