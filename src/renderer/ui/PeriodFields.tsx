/** From and to as a clock in the chosen zone shows them; each label says the zone. */
import { TextInput } from '@mantine/core';
import type { FocusEvent, FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './FormatProvider.tsx';
import { readInstant, writeInstant } from './format.ts';
import type { Period } from './period.ts';

interface Props {
  readonly period: Period;
  /** Told when a field is left, where each change would ask the engine. */
  readonly onLeave?: boolean;
  /** What is wrong with the period; told below its end. */
  readonly error?: string | undefined;
  onChange(key: 'from' | 'to', value: string | undefined): void;
}

export function PeriodFields({ period, onLeave = false, error, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (['from', 'to'] as const).map((key) => {
    const tell = (event: FocusEvent<HTMLInputElement> | FormEvent<HTMLInputElement>): void =>
      onChange(key, writeInstant(event.currentTarget.value, format.zone));
    return (
      <TextInput
        key={key}
        size="xs"
        type="datetime-local"
        step={1}
        label={t(`screen.entries.${key}`, { zone: format.zone })}
        error={key === 'to' && error}
        defaultValue={readInstant(period[key] ?? '', format.zone)}
        {...(onLeave ? { onBlur: tell } : { onChange: tell })}
      />
    );
  });
}
