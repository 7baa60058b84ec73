/** The verdict in one sentence, and the ways to what it rests on. */
import { Button } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../contract/report.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { useSession } from '../session/SessionProvider.tsx';
import { listDeciding } from '../ui/finding-look.ts';
import { isOpenPeriod } from '../ui/period.ts';
import { Sentence } from '../ui/Sentence.tsx';
import { verdictIcons } from '../ui/verdict-look.ts';

export function VerdictPanel({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const isServed = useSession().workspace?.served === true;
  const Picture = verdictIcons[report.verdict];
  const { findings, requested, found } = report;
  const deciding = listDeciding(findings).length;
  if (isServed && report.verdict === 'none') return <NothingReceived />;
  return (
    <section className="panel verdict" data-tone={report.verdict} aria-labelledby="verdict-title">
      <Picture size={34} stroke={1.6} className="verdict-picture" aria-hidden />
      <div>
        <h1 id="verdict-title">{t(`verdictName.${report.verdict}`)}</h1>
        <p className="verdict-sentence">
          <Sentence group="verdict" statement={report.statement} />
        </p>
        <p className="verdict-says">
          {t(`verdictSays.${report.statement.code === 'intact-open' ? 'intact-open' : report.verdict}`)}
        </p>
        {found.outside !== undefined && found.outside > 0 && report.verdict !== 'none' && (
          <p className="verdict-says">{t('report.outside', { count: found.outside })}</p>
        )}
        <div className="verdict-ways">
          {findings.length > 0 && (
            <Button
              size="xs"
              variant={deciding > 0 ? 'filled' : 'default'}
              onClick={() => go({ screen: 'findings' })}
            >
              {deciding > 0
                ? t('screen.overview.seeFindings', { count: deciding })
                : t('screen.overview.seeInforming', { count: findings.length })}
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            onClick={() =>
              go({ screen: 'entries', ...(isOpenPeriod(requested) ? {} : { filter: requested }) })
            }
          >
            {t('screen.overview.seeEntries')}
          </Button>
        </div>
      </div>
    </section>
  );
}

/** Before the first entry there is no verdict to give, and nothing is wrong. */
function NothingReceived() {
  const { t } = useTranslation();
  return (
    <section className="panel verdict" data-tone="none" aria-labelledby="verdict-title">
      <IconInbox size={34} stroke={1.6} className="verdict-picture" aria-hidden />
      <div role="status">
        <h1 id="verdict-title">{t('signIn.waiting')}</h1>
        <p className="verdict-sentence">{t('signIn.waitingText')}</p>
      </div>
    </section>
  );
}
