/** Changes one's own password: this session goes on, and the others of the account end. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MIN_PASSWORD } from '../../contract/account.ts';
import { Dialog } from '../commands/Dialog.tsx';
import { useClient } from '../session/client.ts';
import { AccountForm, PasswordField } from './AccountForm.tsx';

export function PasswordDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const [isDone, setDone] = useState(false);
  return (
    <Dialog onClose={onClose} title={t('signIn.change.title')} size={420}>
      {isDone ? (
        <div className="sign-in-form" role="status">
          <p>{t('signIn.change.done')}</p>
          <Button onClick={onClose} data-autofocus>
            {t('app.close')}
          </Button>
        </div>
      ) : (
        <ChangeForm onDone={() => setDone(true)} />
      )}
    </Dialog>
  );
}

function ChangeForm({ onDone }: { onDone(): void }) {
  const { t } = useTranslation();
  const client = useClient();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isTold, tell] = useState(false);
  const [isOldWrong, setOldWrong] = useState(false);
  const isLong = password.length >= MIN_PASSWORD;
  const isSame = password === again;
  return (
    <AccountForm
      button={t('signIn.change.button')}
      isReady={old !== '' && password !== '' && again !== ''}
      submit={async () => {
        tell(true);
        setOldWrong(false);
        if (!isLong || !isSame) return undefined;
        const reply = await client.call('account.changePassword', { old, password });
        if (reply.ok) onDone();
        else if (reply.failure.code === 'sign-in-refused') setOldWrong(true);
        else return reply.failure;
        return undefined;
      }}
    >
      <PasswordField
        label={t('signIn.change.old')}
        error={isOldWrong && t('signIn.change.oldWrong')}
        autoComplete="current-password"
        value={old}
        onChange={setOld}
      />
      <PasswordField
        label={t('signIn.change.new')}
        description={t('signIn.rule', { least: MIN_PASSWORD })}
        error={isTold && !isLong && t('signIn.tooShort', { least: MIN_PASSWORD })}
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
      />
      <PasswordField
        label={t('signIn.change.again')}
        error={isTold && !isSame && t('signIn.notSame')}
        autoComplete="new-password"
        value={again}
        onChange={setAgain}
      />
    </AccountForm>
  );
}
