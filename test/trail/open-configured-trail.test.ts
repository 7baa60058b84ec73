import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings, requireValues } from '../../src/config/read-settings.ts';
import { openConfiguredTrail } from '../../src/trail/open-configured-trail.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-configured-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const read = (environment: Record<string, string>) =>
  requireValues(
    readSettings({
      environment: {
        ...{ ODOO_RC: join(directory, 'none.conf'), OPENSPP_AUDIT_STATE_PATH: join(directory, 'state') },
        ...environment,
      },
      // What a database says, so that the environment is seen to win.
      database: { 'spp_audit.backend_file': 'false', 'spp_audit.mandatory_models': '' },
    }),
  );

test('backends, node, mandatory models and masked fields are as the settings say', async () => {
  const path = join(directory, 'audit.jsonl');
  const settings = read({
    ...{
      OPENSPP_AUDIT_BACKEND_DB: 'false',
      OPENSPP_AUDIT_BACKEND_FILE: 'true',
      OPENSPP_AUDIT_FILE_PATH: path,
    },
    ...{ OPENSPP_AUDIT_BACKEND_SYSLOG: 'true', OPENSPP_AUDIT_SYSLOG_HOST: '127.0.0.1' },
    ...{ OPENSPP_AUDIT_BACKEND_HTTP: 'true', OPENSPP_AUDIT_HTTP_URL: 'http://127.0.0.1:9/' },
    ...{ OPENSPP_AUDIT_MANDATORY_MODELS: 'res.partner', OPENSPP_AUDIT_NODE: 'web-1' },
    OPENSPP_AUDIT_MASKED_FIELDS: 'pin,res.partner:iban',
  });
  const trail = openConfiguredTrail(settings, { rules: [], onFailure: () => {} });
  expect(trail.state()).toMatchObject({
    node: 'web-1',
    backends: [{ name: 'file' }, { name: 'syslog' }, { name: 'http' }],
  });
  await trail.recordCreate('res.partner', 1, { iban: 'KE01', pin: '1234', name: 'Amina' });
  await trail.close(200);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    new_values: { iban: '<masked>', pin: '<masked>', name: 'Amina' },
  });
});

test('a database backend without a database is no trail', () => {
  expect(() => openConfiguredTrail(read({}), { rules: [] })).toThrow('no database was given');
});
