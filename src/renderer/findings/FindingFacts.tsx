/** A finding's figures: node, seqs, times on both sides and how far they lie apart, confidence. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../contract/finding.ts';
import { CopyName } from '../session/CopyName.tsx';
import { nameCopy } from '../session/sources.ts';
import { useReport } from '../session/use-report.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { readMicros } from '../ui/format.ts';
import { Marked } from '../ui/Marked.tsx';
import { tellSeqs } from './tell-finding.ts';

export function FindingFacts({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { report } = useReport();
  const from = readMicros(finding.fromTs ?? '');
  const to = readMicros(finding.toTs ?? '');
  const where = finding.line === undefined ? finding.path : `${finding.path}:${finding.line}`;
  const facts: [label: string, value: ReactNode][] = [
    [t('screen.column.node'), finding.node !== undefined && <Marked text={finding.node} />],
    [
      t(finding.kind === 'missing-in-copy' ? 'screen.findings.missingIn' : 'screen.column.copy'),
      nameCopy(report, finding.source) !== undefined && <CopyName source={finding.source} />,
    ],
    [t('screen.column.seq'), tellSeqs(finding, t)],
    [
      t(from === to ? 'screen.time.columnIn' : 'screen.findings.notBefore', { zone: format.zone }),
      !Number.isNaN(from) && format.time(from),
    ],
    [
      t('screen.findings.notAfter', { zone: format.zone }),
      !Number.isNaN(to) && from !== to && format.time(to),
    ],
    [t('screen.findings.span'), !Number.isNaN(to - from) && to !== from && format.span((to - from) / 1000)],
    [
      t(finding.line === undefined ? 'screen.column.path' : 'screen.column.place'),
      where !== undefined && (
        <span className="mono">
          <Marked text={where} />
        </span>
      ),
    ],
    [
      t('screen.findings.confidence'),
      // What may be on its way has no cause yet to be confident of.
      !finding.provisional && finding.confidence && (
        <span className="confidence" data-confidence={finding.confidence}>
          <i aria-hidden />
          <i aria-hidden />
          <i aria-hidden />
          {t(`confidence.${finding.confidence}`)}
        </span>
      ),
    ],
  ];
  return (
    <dl className="facts finding-facts">
      {facts
        .filter(([, value]) => Boolean(value))
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
