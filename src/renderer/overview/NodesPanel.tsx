/** Each node with its figures; a click leads to its entries. */
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../contract/report.ts';
import { CopyName } from '../session/CopyName.tsx';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { countSalvagedOf, selectCounted } from '../session/sources.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { readMicros } from '../ui/format.ts';
import { Marked } from '../ui/Marked.tsx';
import { useShownPart } from '../ui/use-shown-part.tsx';

export function NodesPanel({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  const { shown, more } = useShownPart(report.nodes);
  return (
    <section className="panel nodes" aria-labelledby="nodes-title">
      <div className="panel-head">
        <h2 id="nodes-title">{t('screen.overview.nodes')}</h2>
      </div>
      <div className="panel-body table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('screen.column.node')}</th>
              <th scope="col" className="figure">
                {t('screen.total.entries')}
              </th>
              <th scope="col" className="figure">
                {t('screen.total.streams')}
              </th>
              <th scope="col" className="figure">
                {t('screen.total.missing')}
              </th>
              <th scope="col">{t('screen.time.extentIn', { zone: format.zone })}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((node) => (
              <Fragment key={`${node.source} ${node.node}`}>
                <tr className={node.inferred && 'nodes-explained'}>
                  <td>
                    <button
                      type="button"
                      className="link"
                      onClick={() =>
                        go({
                          screen: 'entries',
                          filter: { ...selectCounted(report, node.source), node: [node.node] },
                        })
                      }
                    >
                      <Marked text={node.node} />
                    </button>{' '}
                    <CopyName source={node.source} />
                  </td>
                  <td className="figure">
                    {format.number(node.entries)}
                    <Salvaged count={countSalvagedOf(report, node)} />
                  </td>
                  <td className="figure">{format.number(node.streams)}</td>
                  <td className="figure" data-tone="incomplete">
                    <span className={node.missing > 0 ? 'tone' : undefined}>
                      {format.number(node.missing)}
                    </span>
                  </td>
                  <td className="nowrap">
                    {format.timeShort(readMicros(node.firstTs))}
                    <div>{format.timeShort(readMicros(node.lastTs))}</div>
                  </td>
                </tr>
                {node.inferred && (
                  <tr>
                    <td colSpan={5} className="nodes-note">
                      {t('screen.overview.byProcess', { ...node.inferred })}
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {more}
    </section>
  );
}

/** Those are counted beside the whole ones, as in the totals. */
function Salvaged({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  return count > 0 && <div className="panel-note">{t('n.salvaged', { count })}</div>;
}
