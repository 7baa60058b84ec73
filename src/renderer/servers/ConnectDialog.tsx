/** Connects to a served instance, in steps: its address, its certificate where nobody vouches for it, and who asks. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import type { ServerLook } from '../../contract/server.ts';
import { Dialog } from '../commands/Dialog.tsx';
import { useClient } from '../session/client.ts';
import { useChange } from '../session/use-change.ts';
import { AccountForm } from '../sign-in/AccountForm.tsx';
import { CertificateCheck } from './CertificateCheck.tsx';
import { CredentialsForm } from './CredentialsForm.tsx';
import './servers.css';

interface Props {
  /** Where it is known which server is meant. */
  readonly address: string | undefined;
  onClose(): void;
}

export function ConnectDialog({ address, onClose }: Props) {
  const { t } = useTranslation();
  const [look, setLook] = useState<ServerLook>();
  /** That the person has compared the certificate. */
  const [isSame, setSame] = useState(false);
  const back = (): void => {
    setLook(undefined);
    setSame(false);
  };
  return (
    <Dialog onClose={onClose} title={t('server.title')} size={480}>
      {!look ? (
        <AddressForm address={address} onFound={setLook} />
      ) : look.trust === 'unknown' && !isSame ? (
        <CertificateCheck look={look} onSame={() => setSame(true)} onBack={back} />
      ) : (
        <CredentialsForm look={look} onBack={back} />
      )}
    </Dialog>
  );
}

interface AddressProps {
  readonly address: string | undefined;
  onFound(look: ServerLook): void;
}

function AddressForm({ address, onFound }: AddressProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [entered, setEntered] = useState(address ?? '');
  const [changed, setChanged] = useState<Failure>();
  const forget = useChange('server.forget', ['server.list']);
  return (
    <AccountForm
      button={t('server.next')}
      isReady={entered.trim() !== ''}
      submit={async () => {
        setChanged(undefined);
        const reply = await client.call('server.look', { address: entered });
        if (reply.ok) onFound(reply.value);
        else if (reply.failure.code === 'certificate-changed') setChanged(reply.failure);
        return reply.ok ? undefined : reply.failure;
      }}
      beside={
        changed && (
          <Button
            variant="default"
            onClick={() => {
              setChanged(undefined);
              void forget.run({ address: entered });
            }}
          >
            {t('server.forget')}
          </Button>
        )
      }
    >
      <TextInput
        label={t('server.address')}
        description={t('server.lead')}
        placeholder="https://audit.example.org"
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="none"
        data-autofocus
        value={entered}
        onChange={(event) => {
          setChanged(undefined);
          setEntered(event.currentTarget.value);
        }}
      />
    </AccountForm>
  );
}
