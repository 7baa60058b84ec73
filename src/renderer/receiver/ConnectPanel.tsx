/** What to enter on the sender's side, ready to copy. */
import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReceiverView } from '../../contract/receiver-calls.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Marked } from '../ui/Marked.tsx';
import {
  CONNECT_KINDS,
  type ConnectKind,
  isEverywhere,
  isLoopback,
  writeConnection,
} from './connect-text.ts';

interface Props {
  readonly view: ReceiverView;
  /** Of the sender that was just added. */
  readonly value: string | undefined;
}

export function ConnectPanel({ view, value }: Props) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ConnectKind>('environment');
  const [host, setHost] = useState(view.host);
  const { listeners, tls } = view.state;
  const caFile = tls?.caFile?.split(/[\\/]/).at(-1);
  const connection = {
    ...{ listeners, host, caFile, path: view.paths[0] ?? '' },
    value: value ?? t('receiver.connect.whose'),
  };
  const kinds = CONNECT_KINDS.filter((one) => writeConnection(one, connection) !== '');
  const shown = kinds.includes(kind) ? kind : kinds[0];
  const text = shown && writeConnection(shown, connection);
  return (
    <section className="panel" aria-labelledby="receiver-connect">
      <div className="panel-head">
        <h2 id="receiver-connect">{t('receiver.connect.title')}</h2>
      </div>
      <div className="panel-body receiver-connect">
        {text === undefined ? (
          <p className="panel-note">{t('receiver.connect.none')}</p>
        ) : (
          <>
            <SegmentedControl
              size="xs"
              aria-label={t('receiver.connect.kind')}
              value={shown ?? 'environment'}
              onChange={(next) => setKind(next as ConnectKind)}
              data={kinds.map((one) => ({ value: one, label: t(`receiver.connect.${one}`) }))}
            />
            {listeners.some(({ address }) => isEverywhere(address)) && (
              <TextInput
                size="xs"
                label={t('receiver.connect.host')}
                value={host}
                onChange={(event) => setHost(event.currentTarget.value.trim())}
                dir="ltr"
                spellCheck={false}
              />
            )}
            <div className="receiver-lines">
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus */}
              <pre className="mono" tabIndex={0}>
                {text}
              </pre>
              <CopyButton value={`${text}\n`} what={t('receiver.connect.text')} />
            </div>
            {listeners.every(({ address }) => isLoopback(address)) && (
              <p className="panel-note">{t('receiver.connect.loopback')}</p>
            )}
          </>
        )}
        {tls && (
          <dl className="facts">
            <div>
              <dt>{t('receiver.connect.certificate')}</dt>
              <dd className="mono">
                {tls.fingerprint}{' '}
                <CopyButton value={tls.fingerprint} what={t('receiver.connect.certificate')} />
              </dd>
            </div>
            {tls.caFile !== undefined && (
              <div>
                <dt>{t('receiver.connect.caFile')}</dt>
                <dd className="mono">
                  <Marked text={tls.caFile} />{' '}
                  <CopyButton value={tls.caFile} what={t('receiver.connect.caFile')} />
                </dd>
              </div>
            )}
          </dl>
        )}
      </div>
    </section>
  );
}
