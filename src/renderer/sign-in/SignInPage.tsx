/** Where people sign in; and where the first of them makes their account, by the link that the server printed. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountName, MIN_PASSWORD } from '../../contract/account.ts';
import type { Failure } from '../../contract/failure.ts';
import { followLanguage } from '../language.ts';
import { BrandMark } from '../shell/BrandMark.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { LanguageSelect } from '../ui/LanguageSelect.tsx';
import { makeFirstAccount, readFirstToken, signIn } from './served-session.ts';
import '../start/start.css';
import './sign-in.css';

export function SignInPage() {
  const { t } = useTranslation();
  const [token] = useState(readFirstToken);
  const title = t(token === undefined ? 'signIn.title' : 'signIn.first.title');
  useEffect(() => {
    document.title = t('screen.windowTitle', { screen: title });
  }, [t, title]);
  return (
    <main className="start">
      <div className="start-card sign-in">
        <BrandMark />
        <h1>{title}</h1>
        <p className="start-lead">{t(token === undefined ? 'signIn.lead' : 'signIn.first.lead')}</p>
        {token === undefined ? <SignInForm /> : <FirstForm token={token} />}
      </div>
      <footer className="start-foot sign-in">
        <LanguageSelect onChange={followLanguage} />
      </footer>
    </main>
  );
}

function SignInForm() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const field = useRef<HTMLInputElement>(null);
  return (
    <AccountForm
      button={t('signIn.button')}
      isReady={name.trim() !== '' && password !== ''}
      submit={() => signIn({ name, password })}
      onFailure={() => {
        // The name is right more often than not.
        setPassword('');
        field.current?.focus();
      }}
    >
      <NameField name={name} onChange={setName} />
      <PasswordField
        ref={field}
        label={t('signIn.password')}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
    </AccountForm>
  );
}

function FirstForm({ token }: { readonly token: string }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isTold, tell] = useState(false);
  const account = name.trim().toLowerCase();
  const isName = AccountName.safeParse(account).success;
  const isLong = password.length >= MIN_PASSWORD;
  const isSame = password === again;
  return (
    <AccountForm
      button={t('signIn.first.button')}
      isReady={name !== '' && password !== '' && again !== ''}
      submit={async () => {
        tell(true);
        if (!isName || !isLong || !isSame) return undefined;
        return makeFirstAccount({ token, name: account, password });
      }}
    >
      <NameField
        name={name}
        onChange={setName}
        description={t('signIn.nameRule')}
        error={isTold && !isName && t('signIn.nameWrong')}
      />
      <PasswordField
        label={t('signIn.password')}
        description={t('signIn.rule', { least: MIN_PASSWORD })}
        error={isTold && !isLong && t('signIn.tooShort', { least: MIN_PASSWORD })}
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
      />
      <PasswordField
        label={t('signIn.again')}
        error={isTold && !isSame && t('signIn.notSame')}
        autoComplete="new-password"
        value={again}
        onChange={setAgain}
      />
    </AccountForm>
  );
}

interface FormProps {
  readonly button: string;
  readonly isReady: boolean;
  readonly submit: () => Promise<Failure | undefined>;
  readonly onFailure?: () => void;
  readonly children: ReactNode;
}

function AccountForm({ button, isReady, submit, onFailure, children }: FormProps) {
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
      <Button type="submit" disabled={!isReady} loading={isWaiting}>
        {button}
      </Button>
    </form>
  );
}

interface NameProps {
  readonly name: string;
  onChange(name: string): void;
  readonly description?: string;
  readonly error?: ReactNode;
}

function NameField({ name, onChange, ...others }: NameProps) {
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

function PasswordField({ onChange, ...field }: PasswordProps) {
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
