/** The door to the settings of this machine: environment, the odoo.conf that Odoo itself would read, and a database's values. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createFailure } from '../engine/base/failure.ts';
import { UNBROKEN_PREFIX } from './layers.ts';
import { resolveSettings, type Settings } from './resolve-settings.ts';
import type { SettingValues } from './setting-table.ts';

export interface ReadSettingsOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The configuration file to read; it must be there. Where it is left out, Odoo's usual one, if there is any. */
  readonly conf?: string | undefined;
  /** Values of the lowest layer under their whole names, such as `spp_audit.file_path`. */
  readonly database?: Readonly<Record<string, string>>;
}

/** Reads and resolves the settings of OpenSPP's trail. Failure: `path-not-found` for a file that was named and cannot be read. */
export function readSettings({
  environment = process.env,
  conf,
  database,
}: ReadSettingsOptions = {}): Settings {
  const configFile = readConf(environment, conf);
  return resolveSettings({ environment, configFile, database, machine: findMachine(environment) });
}

/** The settings of Unbroken's own trail: from `UNBROKEN_AUDIT_*` and nowhere else, on into a file unless told. */
export function readOwnSettings(
  directory: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const defaults: Partial<SettingValues> = {
    backend_db: false,
    backend_file: true,
    file_path: join(directory, 'audit', 'audit.jsonl'),
    state_path: join(directory, 'audit-state'),
  };
  return resolveSettings({
    environment,
    machine: findMachine(environment),
    environmentPrefix: UNBROKEN_PREFIX,
    defaults,
  });
}

/** All values, where there is no error. Failure: `bad-setting` names the first that is wrong. */
export function requireValues({ settings }: Settings): SettingValues {
  const all = Object.values(settings);
  const [wrong] = all.flatMap(({ errors }) => errors);
  if (wrong) {
    const { name, line, code, layer } = wrong;
    const place = line === undefined ? layer : `${layer}, line ${line}`;
    throw createFailure('bad-setting', `${name} (${place}) is no value: ${code}`, { subject: name });
  }
  return Object.fromEntries(all.map(({ key, value }) => [key, value])) as unknown as SettingValues;
}

/** Where Odoo looks, in its order (odoo/tools/config.py); the last is that of Debian's package. */
function listPlaces(environment: Readonly<Record<string, string | undefined>>): string[] {
  const { ODOO_RC, OPENERP_SERVER } = environment;
  const named = ODOO_RC || OPENERP_SERVER;
  if (named) return [named];
  return process.platform === 'win32'
    ? []
    : [
        join(homedir(), '.odoorc'),
        join(homedir(), '.openerp_serverrc'),
        '/etc/odoo/odoo.conf',
        '/etc/odoo.conf',
      ];
}

function readConf(
  environment: Readonly<Record<string, string | undefined>>,
  conf: string | undefined,
): { path: string; text: string } | undefined {
  for (const path of conf === undefined ? listPlaces(environment) : [conf]) {
    try {
      return { path, text: readFileSync(path, 'utf8') };
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      // A file that is there and cannot be read may fix what the database must not decide: that is never passed over.
      if (conf !== undefined || !isMissing)
        throw createFailure('path-not-found', 'the configuration file cannot be read', {
          subject: path,
          cause: error,
        });
    }
  }
  return undefined;
}

function findMachine(environment: Readonly<Record<string, string | undefined>>) {
  return { platform: process.platform, programData: environment['ProgramData'] };
}
