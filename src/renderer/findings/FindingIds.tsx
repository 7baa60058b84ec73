/** The ids by which a finding and its streams are named in reports, to copy. */
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../contract/finding.ts';
import { useReport } from '../session/use-report.ts';
import { CopyButton } from '../ui/CopyButton.tsx';

export function FindingIds({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const { report } = useReport();
  const { streams = [] } = finding;
  return (
    <dl className="facts finding-ids">
      <div>
        <dt>{t('screen.findings.id')}</dt>
        <dd className="mono">
          {finding.id} <CopyButton value={finding.id} what={t('screen.findings.id')} />
        </dd>
      </div>
      {streams.length > 0 && (
        <div>
          <dt>{t('screen.findings.streams', { count: streams.length })}</dt>
          {streams.map((id) => {
            const stream = report.streams.find((candidate) => candidate.id === id);
            return (
              <dd key={id}>
                <span className="mono">{id}</span> <CopyButton value={id} what={t('report.stream')} />
                {stream && (
                  <span className="panel-note">
                    {t('screen.findings.stream', {
                      first: String(stream.firstSeq),
                      last: String(stream.lastSeq),
                      count: stream.entries,
                    })}
                  </span>
                )}
              </dd>
            );
          })}
        </div>
      )}
    </dl>
  );
}
