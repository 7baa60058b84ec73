// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and the list or table around them holds the keyboard's focus
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are virtual, and the list or table around them holds the keyboard's focus
/** The table of entries, over any number of rows. The table holds the focus; arrows move the chosen row, Enter opens it. */
import { IconArrowDown, IconArrowUp, IconListSearch } from '@tabler/icons-react';
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter } from '../../contract/entry.ts';
import { useCall } from '../session/client.ts';
import { countSalvaged } from '../session/sources.ts';
import { useOpened } from '../session/use-report.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { ColumnEdge } from './ColumnEdge.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { isDefault, listShown, resizeColumn, writeTracks } from './columns.ts';
import { EntryLine } from './EntryLine.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { isEmptyFilter } from './filter-change.ts';
import { SavedFilters } from './SavedFilters.tsx';
import { useColumns } from './use-columns.ts';
import { type EntryOrder, useEntryRows } from './use-entry-rows.ts';
import { useGrowth } from './use-growth.ts';
import { useScrollWindow } from './use-scroll-window.ts';

const ROW_HEIGHT = 28;
const HEAD_HEIGHT = 30;

interface Props {
  readonly workspace: string;
  readonly filter: EntryFilter;
  readonly order: EntryOrder;
  readonly chosen: string | undefined;
  onOrder(order: EntryOrder): void;
  onChoose(id: string): void;
  /** Closes the entry that is open beside the table. */
  onClose(): void;
  onFilter(filter: EntryFilter): void;
}

