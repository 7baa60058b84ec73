/** Who and what most entries are of, as bars with exact counts; a click leads to the entries. */
import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../session/client.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { nameCopy, selectCounted } from '../session/sources.ts';
import { useReport } from '../session/use-report.ts';
import { BarList } from '../ui/BarList.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { Marked } from '../ui/Marked.tsx';

const FACETS = ['user', 'model', 'action'] as const;
const SHOWN = 6;

export function BusiestPanel() {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const { workspace, report } = useReport();
  // Of several copies the fullest is counted, as in the charts.
  const { source } = report.totals;
  const counted = useMemo(() => selectCounted(report, source), [report, source]);
  const facets = useCall('entries.facets', { workspace, filter: counted }, { keep: true });
  const name = nameCopy(report, source);
  return (
    <section className="panel busiest" aria-labelledby="busiest-title">
      <div className="panel-head">
        <h2 id="busiest-title">{t('screen.overview.busiest')}</h2>
        {(name !== undefined || report.totals.salvaged > 0) && (
          <p className="panel-note">
            {name !== undefined && <Marked text={t('screen.overview.ofCopy', { source: name })} />}{' '}
            {report.totals.salvaged > 0 &&
              t('screen.overview.withSalvaged', { count: report.totals.salvaged })}
          </p>
        )}
      </div>
      <div className="panel-body busiest-lists">
        {facets.error && <FailureNotice failure={facets.error.failure} />}
        {facets.isPending && <Skeleton height={140} />}
        {facets.data &&
          FACETS.map((facet) => {
            const values = facets.data[facet];
            return (
              <BarList
                key={facet}
                title={t(`screen.column.${facet}`)}
                total={values.length}
                items={values.slice(0, SHOWN).map(({ value, count }) => ({ key: value, text: value, count }))}
                onOpen={(value) =>
                  go({ screen: 'entries', entry: undefined, filter: { ...counted, [facet]: [value] } })
                }
              />
            );
          })}
      </div>
    </section>
  );
}
