/** Ticks of a time axis in the chosen zone: at whole hours and days as a clock there shows them. */
import { scaleUtc } from 'd3-scale';
import { offsetAt } from './format.ts';

export interface TimeAxis {
  readonly ticks: number[];
  /** Says a tick as shortly as the span allows; midnight as its day. */
  label(ms: number): string;
}

const DAY_MS = 86_400_000;

export function makeTimeAxis(
  fromMs: number,
  toMs: number,
  count: number,
  locale: string,
  zone: string,
): TimeAxis {
  const spanMs = toMs - fromMs;
  // Ticks are chosen as if the zone were UTC, and then moved to where they are.
  const shift = offsetAt(fromMs, zone);
  const ticks = scaleUtc()
    .domain([new Date(fromMs + shift), new Date(toMs + shift)])
    .ticks(count)
    .map((tick) => tick.getTime() - shift);
  const day = new Intl.DateTimeFormat(locale, { timeZone: zone, month: 'short', day: 'numeric' });
  const month = new Intl.DateTimeFormat(locale, { timeZone: zone, month: 'short', year: 'numeric' });
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    ...(spanMs < 600_000 ? { second: '2-digit' } : {}),
    ...(spanMs < 4000 ? { fractionalSecondDigits: 3 } : {}),
    hourCycle: 'h23',
  });
  return {
    ticks,
    label: (ms) => {
      if (spanMs > 300 * DAY_MS) return month.format(ms);
      const isMidnight = (ms + shift) % DAY_MS === 0;
      return isMidnight || spanMs > 6 * DAY_MS ? day.format(ms) : time.format(ms);
    },
  };
}
