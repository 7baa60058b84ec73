/** The parts of every form in which people prove who they are. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import './sign-in.css';

interface FormProps {
  readonly button: string;
  readonly isReady: boolean;
  readonly submit: () => Promise<Failure | undefined>;
  readonly onFailure?: () => void;
  /** Beside the button. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** A form that asks for what proves who somebody is, and says why it was refused. */
export function AccountForm({ button, isReady, submit, onFailure, beside, children }: FormProps) {
  const [failure, setFailure] = useState<Failure>();
  const [isWaiting, setWaiting] = useState(false);
  return (
    <form
      className="sign-in-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (!isReady || isWaiting) return;
        setWaiting(true);
        setFailure(undefined);
        void submit().then((failed) => {
          setWaiting(false);
          setFailure(failed);
          if (failed) onFailure?.();
        });
      }}
    >
      {children}
      {failure && <FailureNotice failure={failure} />}
      <div className="sign-in-buttons">
        <Button type="submit" disabled={!isReady} loading={isWaiting}>
          {button}
        </Button>
        {beside}
      </div>
    </form>
  );
}

interface NameProps {
  readonly name: string;
  onChange(name: string): void;
  readonly description?: string;
  readonly error?: ReactNode;
}

export function NameField({ name, onChange, ...others }: NameProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('signIn.name')}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      value={name}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoFocus
      {...others}
    />
  );
}

interface PasswordProps {
  readonly ref?: React.Ref<HTMLInputElement>;
  readonly label: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly value: string;
  onChange(value: string): void;
  readonly description?: string;
  readonly error?: ReactNode;
}

export function PasswordField({ onChange, ...field }: PasswordProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      {...field}
      dir="ltr"
      visibilityToggleButtonProps={{ 'aria-label': t('signIn.show'), tabIndex: 0 }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
