/** Settings and their doctor as the real resolver tells them, from layers that disagree. */

import { resolveSettings, viewSetting } from '../../../src/config/resolve-settings.ts';
import type { Calls } from '../../../src/contract/api.ts';
import type { SettingsView } from '../../../src/contract/setting.ts';

type Names = 'settings.list' | 'settings.set' | 'doctor.run';

export function tellFakeSettings(): { [N in Names]: (input: Calls[N]['input']) => Calls[N]['output'] } {
  const database: Record<string, string> = {
    'spp_audit.backend_file': 'false',
    'spp_audit.masked_fields': 'phone',
  };
  const list = (): SettingsView => {
    const { settings, strays, fileProblems } = resolveSettings({
      environment: { OPENSPP_AUDIT_HTTP_TIMEOUT: 'soon', OPENSPP_AUDIT_HTTP_AUTH_HEADER: 'Bearer abc' },
      configFile: { path: '/etc/odoo/odoo.conf', text: '[options]\nspp_audit_backend_file = true\n' },
      database,
      machine: { platform: 'linux' },
    });
    return {
      owner: 'openspp',
      settings: Object.values(settings).map((setting) => viewSetting(setting)),
      configFile: '/etc/odoo/odoo.conf',
      database: '/data/unbroken/spp-audit-settings.json',
      strays: [...strays],
      fileProblems: [...fileProblems],
    };
  };
  return {
    'settings.list': list,
    'settings.set': ({ key, text }) => {
      if (text === null) delete database[`spp_audit.${key}`];
      else database[`spp_audit.${key}`] = text;
      return list();
    },
    'doctor.run': ({ owner, sendTestEntry }) => ({
      owner,
      at: '2026-03-02T08:00:00.000Z',
      sentTestEntry: sendTestEntry,
      results: [
        { check: 'settings', state: 'good', code: 'settings-sound', facts: {} },
        { check: 'file-path', state: 'bad', code: 'file-no-directory', facts: { path: '/var/log/openspp' } },
      ],
    }),
  };
}
