// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and the list or table around them holds the keyboard's focus
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are virtual, and the list or table around them holds the keyboard's focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: rows are virtual, and the list or table around them holds the keyboard's focus
/** The list of findings, virtual: ten thousand cost no more than ten. j, k and the arrows move, Enter opens. */
import { useMergedRef } from '@mantine/hooks';
import { IconBan, IconCheck, IconFlag, IconNote } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type Ref, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../contract/finding.ts';
import type { Review } from '../../contract/mark.ts';
import { CopyName } from '../session/CopyName.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { findingIcons, findingTones } from '../ui/finding-look.ts';
import { tellCount, tellSeqs, tellTimes, tellWhere } from './tell-finding.ts';

const ROW_HEIGHT = 64;
const PAGE = 8;

interface Props {
  readonly ref: Ref<HTMLDivElement>;
  readonly findings: readonly Finding[];
  /** Index of the chosen one. */
  readonly at: number;
  reviewOf(finding: string): Pick<Review, 'state' | 'note'>;
  onMove(by: number): void;
  onChoose(id: string): void;
  onEnter(): void;
}

export function FindingList({ ref, findings, at, reviewOf, onMove, onChoose, onEnter }: Props) {
  const { t } = useTranslation();
  const own = useRef<HTMLDivElement>(null);
  const merged = useMergedRef(ref, own);
  const rows = useVirtualizer({
    count: findings.length,
    getScrollElement: () => own.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });

  useEffect(() => {
    if (at < findings.length) rows.scrollToIndex(at);
  }, [at, findings.length, rows]);

  function press(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: PAGE,
      PageUp: -PAGE,
      Home: -findings.length,
      End: findings.length,
    };
    const by = moves[event.key];
    if (by !== undefined) onMove(by);
    else if (event.key === 'Enter') onEnter();
    else return;
    event.preventDefault();
  }

  return (
    <div
      ref={merged}
      className="finding-list"
      role="listbox"
      tabIndex={0}
      aria-label={t('screen.findings.title')}
      aria-activedescendant={findings[at] && `finding-${findings[at].id}`}
      onKeyDown={press}
    >
      <div role="presentation" style={{ blockSize: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const finding = findings[index];
          return (
            finding && (
              <FindingOption
                key={finding.id}
                finding={finding}
                review={reviewOf(finding.id)}
                place={index + 1}
                of={findings.length}
                top={start}
                chosen={index === at}
                onChoose={onChoose}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface OptionProps {
  readonly finding: Finding;
  readonly review: Pick<Review, 'state' | 'note'>;
  readonly place: number;
  readonly of: number;
  readonly top: number;
  readonly chosen: boolean;
  onChoose(id: string): void;
}

function FindingOption({ finding, review, place, of, top, chosen, onChoose }: OptionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const Picture = findingIcons[finding.kind];
  return (
    <div
      id={`finding-${finding.id}`}
      role="option"
      aria-selected={chosen}
      aria-posinset={place}
      aria-setsize={of}
      className="finding-row"
      data-tone={findingTones[finding.kind]}
      data-done={review.state === 'reviewed' || review.state === 'dismissed' || undefined}
      style={{ transform: `translateY(${top}px)`, blockSize: ROW_HEIGHT }}
      onClick={() => onChoose(finding.id)}
    >
      <Picture size={17} stroke={1.7} className="tone" aria-hidden />
      <div className="finding-row-line">
        <span className="finding-row-title">
          <strong>{t(`kind.${finding.kind}`)}</strong> {tellSeqs(finding, t)}
        </span>
        {finding.provisional && <span className="finding-provisional">{t('screen.follow.provisional')}</span>}
        <span className="finding-row-count">{tellCount(finding, t)}</span>
        <ReviewSign review={review} />
      </div>
      <div className="finding-row-line" title={tellTimes(finding, format)}>
        <span className="finding-row-where">
          <bdi>{tellWhere(finding)}</bdi> <CopyName source={finding.source} />
        </span>
        <span className="finding-row-time">{tellTimes(finding, format, format.periodShort)}</span>
      </div>
    </div>
  );
}

const signs = { reviewed: IconCheck, dismissed: IconBan, escalated: IconFlag } as const;

function ReviewSign({ review: { state, note } }: { readonly review: Pick<Review, 'state' | 'note'> }) {
  const { t } = useTranslation();
  const Picture = state === 'open' ? (note === '' ? undefined : IconNote) : signs[state];
  return Picture ? (
    <Picture size={14} className="review-sign" aria-label={t(`screen.review.state.${state}`)} />
  ) : null;
}
