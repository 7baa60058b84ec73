/** The reviewer's states and notes by finding, and the way to change them. */
import { useMemo } from 'react';
import type { Failure } from '../../contract/failure.ts';
import type { Review, ReviewState } from '../../contract/mark.ts';
import { useCall } from '../session/client.ts';
import { useChange } from '../session/use-change.ts';
import { useReport } from '../session/use-report.ts';

export interface Reviews {
  /** Reviews of findings that the report no longer has. */
  readonly gone: number;
  readonly failure: Failure | undefined;
  of(finding: string): Pick<Review, 'state' | 'note'>;
  set(finding: string, state: ReviewState, note: string): void;
}

const OPEN = { state: 'open', note: '' } as const;

export function useReviews(): Reviews {
  const { workspace } = useReport();
  const asked = useCall('reviews.list', { workspace });
  const change = useChange('reviews.set', ['reviews.list']);
  const byFinding = useMemo(
    () => new Map(asked.data?.reviews.map((review) => [review.finding, review])),
    [asked.data],
  );
  return {
    gone: asked.data?.gone ?? 0,
    failure: change.failure ?? asked.error?.failure,
    of: (finding) => byFinding.get(finding) ?? OPEN,
    set: (finding, state, note) => void change.run({ workspace, finding, state, note: note.trim() }),
  };
}
