/** Gaps and other findings: a list to work through, and beside it everything about the chosen one. */
import { useHotkeys } from '@mantine/hooks';
import { IconCircleCheck, IconFilterOff } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingKind } from '../../contract/finding.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { useReport } from '../session/use-report.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FindingDetail } from './FindingDetail.tsx';
import { FindingList } from './FindingList.tsx';
import { KindFilter } from './KindFilter.tsx';
import { orderFindings } from './order-findings.ts';
import './findings.css';

export function FindingsScreen() {
  const { t } = useTranslation();
  const { report } = useReport();
  const { place, choose } = useNavigation();
  const [kind, setKind] = useState<FindingKind>();
  const detail = useRef<HTMLElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const ordered = useMemo(() => orderFindings(report.findings), [report.findings]);
  const shown = useMemo(
    () => (kind === undefined ? ordered : ordered.filter((finding) => finding.kind === kind)),
    [ordered, kind],
  );
  const at = Math.max(
    0,
    shown.findIndex(({ id }) => id === place.finding),
  );
  const chosen = shown[at];

  function move(by: number): void {
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next) choose({ finding: next.id });
  }

  useHotkeys([
    ['j', () => move(1)],
    ['k', () => move(-1)],
  ]);

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
          <KindFilter findings={report.findings} chosen={kind} onChoose={setKind} />
        </div>
        <FindingList
          ref={list}
          findings={shown}
          at={at}
          onMove={move}
          onChoose={(id) => choose({ finding: id })}
          onEnter={() => detail.current?.focus()}
        />
        <p className="findings-keys">{t('screen.findings.keys')}</p>
      </section>
      {chosen ? (
        <FindingDetail key={chosen.id} ref={detail} finding={chosen} onLeave={() => list.current?.focus()} />
      ) : (
        <EmptyState icon={IconFilterOff} title={t('screen.findings.noneOfKind')} />
      )}
    </div>
  );
}
