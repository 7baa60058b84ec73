/** A condition that is typed: it takes effect when typing pauses, and follows changes from elsewhere. */
import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { Icon } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';

const PAUSE_MS = 250;

interface Props {
  readonly className: string;
  readonly label: string;
  /** What stands in it while it is empty, where its label is too long for that. */
  readonly hint?: string;
  readonly icon: Icon;
  readonly value: string;
  readonly error?: string | undefined;
  /** Buttons at its end. */
  readonly tools?: ReactNode;
  /** In pixels. */
  readonly toolsWidth?: number;
  onChange(value: string): void;
}

export function TextCondition({
  className,
  label,
  hint = label,
  icon: Picture,
  value,
  error,
  tools,
  toolsWidth = 52,
  onChange,
}: Props) {
  const [typed, setTyped] = useState(value);
  const settle = useDebouncedCallback(onChange, PAUSE_MS);
  useEffect(() => setTyped(value), [value]);
  return (
    <TextInput
      className={className}
      size="xs"
      type="search"
      aria-label={label}
      placeholder={hint}
      leftSection={<Picture size={14} aria-hidden />}
      {...(tools === undefined
        ? {}
        : { rightSection: <span className="filter-tools">{tools}</span>, rightSectionWidth: toolsWidth })}
      error={error !== undefined}
      title={error ?? label}
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
