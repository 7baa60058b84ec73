/** Everything about one finding: what, where, its streams drawn, the lines on both sides, why, and what would settle it. */
import { Button } from '@mantine/core';
import { IconBracketsContain, IconListSearch } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../contract/finding.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { selectCopy } from '../session/sources.ts';
import { useReport } from '../session/use-report.ts';
import { findingIcons, findingTones } from '../ui/finding-look.ts';
import { readMicros } from '../ui/format.ts';
import { AcrossGap } from './AcrossGap.tsx';
import { Differences } from './Differences.tsx';
import { FindingFacts } from './FindingFacts.tsx';
import { FindingIds } from './FindingIds.tsx';
import { FindingReasons } from './FindingReasons.tsx';
import { LineAt } from './LineAt.tsx';
import { Sides } from './Sides.tsx';
import { StripsPanel } from './StripsPanel.tsx';
import { tellCount, tellSeqs } from './tell-finding.ts';

/** How much of the time around a finding is shown among the entries. */
const AROUND_MS = 10 * 60_000;

/** What is missing, in a stream or in a copy, can be drawn among what is there. */
function hasStrips({ kind, streams = [] }: Finding): boolean {
  return streams.length > 0 || kind === 'missing-in-copy';
}

interface Props {
  readonly ref: Ref<HTMLElement>;
  readonly finding: Finding;
  /** What the reviewer says of it. */
  readonly review: ReactNode;
  /** Esc gives the keyboard back to the list. */
  onLeave(): void;
}

export function FindingDetail({ ref, finding, review, onLeave }: Props) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const { report } = useReport();
  const Picture = findingIcons[finding.kind];
  const from = readMicros(finding.fromTs ?? finding.toTs ?? '') / 1000;
  const to = readMicros(finding.toTs ?? finding.fromTs ?? '') / 1000;
  const title = [t(`kind.${finding.kind}`), tellSeqs(finding, t)].filter(Boolean).join(' · ');

  return (
    <section
      ref={ref}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus
      tabIndex={0}
      className="finding-detail"
      aria-labelledby="finding-title"
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Escape') onLeave();
      }}
    >
      <div className="finding-inner">
        <header className="finding-head" data-tone={findingTones[finding.kind]}>
          <Picture size={26} stroke={1.6} className="tone" aria-hidden />
          <div>
            <h2 id="finding-title">{title}</h2>
            <p>
              <strong>{tellCount(finding, t)}</strong> {t(`kindSays.${finding.kind}`)}
            </p>
          </div>
          <div className="finding-ways">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconBracketsContain size={15} />}
              onClick={() => go({ screen: 'entries', entry: undefined, filter: { finding: finding.id } })}
            >
              {t('screen.findings.within')}
            </Button>
            {!Number.isNaN(from) && (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconListSearch size={15} />}
                onClick={() =>
                  go({
                    screen: 'entries',
                    entry: undefined,
                    filter: {
                      ...selectCopy(report, finding.kind === 'missing-in-copy' ? undefined : finding.source),
                      ...(finding.node === undefined ? {} : { node: [finding.node] }),
                      from: new Date(from - AROUND_MS).toISOString(),
                      to: new Date(to + AROUND_MS).toISOString(),
                    },
                  })
                }
              >
                {t('screen.findings.around')}
              </Button>
            )}
          </div>
        </header>
        {finding.provisional && (
          <p className="finding-provisional-text">
            <span className="finding-provisional">{t('screen.follow.provisional')}</span>{' '}
            {t('screen.follow.provisionalText')}
          </p>
        )}
        {review}
        <FindingFacts finding={finding} />
        {hasStrips(finding) && <StripsPanel finding={finding} />}
        <Differences finding={finding} />
        {(finding.before || finding.after) && <Sides finding={finding} />}
        {finding.kind === 'gap' && <AcrossGap finding={finding} />}
        {finding.path !== undefined && finding.line !== undefined && (
          <LineAt path={finding.path} line={finding.line} />
        )}
        <FindingReasons finding={finding} />
        <FindingIds finding={finding} />
      </div>
    </section>
  );
}
