import { expect, test } from 'vitest';
import {
  createFormat,
  readInstant,
  readMicros,
  writeInstant,
  writeMicros,
} from '../../src/renderer/ui/format.ts';
import { makeTimeAxis } from '../../src/renderer/ui/time-axis.ts';

const utc = createFormat('en-GB', 'UTC');
const cairo = createFormat('ar-EG', 'UTC');
const manila = createFormat('en-GB', 'Asia/Manila');

const times: [what: string, ts: string, micros: number][] = [
  ['six digits', '2025-03-01T00:02:49.456344+00:00', 1_740_787_369_456_344],
  ['no fraction', '2025-03-01T00:02:49+00:00', 1_740_787_369_000_000],
  ['Z', '2025-03-01T00:02:49.5Z', 1_740_787_369_500_000],
  ['an offset', '2025-03-01T08:02:49.000001+08:00', 1_740_787_369_000_001],
  ['an offset without a colon', '2025-03-01T08:02:49+0800', 1_740_787_369_000_000],
  ['nanoseconds are cut', '2025-03-01T00:02:49.123456789Z', 1_740_787_369_123_456],
  ['no offset is UTC', '2025-03-01 00:02:49', 1_740_787_369_000_000],
  ['before 1970', '1969-12-31T23:59:59.999999Z', -1],
  ['no time at all', 'odoo-web-1', Number.NaN],
  ['empty', '', Number.NaN],
];
test.each(times)('reads %s', (_what, ts, micros) => {
  expect(readMicros(ts)).toBe(micros);
});

test.each(['2025-03-01T00:02:49.456344Z', '2025-03-01T00:02:49.000001Z', '1969-12-31T23:59:59.999999Z'])(
  'writes %s as it reads it',
  (ts) => {
    expect(writeMicros(readMicros(ts))).toBe(ts);
  },
);

test('shows microseconds, in the chosen zone', () => {
  const micros = readMicros('2025-03-01T23:59:59.000007+00:00');
  expect(utc.time(micros)).toBe('01 Mar 2025, 23:59:59.000007');
  expect(cairo.time(micros)).toContain('٥٩٫٠٠٠٠٠٧');
  expect(manila.time(micros)).toBe('02 Mar 2025, 07:59:59.000007');
  expect(utc.time(-1)).toBe('31 Dec 1969, 23:59:59.999999');
});

test('says once what both ends of a period share', () => {
  const shown = utc.period(readMicros('2025-03-01T07:00:00Z'), readMicros('2025-03-01T09:30:00Z'));
  expect(shown.match(/2025/g)).toHaveLength(1);
  // A clock that was set back must not make the page fail.
  expect(utc.period(2_000_000, 1_000_000)).toBe(utc.period(1_000_000, 2_000_000));
});

const spans: [ms: number, shown: string][] = [
  [0, '0 secs'],
  [0.25, '0 secs'],
  [250, '0.25 secs'],
  [1000, '1 sec'],
  [61_000, '1 min 1 sec'],
  [3_600_000, '1 hr'],
  [90_000_000, '1 day 1 hr'],
];
test.each(spans)('a span of %d ms', (ms, shown) => {
  expect(utc.span(ms)).toBe(shown);
});

test('sizes are in units of a thousand', () => {
  expect([0, 1, 999, 1000, 285_000_000].map(utc.bytes)).toEqual([
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1 kB',
    '285 MB',
  ]);
});

const clocks: [zone: string, local: string, iso: string][] = [
  ['UTC', '2025-03-01T08:30:00', '2025-03-01T08:30:00.000Z'],
  ['Asia/Manila', '2025-03-01T08:30:00', '2025-03-01T00:30:00.000Z'],
  ['Europe/Berlin', '2025-03-30T03:30:00', '2025-03-30T01:30:00.000Z'],
  ['America/St_Johns', '2025-01-01T00:00:00', '2025-01-01T03:30:00.000Z'],
];
test.each(clocks)('a clock in %s that shows %s', (zone, local, iso) => {
  expect(writeInstant(local, zone)).toBe(iso);
  expect(readInstant(iso, zone)).toBe(local);
});

test('a field that is empty or half filled is no time', () => {
  expect(writeInstant('', 'UTC')).toBeUndefined();
  expect(readInstant('', 'UTC')).toBe('');
});

test('ticks stand at whole hours of the zone, and midnight is a day', () => {
  const from = Date.parse('2025-03-01T00:00:00Z');
  const axis = makeTimeAxis(from, from + 2 * 86_400_000, 6, 'en-GB', 'Asia/Manila');
  expect(axis.ticks.length).toBeGreaterThan(2);
  expect(axis.ticks.every((tick) => tick % 3_600_000 === 0)).toBe(true);
  expect(axis.label(Date.parse('2025-03-01T16:00:00Z'))).toBe('2 Mar');
  expect(axis.label(Date.parse('2025-03-01T04:00:00Z'))).toBe('12:00');
});
