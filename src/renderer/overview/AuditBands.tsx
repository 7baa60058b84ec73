/** Shades a chart where the log says that nothing was recorded, or does not say that it was. */
import type { TFunction } from 'i18next';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlotArea } from 'recharts';
import type { Format } from '../ui/format.ts';
import type { AuditBand, BandState, sumUp } from './audit-bands.ts';

interface Props {
  readonly bands: readonly AuditBand[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** Pixels between the lines of a hatch. */
const GAUGE = { 'not-audited': 4, 'in-part': 9 } as const;

export function AuditBands({ bands, fromMs, toMs }: Props) {
  const area = usePlotArea();
  const id = useId();
  if (!area || toMs <= fromMs) return null;
  const scale = (ms: number) => area.x + ((ms - fromMs) / (toMs - fromMs)) * area.width;
  const end = area.x + area.width;
  return (
    <g className="audit-bands">
      <pattern id={`${id}unknown`} width="6" height="6" patternUnits="userSpaceOnUse">
        <circle cx="2" cy="2" r="0.9" fill="var(--text-3)" opacity="0.5" />
      </pattern>
      {(['not-audited', 'in-part'] as const).map((state) => (
        <pattern
          key={state}
          id={id + state}
          width={GAUGE[state]}
          height={GAUGE[state]}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-45)"
        >
          <rect width="1.2" height={GAUGE[state]} fill="var(--text-3)" opacity="0.5" />
        </pattern>
      ))}
      {bands.flatMap((band) => {
        const left = Math.max(area.x, scale(band.fromMs));
        const width = Math.min(end, scale(band.toMs)) - left;
        if (band.state === 'audited' || width <= 0) return [];
        return (
          <rect
            key={band.fromMs}
            x={left}
            y={area.y}
            width={width}
            height={area.height}
            fill={`url(#${id}${band.state})`}
          />
        );
      })}
    </g>
  );
}

const SHADED: readonly BandState[] = ['not-audited', 'in-part', 'unknown'];

/** What the shades of these bands mean. */
export function AuditLegend({ bands }: { readonly bands: readonly AuditBand[] }) {
  const { t } = useTranslation();
  return SHADED.filter((shade) => bands.some(({ state }) => state === shade)).map((state) => (
    <span key={state}>
      <i className="audit-sign" data-state={state} /> {t(`rules.coverage.is.${state}`)}
    </span>
  ));
}

/** What `sumUp` found, in words. */
export function tellShare(
  { state, share }: NonNullable<ReturnType<typeof sumUp>>,
  t: TFunction,
  format: Format,
): string {
  const word = t(`rules.coverage.is.${state}`);
  return share === 1 ? word : t('rules.coverage.share', { word, share: format.percent(share) });
}
