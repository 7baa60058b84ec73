/** The reviewer's tags and note on an entry. Each change is kept at once, a note when the field is left. */
import { TagsInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryRow } from '../../contract/entry.ts';
import { useCall } from '../session/client.ts';
import { useChange } from '../session/use-change.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';

interface Props {
  readonly workspace: string;
  readonly row: EntryRow;
}

/** To be drawn anew for another entry (`key`). */
export function MarkEditor({ workspace, row }: Props) {
  const { t } = useTranslation();
  const [tags, setTags] = useState(row.mark?.tags ?? []);
  const [note, setNote] = useState(row.mark?.note ?? '');
  const known = useCall('marks.list', { workspace });
  const set = useChange('marks.set', ['marks.list', 'entries.detail', 'entries.page', 'entries.facets']);
  const keep = (wanted: string[]) => void set.run({ workspace, id: row.id, tags: wanted, note: note.trim() });
  return (
    <section
      className="entry-section entry-marks"
      aria-labelledby="marks-title"
      onKeyDown={(event) => {
        // Leaves the field; the panel closes on the next one.
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        (event.target as HTMLElement).blur();
      }}
    >
      <div className="entry-section-head">
        <h3 id="marks-title">{t('screen.mark.title')}</h3>
        <span className="panel-note">{t('screen.mark.kept')}</span>
      </div>
      <TagsInput
        size="xs"
        label={t('screen.mark.tags')}
        placeholder={tags.length === 0 ? t('screen.mark.addTag') : undefined}
        data={(known.data?.tags ?? []).map(({ value }) => value)}
        value={tags}
        maxTags={50}
        acceptValueOnBlur
        onChange={(wanted) => {
          const kept = wanted.map((tag) => tag.trim().slice(0, 60)).filter((tag) => tag !== '');
          setTags(kept);
          keep(kept);
        }}
      />
      <Textarea
        size="xs"
        label={t('screen.mark.note')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={10_000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        onBlur={() => {
          if (note.trim() !== (row.mark?.note ?? '')) keep(tags);
        }}
      />
      {set.failure && <FailureNotice failure={set.failure} />}
    </section>
  );
}
