/** Marks of gaps over a chart: a triangle above, a dashed line down, a hatched band where the gap is wide enough. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlotArea } from 'recharts';
import { useFormat } from '../ui/FormatProvider.tsx';
import type { GapMark } from './gap-marks.ts';

interface Props {
  readonly marks: readonly GapMark[];
  readonly fromMs: number;
  readonly toMs: number;
  onOpen(finding: string): void;
}

export function GapMarks({ marks, fromMs, toMs, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const area = usePlotArea();
  const hatch = useId();
  if (!area || toMs <= fromMs) return null;
  // Of a part of the log, only the gaps within it.
  const within = marks.filter((mark) => mark.toMs >= fromMs && mark.fromMs <= toMs);
  const scale = (ms: number) => area.x + ((ms - fromMs) / (toMs - fromMs)) * area.width;
  const bottom = area.y + area.height;
  return (
    <g className="gap-marks">
      <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="1.6" height="5" fill="var(--incomplete)" opacity="0.55" />
      </pattern>
      {within.map((mark) => {
        const left = Math.max(area.x, scale(mark.fromMs));
        const right = Math.min(area.x + area.width, scale(mark.toMs));
        const middle = (left + right) / 2;
        const first = mark.findings[0] ?? '';
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse alone; the list of gaps is the keyboard's way
          <g
            key={first}
            className="gap-mark"
            onMouseDown={(event) => event.stopPropagation()}
            onClick={(event) => {
              event.stopPropagation();
              onOpen(first);
            }}
          >
            <title>
              {t('n.gap', { count: mark.findings.length })}
              {': '}
              {mark.missing > 0 &&
                t(mark.atLeast ? 'report.atLeastMissing' : 'report.missing', { count: mark.missing })}
              {mark.missing > 0 && mark.undecided > 0 && ', '}
              {mark.undecided > 0 && t('screen.overview.undecided', { count: mark.undecided })}
            </title>
            {right - left > 3 && (
              <rect
                x={left}
                y={area.y}
                width={right - left}
                height={area.height}
                fill={`url(#${hatch})`}
                opacity="0.3"
              />
            )}
            <path d={`M${middle} ${area.y - 4}V${bottom}`} stroke="var(--incomplete)" strokeDasharray="2 2" />
            <path
              d={`M${middle - 5} ${area.y - 12}h10l-5 8z`}
              // Hollow while nothing of it is decided.
              fill={mark.missing > 0 ? 'var(--incomplete)' : 'var(--panel)'}
              stroke="var(--incomplete)"
            />
            {mark.findings.length > 1 && (
              <text x={middle + 7} y={area.y - 4} className="gap-mark-count">
                {format.number(mark.findings.length)}
              </text>
            )}
            <rect x={middle - 8} y={area.y - 14} width="16" height={area.height + 14} fill="transparent" />
          </g>
        );
      })}
    </g>
  );
}
