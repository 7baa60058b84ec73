/** Who may send: added with a value that is shown once, given another one, or revoked. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconPlus, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import type { SenderView } from '../../contract/receiver-calls.ts';
import { makeQuery, useCall, useClient } from '../session/client.ts';
import { useChange } from '../session/use-change.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { SenderForm } from './SenderForm.tsx';

interface Props {
  /** The value that was just given, while it is shown. */
  readonly value: string | undefined;
  onValue(value: string | undefined): void;
}

interface Asked {
  readonly name: string;
  readonly what: 'rotate' | 'revoke';
}

export function SendersPanel({ value, onValue }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const list = useCall('senders.list', {});
  const revoke = useChange('senders.revoke', ['senders.list']);
  const [isAdding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const [failure, setFailure] = useState<Failure>();
  const [whose, setWhose] = useState('');
  const senders = list.data?.senders ?? [];

  async function give(
    name: string,
    allow: string[] | undefined,
    isNew: boolean,
  ): Promise<Failure | undefined> {
    const reply = isNew
      ? await client.call('senders.add', { name, ...(allow && { allow }) })
      : await client.call('senders.rotate', { name });
    await queries.invalidateQueries({ queryKey: makeQuery(client, 'senders.list', {}).queryKey });
    if (!reply.ok) return reply.failure;
    setWhose(name);
    onValue(reply.value.value ?? undefined);
    return undefined;
  }

  async function carryOut({ name, what }: Asked): Promise<void> {
    setAsked(undefined);
    if (what === 'revoke') await revoke.run({ name });
    else setFailure(await give(name, undefined, false));
  }

  return (
    <section className="panel" aria-labelledby="receiver-senders">
      <div className="panel-head">
        <h2 id="receiver-senders">{t('receiver.senders.title')}</h2>
        {!isAdding && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={13} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('receiver.senders.add')}
          </Button>
        )}
      </div>
      <div className="panel-body receiver-senders">
        <p className="panel-note">
          {t(list.data && senders.length === 0 ? 'receiver.senders.none' : 'receiver.senders.text')}
        </p>
        {list.error && <FailureNotice failure={list.error.failure} />}
        {failure && <FailureNotice failure={failure} />}
        {revoke.failure && <FailureNotice failure={revoke.failure} />}
        {isAdding && (
          <SenderForm
            taken={senders.map(({ name }) => name)}
            onClose={() => setAdding(false)}
            onAdd={(name, allow) => give(name, allow, true)}
          />
        )}
        {value !== undefined && (
          <div className="receiver-once" role="status">
            <p>{t('receiver.senders.once', { name: whose })}</p>
            <p className="mono receiver-value">
              {value} <CopyButton value={value} what={t('receiver.senders.valueOf')} />
            </p>
            <Button size="compact-xs" variant="default" onClick={() => onValue(undefined)}>
              {t('receiver.senders.seen')}
            </Button>
          </div>
        )}
        <ul>
          {senders.map((sender) => (
            <SenderLine
              key={sender.name}
              sender={sender}
              asked={asked?.name === sender.name ? asked.what : undefined}
              onAsk={(what) => setAsked(what && { name: sender.name, what })}
              onYes={(what) => void carryOut({ name: sender.name, what })}
            />
          ))}
        </ul>
      </div>
    </section>
  );
}

interface LineProps {
  readonly sender: SenderView;
  readonly asked: Asked['what'] | undefined;
  onAsk(what: Asked['what'] | undefined): void;
  onYes(what: Asked['what']): void;
}

function SenderLine({ sender: { name, by, allow, revokedAt }, asked, onAsk, onYes }: LineProps) {
  const { t } = useTranslation();
  const acts = [
    { what: 'rotate', icon: IconRefresh, is: by === 'value' },
    { what: 'revoke', icon: IconTrash, is: revokedAt === undefined },
  ] as const;
  return (
    <li data-revoked={revokedAt !== undefined}>
      <div className="receiver-sender">
        <strong>{name}</strong>
        <span className="panel-note">
          {revokedAt === undefined
            ? by === 'address'
              ? allow.join(', ')
              : t(`receiver.senders.${by}`)
            : t('receiver.senders.revoked')}
        </span>
        {acts
          .filter(({ is }) => is)
          .map(({ what, icon: Picture }) => (
            <Tooltip key={what} label={t(`receiver.senders.${what}`, { name })}>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t(`receiver.senders.${what}`, { name })}
                onClick={() => onAsk(what)}
              >
                <Picture size={14} />
              </ActionIcon>
            </Tooltip>
          ))}
      </div>
      {asked && (
        <div className="receiver-sure" role="alert">
          <p>
            {t(asked === 'rotate' ? 'receiver.senders.sureRotate' : 'receiver.senders.sureRevoke', { name })}
          </p>
          <Button size="compact-xs" onClick={() => onYes(asked)}>
            {t(asked === 'rotate' ? 'receiver.senders.yesRotate' : 'receiver.senders.yesRevoke')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => onAsk(undefined)}>
            {t('receiver.senders.cancel')}
          </Button>
        </div>
      )}
    </li>
  );
}
