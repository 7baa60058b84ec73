/** A record's entries one by one: who, what, and each value old and new, with what does not fit told beneath it. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordEntry, RecordHistory } from '../../contract/record.ts';
import { Marked } from '../ui/Marked.tsx';
import { HistoryEntry } from './HistoryEntry.tsx';

interface Props {
  readonly history: RecordHistory;
  /** Only changes of this key are listed. */
  readonly chosen: string | undefined;
  /** Entries of one part. */
  readonly part: number;
  onChoose(key: string | undefined): void;
  onPart(offset: number): void;
  onOpen(entry: Pick<RecordEntry['row'], 'id'>): void;
}

export function HistoryPanel({ history, chosen, part, onChoose, onPart, onOpen }: Props) {
  const { t } = useTranslation();
  const { offset, rows, total, entries } = history;
  const shown = entries.filter(({ values }) => !chosen || values.some(({ key }) => key === chosen));
  const contradictions = entries.flatMap(({ values }) =>
    values.flatMap((value) => value.contradiction ?? []),
  );
  const undone = contradictions.filter(({ asIfUndone }) => asIfUndone).length;
  const isPart = rows < total;
  return (
    <section className="panel history" aria-labelledby="history-title">
      <div className="panel-head">
        <h2 id="history-title">
          {chosen === undefined ? (
            t('screen.record.history')
          ) : (
            <Marked text={t('screen.record.historyOf', { key: chosen })} />
          )}
        </h2>
        {chosen !== undefined && (
          <button type="button" className="link" onClick={() => onChoose(undefined)}>
            {t('screen.record.allKeys')}
          </button>
        )}
        <p className="panel-note">
          {isPart
            ? t('screen.record.part', { from: offset + 1, to: offset + rows, total })
            : t('n.entry', { count: total })}
          {' · '}
          {t('screen.record.contradictions', { count: contradictions.length })}
          {undone > 0 && ` · ${t('screen.record.undone', { count: undone })}`}
        </p>
      </div>
      {(isPart || contradictions.length > 0) && (
        <p className="panel-note history-note">
          {isPart && t('screen.record.partText')}{' '}
          {contradictions.length > 0 && t('screen.record.contradictionsText')}
        </p>
      )}
      <ol className="history-list">
        {shown.map((entry) => (
          <HistoryEntry key={entry.row.id} entry={entry} chosen={chosen} onOpen={onOpen} />
        ))}
      </ol>
      {isPart && (
        <div className="history-parts">
          <Button
            size="xs"
            variant="default"
            disabled={offset === 0}
            onClick={() => onPart(Math.max(0, offset - part))}
          >
            {t('screen.record.earlier')}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={offset + rows >= total}
            onClick={() => onPart(offset + part)}
          >
            {t('screen.record.later')}
          </Button>
        </div>
      )}
    </section>
  );
}
