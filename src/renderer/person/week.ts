/** The week as cells of weekday and hour: their names in a locale, and their shades. */

export const HOURS = 24;
export const DAYS = 7;
const HOUR_MS = 3_600_000;
/** Monday 2024-01-01, 00:00 UTC: its week gives the names. */
const MONDAY = Date.UTC(2024, 0, 1);

export interface WeekNames {
  readonly days: readonly { readonly short: string; readonly long: string }[];
  /** Beginnings of the day's hours, and its end. */
  readonly hours: readonly string[];
}

export function nameWeek(locale: string): WeekNames {
  const name = (weekday: 'short' | 'long') => new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
  const [short, long] = [name('short'), name('long')];
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  return {
    days: Array.from({ length: DAYS }, (_, day) => {
      const at = MONDAY + day * HOURS * HOUR_MS;
      return { short: short.format(at), long: long.format(at) };
    }),
    hours: Array.from({ length: HOURS + 1 }, (_, hour) => clock.format(MONDAY + hour * HOUR_MS)),
  };
}

/** Where an arrow key leads in the week; undefined for other keys and beyond its edges. */
export function moveInWeek(at: number, key: string): number | undefined {
  const day = Math.floor(at / HOURS);
  const hour = at % HOURS;
  switch (key) {
    case 'ArrowLeft':
      return hour > 0 ? at - 1 : undefined;
    case 'ArrowRight':
      return hour < HOURS - 1 ? at + 1 : undefined;
    case 'ArrowUp':
      return day > 0 ? at - HOURS : undefined;
    case 'ArrowDown':
      return day < DAYS - 1 ? at + HOURS : undefined;
    case 'Home':
      return day * HOURS;
    case 'End':
      return day * HOURS + HOURS - 1;
    default:
      return undefined;
  }
}
