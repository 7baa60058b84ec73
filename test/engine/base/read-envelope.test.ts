import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEnvelope } from '../../../src/engine/base/read-envelope.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'syslog');

function read(message: string): unknown {
  const bytes = Buffer.from(message);
  const { textAt, ...said } = readEnvelope(bytes);
  return [bytes.subarray(textAt).toString(), said];
}

const ours = { tag: 'openspp-audit', pid: '23671' };

test.each<[string, string, string, object]>([
  [
    'RFC 5424',
    '<134>1 2026-11-24T02:15:49.8+00:00 vm openspp-audit 23671 - - {"a":1}',
    '{"a":1}',
    { ...ours, host: 'vm' },
  ],
  [
    'with two spaces, as rsyslog',
    '<134>1 2026-11-24T02:15:49Z vm openspp-audit 23671 - -  {"a":1}',
    '{"a":1}',
    { ...ours, host: 'vm' },
  ],
  ['with a byte order mark', '<134>1 - vm openspp-audit 23671 ID - \ufeff{}', '{}', { ...ours, host: 'vm' }],
  ['nothing said', '<134>1 - - - - - -', '', {}],
  [
    'counted',
    '<134>1 - vm openspp-audit 23671 - [timeQuality tzKnown="1"][meta sysUpTime="5" sequenceId="7"] {}',
    '{}',
    { ...ours, host: 'vm', sequenceId: 7 },
  ],
  [
    'values with brackets and quotes',
    String.raw`<134>1 - vm app 1 - [x y="a\]\"] {"][z] text`,
    'text',
    { host: 'vm', tag: 'app', pid: '1' },
  ],
  ['RFC 3164', '<134>Nov  4 02:15:46 vm openspp-audit[23671]: {"a": 1}', '{"a": 1}', { ...ours, host: 'vm' }],
  [
    'of a host with an address',
    '<134>Nov 24 02:15:46 2001:db8::1 openspp-audit[23671]: {}',
    '{}',
    { ...ours, host: '2001:db8::1' },
  ],
  [
    'with the time in ISO form',
    '<134>2026-11-24T02:15:46.802382+00:00 vm openspp-audit[23671]: {}',
    '{}',
    { ...ours, host: 'vm' },
  ],
  ['the local form', '<134>Nov 24 02:15:42 openspp-audit[23671]: {"a": 1}', '{"a": 1}', ours],
  ['the local form without a time', '<134>openspp-audit[23671]: {"a": 1}', '{"a": 1}', ours],
  [
    'without a process',
    '<46>Nov 24 02:15:45 vm rsyslogd: [origin software="rsyslogd"] start',
    '[origin software="rsyslogd"] start',
    { host: 'vm', tag: 'rsyslogd' },
  ],
  ['an object and no tag', '<134>Nov 24 02:15:42 {"type": "x", "a": 1}', '{"type": "x", "a": 1}', {}],
  ['no envelope', '{"type": "x"}', '{"type": "x"}', {}],
  ['nothing', '', '', {}],
])('%s', (_, message, text, said) => {
  expect(read(message)).toEqual([text, said]);
});

test('genuine messages: each names the program and the process, and its text begins as an object', () => {
  for (const [name, host] of [
    ['devlog.log', undefined],
    ['relay-udp-3164.log', 'vm'],
    ['relay-udp-5424.log', 'vm'],
  ] as const) {
    const lines = readFileSync(join(fixtures, name), 'utf8').trimEnd().split('\n');
    for (const line of lines) {
      const [text, said] = read(line) as [string, { tag?: string; pid?: string; host?: string }];
      expect(said.host).toBe(host);
      if (said.tag === 'rsyslogd') continue;
      expect(said.tag).toBe('openspp-audit');
      expect(said.pid).toMatch(/^23\d{3}$/);
      expect(text).toMatch(/^\{"(type|rule_name)": "/);
    }
  }
});

describe('any bytes', () => {
  test('never throw, and the text is a part of them', () => {
    const parts = fc.constantFrom(
      '<134>',
      '1 ',
      '- ',
      '[a b="',
      '"]',
      '\\',
      'Nov 24 02:15:42 ',
      'vm ',
      'tag[1]: ',
      '{"',
      'é',
    );
    const messages = fc.oneof(
      fc.array(parts, { maxLength: 40 }).map((all) => Buffer.from(all.join(''))),
      fc.uint8Array().map(Buffer.from),
    );
    fc.assert(
      fc.property(messages, (bytes) => {
        const { textAt } = readEnvelope(bytes);
        expect(textAt).toBeGreaterThanOrEqual(0);
        expect(textAt).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });

  test.each([
    `<134>1 - - - - - ${'[a'.repeat(5000)}`,
    `<134>1 - - - - - [a${' b="c"'.repeat(2000)}`,
    `<134>1 - - - - - [a b="${'\\'.repeat(9000)}`,
    `<134>Nov 24 02:15:42 ${'a '.repeat(5000)}`,
    `<134>${'a'.repeat(10_000)}`,
    `<134>Nov 24 02:15:42${' '.repeat(10_000)}`,
  ])('hostile ones cost little: %#', (text) => {
    const bytes = Buffer.from(text);
    // One that cost its square would not end in time.
    for (let i = 0; i < 300; i++) expect(readEnvelope(bytes).textAt).toBeLessThanOrEqual(bytes.length);
  });
});
