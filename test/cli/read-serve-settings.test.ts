import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readServeSettings } from '../../src/cli/read-serve-settings.ts';
import { ServeSettings } from '../../src/contract/serve-settings.ts';
import { readFailure } from '../../src/engine/base/failure.ts';

const example = join(import.meta.dirname, '..', '..', 'resources', 'serve.example.json');
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-config-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

function write(text: string): string {
  const file = join(directory, 'serve.json');
  writeFileSync(file, text);
  return file;
}

/** What is told of a file that cannot be used, without its name. */
function findFaults(text: string): string[] {
  const file = write(text);
  try {
    readServeSettings(file, {});
  } catch (error) {
    const { message = '' } = readFailure(error) ?? {};
    expect(message.startsWith(`${file}, `)).toBe(true);
    return message.slice(file.length + 2).split('; ');
  }
  return [];
}

test('the example holds the defaults, and names every key', () => {
  expect(readServeSettings(example, {})).toEqual(ServeSettings.parse({}));
  const said = readFileSync(example, 'utf8');
  const listKeys = (value: object): string[] =>
    Object.entries(value).flatMap(([key, below]) => [
      key,
      ...(typeof below === 'object' && !Array.isArray(below) ? listKeys(below) : []),
    ]);
  const optional = ['webhook', 'command', 'certificate', 'key', 'clientCa', 'keepDays', 'keepBytes'];
  for (const key of [...listKeys(ServeSettings.parse({})), ...optional]) expect(said).toContain(`"${key}": `);
});

test('the configuration of a small site is one', () => {
  const page = readFileSync(join(example, '..', '..', 'SERVING.md'), 'utf8');
  const json = /```json\n([^`]+)```/.exec(page)?.[1] ?? '';
  const { http, ui, alerts } = readServeSettings(write(json), {});
  expect([http.tls, ui?.tls, alerts.silentAfterMinutes]).toEqual([true, true, { openspp: 60 }]);
});

test.each(['https://me:secret@example.org/x', 'https:/me:secret@example.org', ' HTTP:\\\\me@example.org'])(
  'an address of a webhook has no password that a log would tell: %s',
  (url) => {
    const file = write(JSON.stringify({ alerts: { webhook: { url } } }));
    const read = () => readServeSettings(file, {});
    expect(read).toThrow('alerts.webhook.url: credentials go into authorization');
    expect(read).not.toThrow('secret');
  },
);

test('an address of a webhook may have an @ further on', () => {
  const file = write('{"alerts": {"webhook": {"url": "https://example.org/@me?to=a@b"}}}');
  expect(readServeSettings(file, {}).alerts.webhook?.url).toContain('@me');
});

test('the command line is before the file, key by key', () => {
  const file = write('{"http": {"address": "0.0.0.0:1", "paths": ["/a", "/b"]}}');
  const { http } = readServeSettings(file, { http: { address: '127.0.0.1:2', tls: undefined } });
  expect(http).toMatchObject({ address: '127.0.0.1:2', paths: ['/a', '/b'], tls: false });
  expect(readServeSettings(file, { http: { paths: ['/c'] } }).http.paths).toEqual(['/c']);
});

test('paths are relative to the file', () => {
  const file = write('\uFEFF{"tls": {"certificate": "a.pem", "key": "b.pem"}}');
  expect(readServeSettings(file, {}).tls).toEqual({
    certificate: join(directory, 'a.pem'),
    key: join(directory, 'b.pem'),
    names: [],
  });
});

test.each([
  ['', ['line 1: this is no JSON (ValueExpected)']],
  ['{\n  "http": {\n    "tls" true\n  }\n}', ['line 3: this is no JSON (ColonExpected)']],
  ['[]', [expect.stringMatching(/^line 1: .*expected object, received array/)]],
  [
    '{\n  "http": {\n    "adress": "x",\n    "tls": "yes"\n  },\n  "mail": 1\n}',
    [
      expect.stringMatching(/^line 4: http\.tls: .*expected boolean/),
      'line 3: http.adress: there is no such setting',
      'line 6: mail: there is no such setting',
    ],
  ],
  ['{"http":\n{"paths": ["/a",\n"b"]}}', [expect.stringMatching(/^line 3: http\.paths\.1: /)]],
  [
    '{"http": {"address": "8080"}}',
    ['line 1: http.address: an address is written as HOST:PORT or [IPv6]:PORT'],
  ],
  ['{"tls": {"key": "a"}}', ['line 1: tls: certificate and key go together']],
  ['{"spool": {},\n"http": {"tls": true,\n"tls": false}}', ['line 3: tls is said twice']],
])('%j is told with line and key', (text, faults) => {
  expect(findFaults(text)).toEqual(faults);
});

test('what is wrong on the command line has no line', () => {
  expect(() => readServeSettings(undefined, { http: { paths: [] } })).toThrow(/^http\.paths: /);
  expect(() => readServeSettings(undefined, { ui: { tls: true } })).toThrow('ui.address: it has to be said');
  expect(() => readServeSettings(join(directory, 'absent'), {})).toThrow('cannot be read');
});
