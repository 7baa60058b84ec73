/** The doctor: looks at the backends when asked, and says what to do. */
import { Button, Checkbox } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconHelpCircle,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorReport, DoctorResult, DoctorState } from '../../contract/doctor.ts';
import type { Failure } from '../../contract/failure.ts';
import type { SettingsOwner } from '../../contract/setting.ts';
import { useClient } from '../session/client.ts';
import { useReport } from '../session/use-report.ts';
import { FactSentence } from '../ui/FactSentence.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';

const looks: Readonly<Record<DoctorState, { icon: typeof IconHelpCircle; tone: string }>> = {
  good: { icon: IconCircleCheck, tone: 'intact' },
  warning: { icon: IconAlertTriangle, tone: 'incomplete' },
  bad: { icon: IconCircleX, tone: 'contradicted' },
  unknown: { icon: IconHelpCircle, tone: 'none' },
  off: { icon: IconCircleDashed, tone: 'none' },
};

export function DoctorPanel({ owner }: { readonly owner: SettingsOwner }) {
  const { t } = useTranslation();
  const client = useClient();
  const { workspace } = useReport();
  const [sendTestEntry, setSending] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [report, setReport] = useState<DoctorReport>();
  const [failure, setFailure] = useState<Failure>();

  async function run(): Promise<void> {
    setBusy(true);
    const reply = await client.call('doctor.run', { owner, sendTestEntry, workspace });
    setBusy(false);
    setFailure(reply.ok ? undefined : reply.failure);
    setReport(reply.ok ? reply.value : undefined);
  }

  const bad = report?.results.filter(({ state }) => state === 'bad').length ?? 0;
  return (
    <section className="panel doctor" aria-labelledby="doctor-title">
      <div className="panel-head">
        <h2 id="doctor-title">{t('doctor.title')}</h2>
      </div>
      <div className="panel-body">
        <p className="panel-note">{t('doctor.lead')}</p>
        <Checkbox
          size="xs"
          mt={10}
          label={t('doctor.sendTestEntry')}
          checked={sendTestEntry}
          onChange={(event) => setSending(event.currentTarget.checked)}
        />
        <Button size="xs" mt={10} loading={isBusy} onClick={() => void run()}>
          {t(report ? 'doctor.again' : 'doctor.run')}
        </Button>
        <div aria-live="polite">
          {failure && <FailureNotice failure={failure} />}
          {report && (
            <>
              <p className="doctor-summary tone" data-tone={bad > 0 ? 'contradicted' : 'intact'}>
                {bad > 0 ? t('doctor.summary.bad', { count: bad }) : t('doctor.summary.good')}
              </p>
              <ul className="doctor-results">
                {report.results.map((result) => (
                  <DoctorLine key={result.check} result={result} />
                ))}
              </ul>
            </>
          )}
        </div>
      </div>
    </section>
  );
}

function DoctorLine({ result }: { readonly result: DoctorResult }) {
  const { t, i18n } = useTranslation();
  const { check, state, code, facts } = result;
  const { icon: Picture, tone } = looks[state];
  const advice = `doctor.do.${code}`;
  return (
    <li>
      <Picture
        size={16}
        stroke={1.8}
        className="tone"
        data-tone={tone}
        aria-label={t(`doctor.state.${state}`)}
      />
      <div>
        <h3>{t(`doctor.check.${check}`)}</h3>
        <p>
          <FactSentence say={`doctor.says.${code}`} facts={facts} />
        </p>
        {i18n.exists(advice) && (
          <p className="doctor-advice">
            <strong>{t('doctor.todo')}</strong> {t(advice)}
          </p>
        )}
      </div>
    </li>
  );
}
