/** The reviewer's state and note on one finding. A state is kept at once, a note when its field is left. */
import { SegmentedControl, Textarea } from '@mantine/core';
import { type Ref, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Review, ReviewState } from '../../contract/mark.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import type { Reviews } from './use-reviews.ts';

interface Props {
  readonly finding: string;
  readonly review: Pick<Review, 'state' | 'note'>;
  readonly reviews: Reviews;
  readonly noteRef: Ref<HTMLTextAreaElement>;
}

export function ReviewPanel({ finding, review, reviews, noteRef }: Props) {
  const { t } = useTranslation();
  const [note, setNote] = useState(review.note);
  // What was kept may come after the finding is on screen.
  useEffect(() => setNote(review.note), [review.note]);
  return (
    <section className="review" aria-labelledby="review-title">
      <h3 id="review-title">{t('screen.review.title')}</h3>
      <SegmentedControl
        size="xs"
        aria-label={t('screen.review.byState')}
        value={review.state}
        onChange={(value) => reviews.set(finding, ReviewState.parse(value), note)}
        data={ReviewState.options.map((state) => ({
          value: state,
          label: t(`screen.review.state.${state}`),
        }))}
      />
      <Textarea
        ref={noteRef}
        size="xs"
        autosize
        minRows={1}
        maxRows={8}
        maxLength={10_000}
        aria-label={t('screen.review.note')}
        placeholder={t('screen.review.note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
        onBlur={() => {
          if (note.trim() !== review.note) reviews.set(finding, review.state, note);
        }}
      />
      {reviews.failure && <FailureNotice failure={reviews.failure} />}
    </section>
  );
}