export function EntryTable({
  workspace,
  filter,
  order,
  chosen,
  onOrder,
  onChoose,
  onClose,
  onFilter,
}: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [total, setTotal] = useState(0);
  const view = useScrollWindow(total, ROW_HEIGHT, HEAD_HEIGHT);
  const [active, setActive] = useState(0);
  const isNewestFirst = order === 'newest-first';
  const isAtNewest = isNewestFirst ? view.topRow === 0 : view.topRow + view.pageRows + 1 >= total;
  const revision = useGrowth(
    { workspace, filter, order },
    () => ({
      topRow: view.topRow,
      rows: view.end - view.topRow,
      anchor: rows.rowAt(view.topRow)?.id,
      followsNewest: isAtNewest && chosen === undefined,
    }),
    (move) => {
      if (move === 'newest') return view.reveal(isNewestFirst ? 0 : total - 1);
      view.shift(move);
      setActive(active + move);
    },
  );
  const rows = useEntryRows(workspace, filter, order, view.first, view.end, revision);
  const [seen, setSeen] = useState(0);
  if (rows.total !== undefined && seen !== rows.total && (seen === 0 || isAtNewest || rows.total < seen))
    setSeen(rows.total);
  const [layout, setLayout] = useColumns();
  const columns = listShown(layout);
  const { report } = useOpened();
  const salvaged = report ? countSalvaged(report) : 0;

  if (rows.total !== undefined && rows.total !== total) setTotal(rows.total);

  // An entry that was led to from elsewhere is brought into view once, wherever it lies.
  const [led] = useState(chosen);
  const isRevealed = useRef(false);
  const position = useCall(
    'entries.position',
    { workspace, filter, order, id: led ?? '' },
    { enabled: led !== undefined },
  );
  const found = position.data?.offset ?? -1;
  useEffect(() => {
    if (isRevealed.current || found < 0 || total === 0 || view.pageRows <= 1) return;
    isRevealed.current = true;
    setActive(found);
    view.reveal(found, true);
  }, [found, total, view.pageRows, view.reveal]);

  function moveTo(row: number): void {
    const next = Math.max(0, Math.min(total - 1, row));
    setActive(next);
    view.reveal(next);
    const entry = rows.rowAt(next);
    // With an entry open beside the table, moving shows the next one.
    if (entry && chosen !== undefined) onChoose(entry.id);
  }

  function press(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      j: active + 1,
      k: active - 1,
      PageDown: active + view.pageRows,
      PageUp: active - view.pageRows,
      Home: 0,
      End: total - 1,
    };
    const to = moves[event.key];
    const entry = rows.rowAt(active);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (to !== undefined) moveTo(to);
    else if (event.key === 'Enter' && entry) onChoose(entry.id);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  }

  const lines: number[] = [];
  for (let index = view.first; index < view.end; index += 1) lines.push(index);
  const Arrow = order === 'oldest-first' ? IconArrowUp : IconArrowDown;

  return (
    <section className="entry-table" aria-label={t('screen.nav.entries')}>
      <div className="entry-bar">
        <p role="status">
          {rows.total === undefined ? t('screen.entries.counting') : t('n.entry', { count: rows.total })}
          {salvaged > 0 &&
            isEmptyFilter(filter) &&
            `, ${t('screen.entries.ofThemSalvaged', { count: salvaged })}`}
          {!report && ` · ${t('screen.entries.soFar')}`}
        </p>
        {/* A file of what happens to have been read would pass for the whole. */}
        {report && <ExportMenu workspace={workspace} filter={filter} order={order} total={total} />}
        <ColumnsMenu layout={layout} onChange={setLayout} />
        <SavedFilters workspace={workspace} filter={filter} onChange={onFilter} />
      </div>
      {seen > 0 && total > seen && (
        <button
          type="button"
          className="entry-new"
          onClick={() => {
            setSeen(total);
            moveTo(isNewestFirst ? 0 : total - 1);
          }}
        >
          {isNewestFirst ? <IconArrowUp size={13} aria-hidden /> : <IconArrowDown size={13} aria-hidden />}
          {t('screen.follow.newEntries', { count: total - seen })}
        </button>
      )}
      {rows.failure && <FailureNotice failure={rows.failure} />}
      {rows.total === 0 ? (
        <EmptyState
          icon={IconListSearch}
          title={t('screen.entries.none')}
          text={t('screen.entries.noneText')}
        >
          <button type="button" className="link" onClick={() => onFilter({})}>
            {t('screen.entries.clear')}
          </button>
        </EmptyState>
      ) : (
        <div
          ref={view.ref}
          className="entry-grid"
          role="grid"
          data-custom={!isDefault(layout) || undefined}
          style={isDefault(layout) ? undefined : (writeTracks(layout) as CSSProperties)}
          onScroll={view.onScroll}
          tabIndex={0}
          aria-label={t('screen.entries.table')}
          aria-rowcount={total + 1}
          aria-colcount={columns.length + 1}
          // One that was scrolled out of view is not drawn, and nothing to point at.
          aria-activedescendant={lines.includes(active) && rows.rowAt(active) ? `entry-${active}` : undefined}
          onKeyDown={press}
        >
          <div role="rowgroup" className="entry-head-group">
            <div className="entry-row entry-head" role="row" aria-rowindex={1}>
              <div role="columnheader" aria-sort={order === 'oldest-first' ? 'ascending' : 'descending'}>
                <button
                  type="button"
                  onClick={() => onOrder(order === 'oldest-first' ? 'newest-first' : 'oldest-first')}
                  title={t(`screen.entries.${order}`)}
                >
                  {t('screen.time.columnIn', { zone: format.zone })}
                  <Arrow size={13} aria-hidden />
                </button>
                <ColumnEdge
                  name={t('screen.entries.time')}
                  onResize={(width) => setLayout(resizeColumn(layout, 'ts', width))}
                />
              </div>
              {columns.map((column) => (
                <div key={column} role="columnheader" data-column={column}>
                  {t(`screen.column.${column}`)}
                  <ColumnEdge
                    name={t(`screen.column.${column}`)}
                    onResize={(width) => setLayout(resizeColumn(layout, column, width))}
                  />
                </div>
              ))}
            </div>
          </div>
          <div className="entry-rows" role="rowgroup">
            <div role="presentation" style={{ blockSize: view.height, position: 'relative' }}>
              {lines.map((index) => (
                <EntryLine
                  key={index}
                  index={index}
                  row={rows.rowAt(index)}
                  columns={columns}
                  top={view.topOf(index)}
                  active={index === active}
                  chosen={chosen !== undefined && rows.rowAt(index)?.id === chosen}
                  onChoose={(id) => {
                    setActive(index);
                    onChoose(id);
                  }}
                />
              ))}
            </div>
          </div>
        </div>
      )}
    </section>
  );
}
