/** Sends a marked entry by each way, and shows how far it came. */
import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import type { SelfTestWay } from '../../contract/receiver-calls.ts';
import { useClient } from '../session/client.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import { acknowledges } from './connect-text.ts';

const steps = ['sent', 'acknowledged', 'onDisk', 'read'] as const;

export function SelfTestPanel({ isRunning }: { readonly isRunning: boolean }) {
  const { t } = useTranslation();
  const client = useClient();
  const [isBusy, setBusy] = useState(false);
  const [ways, setWays] = useState<readonly SelfTestWay[]>();
  const [failure, setFailure] = useState<Failure>();

  async function run(): Promise<void> {
    setBusy(true);
    const reply = await client.call('receiver.selfTest', {});
    setBusy(false);
    setFailure(reply.ok ? undefined : reply.failure);
    setWays(reply.ok ? reply.value.ways : undefined);
  }

  return (
    <section className="panel" aria-labelledby="receiver-test">
      <div className="panel-head">
        <h2 id="receiver-test">{t('receiver.test.title')}</h2>
      </div>
      <div className="panel-body receiver-test">
        <p className="panel-note">{t(isRunning ? 'receiver.test.text' : 'receiver.test.stopped')}</p>
        <Button size="xs" variant="default" disabled={!isRunning} loading={isBusy} onClick={() => void run()}>
          {t(ways ? 'receiver.test.again' : 'receiver.test.run')}
        </Button>
        <div aria-live="polite">
          {failure && <FailureNotice failure={failure} />}
          {ways?.map((way) => (
            <Way key={`${way.transport} ${way.address}`} way={way} />
          ))}
        </div>
      </div>
    </section>
  );
}

function Way({ way }: { readonly way: SelfTestWay }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { transport, failed, detail } = way;
  const firstMissing = steps.find((step) => way.steps[step] === undefined && isExpected(transport, step));
  return (
    <div className="receiver-way">
      <h3>{t(`receiver.transport.${transport}`)}</h3>
      <ol>
        {steps.map((step) => {
          const ms = way.steps[step];
          const isFailed = failed !== undefined && step === firstMissing;
          const tone = isFailed ? 'contradicted' : ms === undefined ? 'none' : 'intact';
          const Picture = isFailed ? IconCircleX : ms === undefined ? IconCircleDashed : IconCircleCheck;
          return (
            <li key={step} data-tone={tone}>
              <Picture size={15} stroke={1.8} className="tone" aria-hidden />
              <span>{t(`receiver.test.step.${step}`)}</span>
              <span className="panel-note">
                {ms !== undefined && t('receiver.test.after', { span: format.span(ms) })}
                {!isExpected(transport, step) && t('receiver.test.noAnswer')}
              </span>
            </li>
          );
        })}
      </ol>
      {failed && (
        <p className="tone" data-tone="contradicted">
          {t(`receiver.test.failed.${failed}`)}{' '}
          {detail !== undefined && (
            <span className="mono">
              <Marked text={detail} />
            </span>
          )}
        </p>
      )}
    </div>
  );
}

function isExpected(transport: SelfTestWay['transport'], step: (typeof steps)[number]): boolean {
  return step !== 'acknowledged' || acknowledges(transport);
}
