/**
 * The reviewer's states and notes beside the findings of the last report.
 *
 * A finding's id derives from its content, lines included: it is the same in every check of the same files. Where a file
 * was renamed since (a rotation), what else the finding says (kind, node, seqs, times) finds its review again.
 */
import type { Finding } from '../../contract/finding.ts';
import type { Review } from '../../contract/mark.ts';
import type { Report } from '../../contract/report.ts';
import { createFailure } from '../base/failure.ts';
import type { Marks, StoredReview } from '../store/open-store.ts';

/** Reviews under the ids of the report's findings, and how many are of findings that it no longer has. */
export function listReviews(report: Report, marks: Marks): { reviews: Review[]; gone: number } {
  const kept = marks.listReviews();
  const byFinding = new Map(kept.map((review) => [review.finding, review]));
  const present = new Set(report.findings.map(({ id }) => id));
  const homeless = Map.groupBy(
    kept.filter(({ finding }) => !present.has(finding)),
    ({ about }) => about,
  );
  const told = new Set<StoredReview>();
  const reviews = report.findings.flatMap((finding): Review[] => {
    const candidates = byFinding.has(finding.id) ? [] : (homeless.get(describe(finding)) ?? []);
    // Of several that say the same, none is surely this one's.
    const review = byFinding.get(finding.id) ?? (candidates.length === 1 ? candidates[0] : undefined);
    if (!review || told.has(review)) return [];
    told.add(review);
    const { state, note, changedAt } = review;
    return [{ finding: finding.id, state, note, changedAt }];
  });
  return { reviews, gone: kept.length - told.size };
}

/** Keeps a state and a note. Failure: `not-found`. */
export function setReview(report: Report, marks: Marks, review: Omit<Review, 'changedAt'>): void {
  const finding = report.findings.find(({ id }) => id === review.finding);
  if (!finding) throw createFailure('not-found', 'there is no such finding', { subject: review.finding });
  marks.setReview(review, describe(finding));
}

function describe({ kind, node, firstSeq, lastSeq, fromTs, toTs, count }: Finding): string {
  return JSON.stringify([kind, node, firstSeq, lastSeq, fromTs, toTs, count]);
}
