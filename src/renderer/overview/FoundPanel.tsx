/** What was found against what was asked for. */
import { useTranslation } from 'react-i18next';
import type { Report } from '../../contract/report.ts';
import { useCall, useClient } from '../session/client.ts';
import { useSession } from '../session/SessionProvider.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { type Format, readMicros } from '../ui/format.ts';
import { PeriodButton } from './PeriodButton.tsx';

export function FoundPanel({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { requested, found, compared } = report;
  const unit = (key: string, count: number) => t(`n.${key}`, { count });
  return (
    <section className="panel found" aria-labelledby="found-title">
      <div className="panel-head">
        <h2 id="found-title">{t('screen.overview.found')}</h2>
        <p className="panel-note">{t('screen.time.allIn', { zone: format.zone })}</p>
      </div>
      <dl className="facts panel-body">
        <div>
          <dt>{t('screen.overview.requested')}</dt>
          <dd>
            {requested.from === undefined && requested.to === undefined
              ? t('screen.overview.everything')
              : t('report.period', {
                  from: tellTime(requested.from, format),
                  to: tellTime(requested.to, format),
                })}{' '}
            <PeriodButton requested={requested} />
          </dd>
        </div>
        <div>
          <dt>{t('screen.overview.firstEntry')}</dt>
          <dd>{tellTime(found.firstTs, format)}</dd>
        </div>
        <div>
          <dt>{t('screen.overview.lastEntry')}</dt>
          <dd>{tellTime(found.lastTs, format)}</dd>
        </div>
        <div>
          <dt>{t('screen.overview.extent')}</dt>
          <dd>
            {[unit('day', found.days), unit('node', found.nodes), unit('file', found.files)].join(' · ')}
          </dd>
        </div>
        <div>
          <dt>{t('screen.overview.compared')}</dt>
          <dd>
            {t(`screen.overview.comparedWith.${compared?.with ?? 'none'}`)} <CompareButton />
            {compared && (
              <p className="panel-note">
                {t('text.comparedTotals', compared)}
                {compared.notRead > 0 && `; ${t('text.comparedNotRead', { count: compared.notRead })}`}
                {compared.removed !== undefined &&
                  `; ${t('text.comparedRemoved', { count: compared.removed })}`}
              </p>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** Checks again, against a record that the person chooses. Only where there is a dialog to choose in. */
function CompareButton() {
  const { t } = useTranslation();
  const client = useClient();
  const session = useSession();
  const info = useCall('app.info', {});
  const { opened } = session;
  if (info.data?.shell !== 'desktop' || !opened) return null;
  async function compare(): Promise<void> {
    const reply = await client.call('source.choose', { what: 'record' });
    const [against] = reply.ok ? reply.value.paths : [];
    if (against !== undefined) session.open({ ...opened, against });
  }
  return (
    <button type="button" className="link" onClick={() => void compare()}>
      {t('screen.overview.compare')}
    </button>
  );
}

function tellTime(ts: string | undefined, format: Format): string {
  return ts === undefined ? '…' : format.timeShort(readMicros(ts));
}
