/** Who asks: an account with its password, or a program's token. Afterwards the page is loaded anew, as the server's. */
import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerLook } from '../../contract/server.ts';
import { useCall, useClient } from '../session/client.ts';
import { AccountForm, NameField, PasswordField } from '../sign-in/AccountForm.tsx';

interface Props {
  readonly look: ServerLook;
  onBack(): void;
}

const WAYS = ['account', 'token'] as const;

export function CredentialsForm({ look, onBack }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const { address, trust, certificate } = look;
  const known = useCall('server.list', {}).data?.servers.find((one) => one.address === address);
  const [way, setWay] = useState<(typeof WAYS)[number]>(known?.account === null ? 'token' : 'account');
  const [name, setName] = useState(known?.account ?? '');
  const [secret, setSecret] = useState('');
  const isAccount = way === 'account';

  return (
    <AccountForm
      button={t('server.button')}
      isReady={secret !== '' && (!isAccount || name.trim() !== '')}
      submit={async () => {
        const reply = await client.call('server.signIn', {
          address,
          ...(trust === 'unknown' && certificate && { fingerprint: certificate.fingerprint }),
          as: isAccount ? { name, password: secret } : { token: secret.trim() },
        });
        if (!reply.ok) return { code: reply.failure.code, message: reply.failure.message };
        location.reload();
        return undefined;
      }}
      onFailure={() => setSecret('')}
      beside={
        <Button variant="default" onClick={onBack}>
          {t('server.back')}
        </Button>
      }
    >
      <p className="server-address mono">{address}</p>
      {trust !== 'unknown' && <p className="panel-note">{t(`server.trust.${trust}`)}</p>}
      <SegmentedControl
        size="xs"
        aria-label={t('server.how')}
        data={WAYS.map((value) => ({ value, label: t(`server.way.${value}`) }))}
        value={way}
        onChange={(chosen) => {
          setWay(chosen);
          setSecret('');
        }}
      />
      {isAccount && <NameField name={name} onChange={setName} />}
      <PasswordField
        label={t(isAccount ? 'signIn.password' : 'server.token')}
        {...(!isAccount && { description: t('server.tokenHint') })}
        autoComplete="current-password"
        value={secret}
        onChange={setSecret}
      />
    </AccountForm>
  );
}
