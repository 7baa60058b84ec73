/** Times of a log in the reader's own zone, beside the log's text and never in its place. */
import { parseTs } from '../base/timestamp.ts';

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** Gives the times in a zone, joined; undefined where the zone is UTC (as logs are written in) or nothing can be told. */
export function formatLocalTimes(
  times: readonly (string | undefined)[],
  locale: string,
  zone: string,
): string | undefined {
  const format = getFormat(locale, zone);
  if (format === undefined) return undefined;
  const dates = times
    .map((ts) => parseTs(ts ?? '') / 1000)
    .filter(Number.isFinite)
    .map((ms) => new Date(ms));
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return first.getTime() === last.getTime() ? format.format(first) : format.formatRange(first, last);
}

function getFormat(locale: string, zone: string): Intl.DateTimeFormat | undefined {
  const key = `${locale} ${zone}`;
  if (!formats.has(key)) formats.set(key, makeFormat(locale, zone));
  return formats.get(key);
}

function makeFormat(locale: string, zone: string): Intl.DateTimeFormat | undefined {
  if (/^(Etc\/)?(UTC|GMT|Zulu|UCT)$/i.test(zone)) return undefined;
  try {
    return new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      dateStyle: 'medium',
      timeStyle: 'long',
      hourCycle: 'h23',
    });
  } catch {
    // A report made on another machine may name a zone that this one does not know.
    return undefined;
  }
}
