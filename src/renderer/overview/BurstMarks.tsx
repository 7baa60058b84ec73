/** Marks of a person's bursts over a chart: a bar above it, and a faint band down it where an hour is wide enough. */
import { useTranslation } from 'react-i18next';
import { usePlotArea } from 'recharts';
import type { PersonHours } from '../../contract/person.ts';
import { useFormat } from '../ui/FormatProvider.tsx';

/** An hour of a long log would be too narrow to be seen. */
const LEAST_WIDTH = 4;

interface Props {
  readonly bursts: readonly PersonHours[];
  readonly fromMs: number;
  readonly toMs: number;
  onOpen(burst: PersonHours): void;
}

export function BurstMarks({ bursts, fromMs, toMs, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const area = usePlotArea();
  if (!area || toMs <= fromMs) return null;
  const scale = (micros: number) => area.x + ((micros / 1000 - fromMs) / (toMs - fromMs)) * area.width;
  const end = area.x + area.width;
  return (
    <g className="burst-marks">
      {bursts
        .map((burst) => ({ burst, left: scale(burst.fromMicros), right: scale(burst.toMicros) }))
        .filter(({ left, right }) => right > area.x && left < end)
        .map(({ burst, left, right }) => {
          const from = Math.min(Math.max(area.x, left), end - LEAST_WIDTH);
          const width = Math.max(LEAST_WIDTH, Math.min(end, right) - from);
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse alone; the list of bursts is the keyboard's way
            <g
              key={burst.fromMicros}
              className="burst-mark"
              onMouseDown={(event) => event.stopPropagation()}
              onClick={(event) => {
                event.stopPropagation();
                onOpen(burst);
              }}
            >
              <title>
                {t('screen.person.burst', {
                  count: burst.count,
                  period: format.period(burst.fromMicros, burst.toMicros),
                })}
              </title>
              <rect x={from} y={area.y} width={width} height={area.height} fill="var(--text)" opacity="0.1" />
              <rect x={from} y={area.y - 4} width={width} height="4" rx="1.5" fill="var(--text-2)" />
              <rect x={from - 3} y={area.y - 8} width={width + 6} height="14" fill="transparent" />
            </g>
          );
        })}
    </g>
  );
}
