/** Of what people are told and by which ways, with a test of these; a secret is entered, and never shown. */
import { Button, Checkbox, NumberInput, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AlertKind } from '../../contract/alert.ts';
import type { AlertChoice } from '../../contract/alert-calls.ts';
import type { Calls } from '../../contract/api.ts';
import type { Failure } from '../../contract/failure.ts';
import { makeQuery, useClient } from '../session/client.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { Marked } from '../ui/Marked.tsx';
import { type AlertDraft, draftAlerts, readDraft } from './alert-draft.ts';

const FIELD = { size: 'xs', dir: 'ltr', spellCheck: false, autoComplete: 'off' } as const;

export function AlertsForm({ choice }: { readonly choice: AlertChoice }) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftAlerts(choice));
  const [failure, setFailure] = useState<Failure>();
  const [isSaved, setSaved] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [tried, setTried] = useState<Calls['alerts.test']['output']['ways']>();
  const asked = readDraft(draft, choice);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftAlerts(choice));
  const isUrlWrong = draft.url.trim() !== '' && !asked;

  const change = (part: Partial<AlertDraft>): void => {
    setSaved(false);
    setTried(undefined);
    setDraft((before) => ({ ...before, ...part }));
  };

  async function keep(): Promise<void> {
    if (!asked) return;
    setBusy(true);
    const reply = await client.call('alerts.set', asked);
    setBusy(false);
    setFailure(reply.ok ? undefined : reply.failure);
    setSaved(reply.ok);
    if (!reply.ok) return;
    queries.setQueryData(makeQuery(client, 'alerts.get', {}).queryKey, reply.value);
    setDraft(draftAlerts(reply.value));
  }

  async function tryOut(): Promise<void> {
    if (!asked) return;
    setBusy(true);
    const reply = await client.call('alerts.test', asked);
    setBusy(false);
    setFailure(reply.ok ? undefined : reply.failure);
    setTried(reply.ok ? reply.value.ways : undefined);
  }

  return (
    <section className="panel" aria-labelledby="receiver-alerts">
      <div className="panel-head">
        <h2 id="receiver-alerts">{t('receiver.alerts.title')}</h2>
      </div>
      <form
        className="panel-body receiver-form"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <p className="panel-note">{t('receiver.alerts.lead')}</p>
        <Checkbox.Group
          size="xs"
          label={t('receiver.alerts.kinds')}
          value={[...draft.kinds]}
          onChange={(kinds) => change({ kinds: AlertKind.options.filter((kind) => kinds.includes(kind)) })}
        >
          <div className="receiver-kinds">
            {AlertKind.options.map((kind) => (
              <Checkbox key={kind} size="xs" value={kind} label={t(`receiver.alerts.kind.${kind}`)} />
            ))}
          </div>
        </Checkbox.Group>
        <div className="receiver-ways">
          <NumberInput
            size="xs"
            label={t('receiver.alerts.settle')}
            min={0}
            value={draft.settleSeconds}
            onChange={(settleSeconds) => change({ settleSeconds })}
          />
          <NumberInput
            size="xs"
            label={t('receiver.alerts.silent')}
            placeholder={t('receiver.alerts.off')}
            min={1}
            value={draft.silentMinutes}
            onChange={(silentMinutes) => change({ silentMinutes })}
          />
          <NumberInput
            size="xs"
            label={t('receiver.alerts.disk')}
            min={0}
            decimalScale={2}
            value={draft.lowDiskGib}
            onChange={(lowDiskGib) => change({ lowDiskGib })}
          />
        </div>
        <Checkbox
          size="xs"
          label={t('receiver.alerts.desktop')}
          checked={draft.desktop}
          onChange={(event) => change({ desktop: event.currentTarget.checked })}
        />
        <TextInput
          {...FIELD}
          label={t('receiver.alerts.webhook')}
          placeholder="https://chat.example.org/hooks/unbroken"
          value={draft.url}
          error={isUrlWrong && t('receiver.alerts.webhookBad')}
          onChange={(event) => change({ url: event.currentTarget.value })}
        />
        <PasswordInput
          {...FIELD}
          autoComplete="new-password"
          label={t('receiver.alerts.authorization')}
          description={t('receiver.alerts.authorizationHint')}
          disabled={draft.url.trim() === ''}
          value={draft.authorization}
          visible={false}
          visibilityToggleButtonProps={{ style: { display: 'none' } }}
          onChange={(event) => change({ authorization: event.currentTarget.value })}
        />
        <Textarea
          {...FIELD}
          autosize
          minRows={1}
          maxRows={5}
          label={t('receiver.alerts.command')}
          description={t('receiver.alerts.commandHint')}
          placeholder="/usr/local/bin/tell-the-operator"
          value={draft.command}
          onChange={(event) => change({ command: event.currentTarget.value })}
        />
        {failure && <FailureNotice failure={failure} />}
        <div className="receiver-buttons">
          <Button size="xs" type="submit" disabled={!isChanged || !asked} loading={isBusy}>
            {t('receiver.alerts.save')}
          </Button>
          <Button size="xs" variant="default" disabled={!asked || isBusy} onClick={() => void tryOut()}>
            {t('receiver.alerts.test')}
          </Button>
        </div>
        <div className="panel-note" role="status">
          {isSaved && !isChanged && t('receiver.alerts.saved')}
          {tried?.length === 0 && t('receiver.alerts.noWay')}
          {tried?.map(({ way, failed }) => (
            <p key={way}>
              {t(`receiver.alerts.${failed === null ? 'arrived' : 'failed'}.${way}`)}{' '}
              {failed !== null && <Marked text={failed} />}
            </p>
          ))}
        </div>
      </form>
    </section>
  );
}
