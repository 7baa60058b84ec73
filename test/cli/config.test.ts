/** `unbroken config` and `unbroken doctor`: what they print, and what they exit by. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyChange } from '../../src/host/auditing/audit-settings.ts';
import { runCli } from './run-cli.ts';

let directory = '';
let conf = '';
let environment: Record<string, string> = {};

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-config-cli-'));
  conf = join(directory, 'odoo.conf');
  // Where the app keeps its own, on Linux and Windows.
  environment = {
    XDG_CONFIG_HOME: join(directory, 'config'),
    XDG_DATA_HOME: join(directory, 'data'),
    APPDATA: join(directory, 'appdata'),
    LOCALAPPDATA: join(directory, 'localappdata'),
    ODOO_RC: join(directory, 'none.conf'),
  };
  mkdirSync(join(directory, 'log'));
  writeFileSync(
    conf,
    `[options]
; a real one has much more
db_host = False
spp_audit_backend_file = true
spp_audit_file_path = ${join(directory, 'log', 'audit.jsonl')}
spp_audit_http_auth_header = Bearer s3cr3t;x
spp_audit_state_path = ${join(directory, 'state')}
`,
  );
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function run(args: readonly string[], more: Record<string, string> = {}) {
  const given = Object.entries(process.env).filter(([name]) => !/_AUDIT_|^ODOO_RC$/.test(name));
  return runCli(args, {
    env: { ...Object.fromEntries(given), ...environment, ...more },
  });
}

test('config tells each setting and its layer', () => {
  const { stdout, status } = run(['config', '--conf', conf], {
    OPENSPP_AUDIT_BACKEND_FILE: 'off',
    OPENSPP_AUDIT_BACKEND_FIEL: 'true',
  });
  const place = (text: string) => text.replaceAll(directory, '…').replaceAll('\\', '/').replace(/ +/g, ' ');
  expect(place(stdout)).toContain('backend_db true Default\n');
  expect(place(stdout)).toContain(
    'backend_file false OPENSPP_AUDIT_BACKEND_FILE\n - spp_audit_backend_file, line 4: true\n',
  );
  expect(place(stdout)).toContain('file_path …/log/audit.jsonl spp_audit_file_path, line 5\n');
  expect(place(stdout)).toContain('http_auth_header <masked> spp_audit_http_auth_header, line 6\n');
  expect(stdout).toContain('OPENSPP_AUDIT_BACKEND_FIEL is no setting and decides nothing.');
  expect(stdout).not.toContain('s3cr3t');
  expect(status).toBe(0);
});

test('config --json is an array of keys with value and layer, and names what is wrong', () => {
  const { stdout, status } = run(['config', '--conf', conf, '--json'], {
    OPENSPP_AUDIT_SYSLOG_PORT: 'x\u001b[2J',
  });
  const rows = JSON.parse(stdout) as { key: string; value: unknown; layer: string; errors: unknown[] }[];
  const find = (key: string) => rows.find((row) => row.key === key);
  expect(find('backend_file')).toMatchObject({
    value: true,
    layer: 'file',
    name: 'spp_audit_backend_file',
    line: 4,
  });
  expect(find('http_auth_header')).toMatchObject({ value: '<masked>', secret: true });
  expect(find('syslog_port')).toMatchObject({
    value: null,
    layer: 'environment',
    errors: [{ layer: 'environment', name: 'OPENSPP_AUDIT_SYSLOG_PORT', code: 'not-a-number' }],
  });
  expect(stdout).not.toContain('\u001b');
  expect(stdout).not.toContain('s3cr3t');
  expect(status).toBe(1);
});

test("config --own is told by UNBROKEN_AUDIT_* and by nothing of OpenSPP's", () => {
  const { stdout, status } = run(['config', '--own', '--json'], {
    OPENSPP_AUDIT_FILE_PATH: join(directory, 'log', 'audit.jsonl'),
    UNBROKEN_AUDIT_SYSLOG_PORT: '601',
  });
  const rows = JSON.parse(stdout) as { key: string; value: unknown; layer: string }[];
  const find = (key: string) => rows.find((row) => row.key === key);
  expect(find('syslog_port')).toMatchObject({ value: 601, layer: 'environment' });
  expect(find('file_path')).toMatchObject({ layer: 'default' });
  expect(String(find('file_path')?.value).startsWith(join(directory, 'log'))).toBe(false);
  expect(status).toBe(0);
});

test('a configuration file that is not there is no settings at all', () => {
  const { status, stderr } = run(['config', '--conf', join(directory, 'none.conf')]);
  expect([status, stderr.includes('none.conf')]).toEqual([2, true]);
});

test('values of the kept database are the lowest layer', () => {
  if (process.platform !== 'linux') return;
  applyChange(join(directory, 'data', 'unbroken'), {
    key: 'backend_file',
    name: 'spp_audit.backend_file',
    isSecret: false,
    before: undefined,
    after: 'false',
  });
  const { stdout } = run(['config', '--conf', conf]);
  expect(stdout).toContain('spp_audit.backend_file in the database would weaken what is fixed above it.');
});

test('doctor says what is good and what to do, and exits by it', () => {
  const good = run(['doctor', '--conf', conf]);
  expect(good.stdout).toMatch(/Good +File: may be written/);
  expect([good.status, good.stdout.includes('Nothing is wrong')]).toEqual([0, true]);
  const bad = run(['doctor', '--conf', conf, '--json'], { OPENSPP_AUDIT_BACKEND_HTTP: 'true' });
  const report = JSON.parse(bad.stdout) as { results: { check: string; code: string }[] };
  expect(report.results).toContainEqual({ check: 'http-url', state: 'bad', code: 'url-missing', facts: {} });
  expect(bad.status).toBe(1);
});
