/** The receiver's settings as a form; what it does not show keeps its value. */
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import type { ReceiverChoice, ReceiverView } from '../../contract/receiver-calls.ts';
import { makeQuery, useCall, useClient } from '../session/client.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';

interface Props {
  readonly view: ReceiverView;
  readonly choice: ReceiverChoice;
}

const ADDRESS = /^(?:\[[0-9a-fA-F:.]+\]|[^:[\]\s]+):\d{1,5}$/;
const ways = [
  { way: 'udp', label: 'udp' },
  { way: 'tcp', label: 'tcp' },
  { way: 'tls', label: 'tlsAddress' },
  { way: 'relp', label: 'relp' },
] as const;

export function SettingsForm({ view, choice }: Props) {
  const { t } = useTranslation();
  const isDesktop = useCall('app.info', {}).data?.shell === 'desktop';
  const client = useClient();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<Failure>();
  const [asked, setAsked] = useState(choice);
  const [isBusy, setBusy] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const { http, syslog } = asked.settings;
  const isChanged = JSON.stringify(asked) !== JSON.stringify(choice);
  const isListening = view.state.state !== 'stopped';
  const isOther = JSON.stringify(asked.settings) !== JSON.stringify(choice.settings);
  const texts = [http.address, ...ways.map(({ way }) => syslog[way])];
  const isSound = texts.every((text) => text === undefined || ADDRESS.test(text));

  const change = (part: Partial<ReceiverChoice>): void => {
    setSaved(false);
    setAsked((before) => ({ ...before, ...part }));
  };
  const changeSettings = (part: Partial<ReceiverChoice['settings']>): void =>
    change({ settings: { ...asked.settings, ...part } });

  async function keep(): Promise<void> {
    setBusy(true);
    const reply = await client.call('receiver.configure', asked);
    setBusy(false);
    setFailure(reply.ok ? undefined : reply.failure);
    setSaved(reply.ok);
    // As it is kept, so that what is compared is written alike.
    if (reply.ok) {
      setAsked(reply.value);
      queries.setQueryData(makeQuery(client, 'receiver.settings', {}).queryKey, reply.value);
    }
    // It may have been started again, or not.
    void queries.invalidateQueries({ queryKey: makeQuery(client, 'receiver.status', {}).queryKey });
  }

  const field = (
    label: string,
    value: string,
    onChange: (text: string) => void,
    about: object = {},
  ): ReactNode => (
    <TextInput
      size="xs"
      label={label}
      value={value}
      error={value !== '' && !ADDRESS.test(value) && t('receiver.settings.addressBad')}
      onChange={(event) => onChange(event.currentTarget.value.trim())}
      dir="ltr"
      spellCheck={false}
      autoComplete="off"
      {...about}
    />
  );

  return (
    <section className="panel" aria-labelledby="receiver-settings">
      <div className="panel-head">
        <h2 id="receiver-settings">{t('receiver.settings.title')}</h2>
      </div>
      <form
        className="panel-body receiver-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isSound) void keep();
        }}
      >
        {field(t('receiver.settings.httpAddress'), http.address, (address) =>
          changeSettings({ http: { ...http, address } }),
        )}
        <Checkbox
          size="xs"
          label={t('receiver.settings.tls')}
          checked={http.tls}
          onChange={(event) => changeSettings({ http: { ...http, tls: event.currentTarget.checked } })}
        />
        <div className="receiver-ways">
          {ways.map(({ way, label }) => (
            <div key={way}>
              {field(
                t(`receiver.settings.${label}`),
                syslog[way] ?? '',
                (text) => {
                  const { [way]: _, ...others } = syslog;
                  changeSettings({ syslog: text === '' ? others : { ...others, [way]: text } });
                },
                { placeholder: t('receiver.settings.off') },
              )}
            </div>
          ))}
        </div>
        {field(
          t('receiver.settings.data'),
          asked.data ?? '',
          (data) => change({ data: data === '' ? null : data }),
          {
            placeholder: view.data,
            error: undefined,
            description: t('receiver.settings.dataHint'),
            disabled: view.spool !== null || isListening,
          },
        )}
        <Checkbox
          size="xs"
          label={t('receiver.settings.withApp')}
          checked={asked.withApp}
          onChange={(event) => change({ withApp: event.currentTarget.checked })}
        />
        {isDesktop && (
          <Checkbox
            size="xs"
            label={t('receiver.settings.atLogin')}
            checked={asked.atLogin}
            onChange={(event) => change({ atLogin: event.currentTarget.checked })}
          />
        )}
        {failure && <FailureNotice failure={failure} />}
        <div className="receiver-buttons">
          <Button size="xs" type="submit" disabled={!isChanged || !isSound} loading={isBusy}>
            {t(isListening && isOther ? 'receiver.settings.saveRestart' : 'receiver.settings.save')}
          </Button>
          <span className="panel-note" role="status">
            {isSaved && !isChanged && t('receiver.settings.saved')}
          </span>
        </div>
      </form>
    </section>
  );
}
