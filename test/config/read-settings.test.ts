/** The door: which configuration file is read, and what Unbroken's own trail is configured by. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOwnSettings, readSettings, requireValues } from '../../src/config/read-settings.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-config-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function writeConf(name: string, port: string): string {
  const file = join(directory, name);
  writeFileSync(file, `[options]\nspp_audit_syslog_port = ${port}\n`);
  return file;
}

test('the file that is named beats ODOO_RC, which beats OPENERP_SERVER', () => {
  const [one, two, three] = [writeConf('a.conf', '1'), writeConf('b.conf', '2'), writeConf('c.conf', '3')];
  const environment = { ODOO_RC: two, OPENERP_SERVER: three };
  const read = (...[options]: Parameters<typeof readSettings>) => {
    const { settings, configFile } = readSettings(options);
    return [configFile, settings.syslog_port.value];
  };
  expect(read({ conf: one, environment })).toEqual([one, 1]);
  expect(read({ environment })).toEqual([two, 2]);
  expect(read({ environment: { ...environment, ODOO_RC: '' } })).toEqual([three, 3]);
});

test('a file that is named must be there; one that ODOO_RC names need not, as for Odoo', () => {
  const missing = join(directory, 'none.conf');
  expect(() => readSettings({ conf: missing, environment: {} })).toThrow(
    expect.objectContaining({
      failure: expect.objectContaining({ code: 'path-not-found', subject: missing }),
    }),
  );
  expect(readSettings({ environment: { ODOO_RC: missing } }).configFile).toBeUndefined();
});

test('a file that is there and cannot be read may fix something, and is never passed over', () => {
  expect(() => readSettings({ environment: { ODOO_RC: directory } })).toThrow(
    expect.objectContaining({
      failure: expect.objectContaining({ code: 'path-not-found', subject: directory }),
    }),
  );
});

test('values are given where all are sound, and none otherwise', () => {
  const conf = writeConf('a.conf', '601');
  expect(requireValues(readSettings({ conf, environment: {} }))).toMatchObject({
    syslog_port: 601,
    backend_db: true,
    mandatory_models: [],
  });
  const bad = writeConf('b.conf', 'many');
  expect(() => requireValues(readSettings({ conf: bad, environment: {} }))).toThrow(
    'spp_audit_syslog_port (file, line 2) is no value: not-a-number',
  );
});

test("Unbroken's own trail writes into a file of its own, whatever OpenSPP's is told", () => {
  const own = (environment: Record<string, string>) => requireValues(readOwnSettings(directory, environment));
  const openspp = {
    OPENSPP_AUDIT_FILE_PATH: '/var/log/openspp/audit.jsonl',
    OPENSPP_AUDIT_BACKEND_FILE: 'false',
    ODOO_RC: writeConf('a.conf', '601'),
  };
  const file = join(directory, 'audit', 'audit.jsonl');
  expect(own(openspp)).toMatchObject({
    file_path: file,
    backend_file: true,
    backend_db: false,
    syslog_port: 514,
  });
  expect(own({ ...openspp, UNBROKEN_AUDIT_FILE_PATH: '/srv/own.jsonl' }).file_path).toBe('/srv/own.jsonl');
});
