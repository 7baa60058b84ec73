/** The record's thread, the latest first: notes of reviewers, and what changed where our rule posts it. */
import { ActionIcon, Button, Textarea, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordEntry, RecordName } from '../../contract/record.ts';
import type { RecordThread, ThreadNote, ThreadSummary } from '../../contract/thread.ts';
import { useCall } from '../session/client.ts';
import { useMask } from '../session/mask.ts';
import { PersonLink } from '../session/PersonLink.tsx';
import { useChange } from '../session/use-change.ts';
import { useReport } from '../session/use-report.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { readMicros } from '../ui/format.ts';
import { Marked } from '../ui/Marked.tsx';
import { MaskedValue } from '../ui/MaskedValue.tsx';
import './thread.css';

interface Props {
  readonly record: RecordName;
  readonly source: number | undefined;
  onOpen(entry: Pick<RecordEntry['row'], 'id'>): void;
}

const STALE = ['thread.read'] as const;
/** The others are shown when asked for. */
const FIRST_PARTS = 8;

export function ThreadPanel({ record, source, onOpen }: Props) {
  const { t } = useTranslation();
  const { workspace } = useReport();
  const [text, setText] = useState('');
  const [all, showAll] = useState(false);
  const asked = { workspace, record, ...(source === undefined ? {} : { source }) };
  const { data, error } = useCall('thread.read', asked, { keep: true });
  const write = useChange('thread.write', STALE);
  const remove = useChange('thread.remove', STALE);
  const parts = data ? listParts(data) : [];
  const left = all ? 0 : Math.max(0, parts.length - FIRST_PARTS);
  const failure = error?.failure ?? write.failure ?? remove.failure;
  return (
    <section className="panel thread" aria-labelledby="thread-title">
      <div className="panel-head">
        <h2 id="thread-title">{t('screen.thread.title')}</h2>
      </div>
      <div className="panel-body">
        <form
          onSubmit={async (event) => {
            event.preventDefault();
            const note = text.trim();
            if (note !== '' && (await write.run({ workspace, record, text: note }))) setText('');
          }}
        >
          <Textarea
            size="xs"
            aria-label={t('screen.thread.note')}
            placeholder={t('screen.thread.note')}
            description={t('screen.thread.kept')}
            inputWrapperOrder={['label', 'input', 'description']}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={10_000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button size="compact-sm" type="submit" disabled={text.trim() === ''}>
            {t('screen.thread.add')}
          </Button>
        </form>
        {failure && <FailureNotice failure={failure} />}
        {data && (
          <>
            <ol className="thread-list">
              {parts
                .slice(0, parts.length - left)
                .map(({ note, summary }) =>
                  note ? (
                    <NoteLine
                      key={`note ${note.id}`}
                      note={note}
                      onRemove={() => void remove.run({ workspace, record, id: note.id })}
                    />
                  ) : (
                    summary && (
                      <SummaryLine key={summary.id} summary={summary} onOpen={() => onOpen(summary)} />
                    )
                  ),
                )}
            </ol>
            {left > 0 && (
              <Button size="compact-xs" variant="subtle" mt={10} onClick={() => showAll(true)}>
                {t('screen.thread.older', { count: left })}
              </Button>
            )}
            <p className="panel-note">
              {data.posts === null && t('screen.thread.rulesUnreadable')}
              {data.posts === false && t('screen.thread.noPosts')}
              {data.earlier > 0 && left === 0 && t('screen.thread.earlier', { count: data.earlier })}
            </p>
          </>
        )}
      </div>
    </section>
  );
}

interface Part {
  readonly micros: number;
  readonly note?: ThreadNote;
  readonly summary?: ThreadSummary;
}

function listParts({ notes, summaries }: RecordThread): Part[] {
  return [
    ...notes.map((note) => ({ micros: readMicros(note.writtenAt), note })),
    ...summaries.map((summary) => ({ micros: summary.tsMicros, summary })),
  ].sort((a, b) => b.micros - a.micros);
}

function NoteLine({ note, onRemove }: { readonly note: ThreadNote; onRemove(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isAsked, setAsked] = useState(false);
  return (
    <li className="thread-note">
      <p className="thread-head">
        <strong>
          <Marked text={note.author} />
        </strong>
        <span className="panel-note">{format.timeShort(readMicros(note.writtenAt))}</span>
        {note.isOwn && !isAsked && (
          <Tooltip label={t('screen.thread.remove')}>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t('screen.thread.remove')}
              onClick={() => setAsked(true)}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </p>
      {note.text.split('\n').map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <p key={index}>
          <Marked text={line} />
        </p>
      ))}
      {isAsked && (
        <div className="thread-asked">
          <Button size="compact-xs" variant="default" onClick={onRemove}>
            {t('screen.thread.removeNow')}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => setAsked(false)}>
            {t('screen.thread.keep')}
          </Button>
        </div>
      )}
    </li>
  );
}

function SummaryLine({ summary, onOpen }: { readonly summary: ThreadSummary; onOpen(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const mask = useMask();
  const { tsMicros, user, action, changes, moreChanges } = summary;
  return (
    <li>
      <p className="thread-head">
        <PersonLink user={user} />
        <span>
          <Marked text={action} />
        </span>
        <button type="button" className="link numbers" onClick={onOpen}>
          {format.timeShort(tsMicros)}
        </button>
      </p>
      {changes.map(({ key, old, new: now }) => (
        <p key={key} className="thread-change">
          <Marked text={key} />:{' '}
          {old !== undefined && <del>{mask.hides(key) ? <MaskedValue /> : <Marked text={old} />}</del>}
          {old !== undefined && now !== undefined && <span className="history-arrow">→</span>}
          {now !== undefined && <ins>{mask.hides(key) ? <MaskedValue /> : <Marked text={now} />}</ins>}
        </p>
      ))}
      {moreChanges > 0 && (
        <p className="panel-note">{t('screen.thread.moreChanges', { count: moreChanges })}</p>
      )}
    </li>
  );
}
