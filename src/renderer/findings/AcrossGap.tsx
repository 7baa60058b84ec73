/** What the users and the records on the sides of a gap did just before it, in its time, and just after it. */
import { Skeleton } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Finding, Place } from '../../contract/finding.ts';
import { makeQuery, useClient } from '../session/client.ts';
import { selectCopy } from '../session/sources.ts';
import { useReport } from '../session/use-report.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { AcrossSubject } from './AcrossSubject.tsx';
import { divideTime, listSubjects } from './across-gap.ts';
import './across-gap.css';

/** Of more lines on one side than these nothing is looked up. */
const MAX_LINES = 3;

export function AcrossGap({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const { workspace, report } = useReport();
  const before = finding.before?.slice(0, MAX_LINES) ?? [];
  const after = finding.after?.slice(0, MAX_LINES) ?? [];
  const lines = useQueries({
    queries: [...before, ...after].map(({ path, line }) =>
      makeQuery(client, 'entries.at', { workspace, path, line }),
    ),
  });
  const rows = lines.map(({ data }, index) => {
    const { seq }: Partial<Place> = before[index] ?? after[index - before.length] ?? {};
    // A glued line holds several entries.
    return data?.rows.find((row) => row.seq === seq) ?? data?.rows[0];
  });
  const found = (from: number, to?: number) => rows.slice(from, to).filter((row) => row !== undefined);
  const subjects = listSubjects(found(0, before.length), found(before.length));
  const times = divideTime(finding);
  const isPending = lines.some((line) => line.isPending);
  if (!times || (!isPending && subjects.length === 0)) return null;
  return (
    <section className="panel" aria-labelledby="across-title">
      <div className="panel-head">
        <h3 id="across-title" className="section-title">
          {t('screen.around.gap.title')}
        </h3>
        <p className="panel-note">{t('screen.time.allIn', { zone: format.zone })}</p>
      </div>
      <div className="panel-body across">
        {isPending && <Skeleton height={180} />}
        {!isPending &&
          subjects.map((subject) => (
            <AcrossSubject
              key={subject.key}
              workspace={workspace}
              finding={finding}
              subject={subject}
              copy={selectCopy(report, finding.source)}
              times={times}
            />
          ))}
      </div>
    </section>
  );
}
