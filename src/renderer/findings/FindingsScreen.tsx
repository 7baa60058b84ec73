/** Gaps and other findings: a list to work through, and beside it everything about the chosen one. */
import { useHotkeys } from '@mantine/hooks';
import { IconCircleCheck, IconFilterOff } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { useReport } from '../session/use-report.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FindingDetail } from './FindingDetail.tsx';
import { FindingFilters } from './FindingFilters.tsx';
import { FindingList } from './FindingList.tsx';
import { type FindingFilter, filterFindings } from './filter-findings.ts';
import { KindFilter } from './KindFilter.tsx';
import { orderFindings } from './order-findings.ts';
import { ReviewPanel } from './ReviewPanel.tsx';
import { useReviews } from './use-reviews.ts';
import './findings.css';

export function FindingsScreen() {
  const { t } = useTranslation();
  const { report } = useReport();
  const { place, choose } = useNavigation();
  const [filter, setFilter] = useState<FindingFilter>({});
  const reviews = useReviews();
  const detail = useRef<HTMLElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);

  const ordered = useMemo(() => orderFindings(report.findings), [report.findings]);
  const shown = filterFindings(ordered, filter, (id) => reviews.of(id).state);
  const open = ordered.filter(({ id }) => reviews.of(id).state === 'open').length;
  // One that no longer fits the filter leaves its place to the next.
  const last = useRef(0);
  const found = shown.findIndex(({ id }) => id === place.finding);
  const at = found >= 0 ? found : Math.min(last.current, Math.max(0, shown.length - 1));
  last.current = at;
  const chosen = shown[at];

  function move(by: number): void {
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next) choose({ finding: next.id });
  }

  function toggleReviewed(): void {
    if (!chosen) return;
    const review = reviews.of(chosen.id);
    reviews.set(chosen.id, review.state === 'reviewed' ? 'open' : 'reviewed', review.note);
  }

  useHotkeys(
    [
      ['j', () => move(1)],
      ['k', () => move(-1)],
      ['r', toggleReviewed],
      ['n', () => note.current?.focus()],
    ],
    // Letters are theirs; a state that was just chosen takes none.
    ['TEXTAREA', 'SELECT'],
  );

  if (report.findings.length === 0) {
    return (
      <>
        <h1 className="hidden-visually">{t('screen.findings.title')}</h1>
        <EmptyState icon={IconCircleCheck} title={t('text.noFinding')} text={t('screen.findings.noneText')} />
      </>
    );
  }
  return (
    <div className="findings">
      <section className="findings-side" aria-label={t('screen.findings.title')}>
        <div className="findings-head">
          <h1>{t('screen.findings.title')}</h1>
          <KindFilter
            findings={report.findings}
            chosen={filter.kind}
            onChoose={(kind) => setFilter({ ...filter, kind })}
          />
          <FindingFilters findings={report.findings} filter={filter} onChange={setFilter} />
          <p className="findings-shown" role="status">
            {t('screen.review.shown', { shown: shown.length, total: ordered.length, open })}
            {reviews.gone > 0 && ` ${t('screen.review.gone', { count: reviews.gone })}`}
          </p>
        </div>
        <FindingList
          ref={list}
          findings={shown}
          at={at}
          reviewOf={reviews.of}
          onMove={move}
          onChoose={(id) => choose({ finding: id })}
          onEnter={() => detail.current?.focus()}
        />
        <p className="findings-keys">{t('screen.review.keys')}</p>
      </section>
      {chosen ? (
        <FindingDetail
          key={chosen.id}
          ref={detail}
          finding={chosen}
          onLeave={() => list.current?.focus()}
          review={
            <ReviewPanel
              finding={chosen.id}
              review={reviews.of(chosen.id)}
              reviews={reviews}
              noteRef={note}
            />
          }
        />
      ) : (
        <EmptyState icon={IconFilterOff} title={t('screen.findings.noneOfKind')} />
      )}
    </div>
  );
}
