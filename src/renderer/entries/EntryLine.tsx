// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and the list or table around them holds the keyboard's focus
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are virtual, and the list or table around them holds the keyboard's focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: rows are virtual, and the list or table around them holds the keyboard's focus
/** One row of the table; a quiet placeholder while its page is on its way. */
import { IconFileBroken, IconNote, IconTag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { EntryRow, Mark } from '../../contract/entry.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import type { ColumnName } from './columns.ts';

const cells: Readonly<Record<Exclude<ColumnName, 'place'>, (row: EntryRow) => string>> = {
  node: ({ node }) => node,
  seq: ({ seq }) => String(seq),
  model: ({ model }) => model,
  record: ({ resId }) => resId,
  action: ({ action }) => action,
  user: ({ userLogin, userId }) => userLogin || userId,
};

interface Props {
  readonly index: number;
  readonly row: EntryRow | undefined;
  readonly columns: readonly ColumnName[];
  readonly top: number;
  readonly active: boolean;
  readonly chosen: boolean;
  onChoose(id: string): void;
}

export function EntryLine({ index, row, columns, top, active, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!row) {
    return (
      <div
        className="entry-row entry-waiting"
        role="row"
        aria-rowindex={index + 2}
        style={{ transform: `translateY(${top}px)` }}
      >
        <div role="gridcell">
          <span className="hidden-visually">{t('screen.loading')}</span>
        </div>
      </div>
    );
  }
  return (
    <div
      id={`entry-${index}`}
      className="entry-row"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-active={active || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onChoose(row.id)}
    >
      <div role="gridcell" data-column="ts">
        {Number.isNaN(row.tsMicros) ? <Marked text={row.ts} /> : format.time(row.tsMicros)}
        {row.salvaged && (
          <IconFileBroken
            size={13}
            className="tone"
            data-tone="incomplete"
            aria-label={t('screen.entries.salvaged')}
          />
        )}
        {row.mark && <MarkSign mark={row.mark} />}
      </div>
      {columns.map((column) =>
        column === 'place' ? (
          <div key={column} role="gridcell" data-column={column} title={showMarks(`${row.path}:${row.line}`)}>
            <span>
              <Marked text={row.path} />
            </span>
            <span>:{row.line}</span>
          </div>
        ) : (
          <div key={column} role="gridcell" data-column={column} title={showMarks(cells[column](row))}>
            <Marked text={cells[column](row)} />
          </div>
        ),
      )}
    </div>
  );
}

function MarkSign({ mark: { tags } }: { readonly mark: Mark }) {
  const { t } = useTranslation();
  const Picture = tags.length > 0 ? IconTag : IconNote;
  const label = tags.length > 0 ? t('screen.mark.marked', { tags: tags.join(', ') }) : t('screen.mark.noted');
  return (
    <span className="mark-sign" title={label}>
      <Picture size={13} aria-label={label} />
    </span>
  );
}
