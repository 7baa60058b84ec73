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

interface Props {
  readonly index: number;
  readonly row: EntryRow | undefined;
  readonly top: number;
  readonly active: boolean;
  readonly chosen: boolean;
  onChoose(id: string): void;
}

export function EntryLine({ index, row, top, active, chosen, onChoose }: Props) {
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
  const cells = [
    ['node', row.node],
    ['seq', String(row.seq)],
    ['model', row.model],
    ['record', row.resId],
    ['action', row.action],
    ['user', row.userLogin || row.userId],
  ] as const;
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
      {cells.map(([column, text]) => (
        <div key={column} role="gridcell" data-column={column} title={showMarks(text)}>
          <Marked text={text} />
        </div>
      ))}
      <div role="gridcell" data-column="place" title={showMarks(`${row.path}:${row.line}`)}>
        <span>
          <Marked text={row.path} />
        </span>
        <span>:{row.line}</span>
      </div>
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
