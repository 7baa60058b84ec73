/** Coverage by node and UTC day: a strip of cells, darker with more entries, with a mark where entries are missing. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { Report } from '../../contract/report.ts';
import { CopyName } from '../session/CopyName.tsx';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { selectCopy } from '../session/sources.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import { narrowPeriod } from '../ui/period.ts';
import { CoverageCells } from './CoverageCells.tsx';
import { boundDays, type CoverageCell, layOutCoverage } from './coverage-grid.ts';

const MAX_CELLS = 62;

export function CoveragePanel({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  const grid = useMemo(() => layOutCoverage(report.coverage, MAX_CELLS), [report.coverage]);
  const [firstCell] = grid.rows[0]?.cells ?? [];
  const lastCell = grid.rows[0]?.cells.at(-1);

  function tellCell(cell: CoverageCell): string {
    const days =
      cell.firstDay === cell.lastDay
        ? format.utcDay(cell.firstDay)
        : t('report.period', { from: format.utcDay(cell.firstDay), to: format.utcDay(cell.lastDay) });
    const missing = cell.missing > 0 ? [t('report.atLeastMissing', { count: cell.missing })] : [];
    return [days, t('n.entry', { count: cell.entries }), ...missing].join(' · ');
  }

  return (
    <section className="panel coverage" aria-labelledby="coverage-title">
      <div className="panel-head">
        <h2 id="coverage-title">{t('screen.overview.coverage')}</h2>
        <p className="panel-note">{t('screen.overview.cellDays', { count: grid.daysPerCell })}</p>
      </div>
      <div className="panel-body coverage-scroll">
        <div className="coverage-rows">
          {grid.rows.map(({ node, source, cells }) => (
            <div key={`${source} ${node}`} className="coverage-row">
              <span className="coverage-node" title={showMarks(node)}>
                <Marked text={node} /> <CopyName source={source} />
              </span>
              <CoverageCells
                cells={cells}
                most={grid.most}
                label={t('screen.overview.coverageRow', {
                  node: showMarks(node),
                  with: cells.filter((cell) => cell.entries > 0).length,
                  cells: cells.length,
                  missing: cells.filter((cell) => cell.missing > 0).length,
                })}
                tell={tellCell}
                onOpen={({ firstDay, lastDay }) =>
                  go({
                    screen: 'entries',
                    entry: undefined,
                    filter: {
                      ...selectCopy(report, source),
                      node: [node],
                      ...narrowPeriod(boundDays(firstDay, lastDay), report.requested),
                    },
                  })
                }
              />
            </div>
          ))}
        </div>
        {firstCell && lastCell && (
          <div className="coverage-foot">
            <span>{format.utcDay(firstCell.firstDay)}</span>
            <span className="coverage-legend">
              <span>
                <i data-shade={0} /> {t('html.legendNoEntry')}
              </span>
              <span>
                <i data-shade={1} /> <i data-shade={3} /> <i data-shade={5} />{' '}
                {t('html.legendMany', { value: grid.most })}
              </span>
              <span>
                <i data-shade={1} data-missing /> {t('html.legendMissing')}
              </span>
            </span>
            <span>{format.utcDay(lastCell.lastDay)}</span>
          </div>
        )}
      </div>
    </section>
  );
}
