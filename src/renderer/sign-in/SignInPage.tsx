/** Where people sign in; and where the first of them makes their account, by the link that the server printed. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountName, MIN_PASSWORD } from '../../contract/account.ts';
import { followLanguage } from '../language.ts';
import { BrandMark } from '../shell/BrandMark.tsx';
import { LanguageSelect } from '../ui/LanguageSelect.tsx';
import { AccountForm, NameField, PasswordField } from './AccountForm.tsx';
import { makeFirstAccount, readFirstToken, signIn } from './served-session.ts';
import '../start/start.css';

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
