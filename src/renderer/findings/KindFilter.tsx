/** Chooses one kind of finding, or all, with their numbers. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding, FindingKind } from '../../contract/finding.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { findingIcons, findingTones } from '../ui/finding-look.ts';
import { countKinds } from './order-findings.ts';

interface Props {
  readonly findings: readonly Finding[];
  readonly chosen: FindingKind | undefined;
  onChoose(kind: FindingKind | undefined): void;
}

export function KindFilter({ findings, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = useMemo(() => countKinds(findings), [findings]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be laid out in a row
    <div className="kinds" role="group" aria-label={t('screen.findings.kind')}>
      <button type="button" aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
        {t('screen.findings.all')} <span>{format.number(findings.length)}</span>
      </button>
      {counts.map(({ kind, count }) => {
        const Picture = findingIcons[kind];
        return (
          <button
            key={kind}
            type="button"
            aria-pressed={chosen === kind}
            data-tone={findingTones[kind]}
            onClick={() => onChoose(chosen === kind ? undefined : kind)}
          >
            <Picture size={13} className="tone" aria-hidden />
            {t(`kinds.${kind}`)} <span>{format.number(count)}</span>
          </button>
        );
      })}
    </div>
  );
}
