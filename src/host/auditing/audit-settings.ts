/**
 * Settings of audit trails as this app has them: OpenSPP's from environment, odoo.conf and a database that the app
 * keeps itself, a file; its own from the environment alone.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { nameKey } from '../../config/layers.ts';
import { readOwnSettings, readSettings } from '../../config/read-settings.ts';
import { type Settings, viewSetting } from '../../config/resolve-settings.ts';
import { findDefinition } from '../../config/setting-table.ts';
import type { SettingKey, SettingsOwner, SettingsView } from '../../contract/setting.ts';
import { createFailure } from '../../engine/base/failure.ts';
import { keepJson } from '../../engine/base/keep-json.ts';

export interface AuditSettingsOptions {
  readonly owner: SettingsOwner;
  /** An odoo.conf in place of the usual one. */
  readonly conf?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Where the app keeps the database's values, and what it records itself. */
  readonly dataDirectory: string;
}

export function readAuditSettings(options: AuditSettingsOptions): Settings {
  const { owner, conf, environment = process.env, dataDirectory } = options;
  return owner === 'unbroken'
    ? readOwnSettings(dataDirectory, environment)
    : readSettings({ environment, conf, database: readDatabase(dataDirectory) });
}

export function readSettingsView(options: AuditSettingsOptions): SettingsView {
  const { settings, configFile, strays, fileProblems } = readAuditSettings(options);
  return {
    owner: options.owner,
    settings: Object.values(settings).map((setting) => viewSetting(setting)),
    configFile: configFile ?? null,
    database: options.owner === 'openspp' ? toFile(options.dataDirectory) : null,
    strays: [...strays],
    fileProblems: [...fileProblems],
  };
}

/** A change of the database's values: what it says before and after, as text; undefined where it says nothing. */
export interface DatabaseChange {
  readonly key: SettingKey;
  readonly name: string;
  readonly isSecret: boolean;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * Whether the database may say this. Failures: `setting-fixed` where a higher layer decides, or the database must not;
 * `bad-setting` where it is no value.
 */
export function planChange(
  options: AuditSettingsOptions,
  key: SettingKey,
  after: string | undefined,
): DatabaseChange {
  const { layer, said } = readAuditSettings(options).settings[key];
  const { read, secret = false, databaseMay = true } = findDefinition(key);
  if (options.owner !== 'openspp' || !databaseMay || layer === 'environment' || layer === 'file')
    throw createFailure('setting-fixed', 'the database does not decide this', { subject: said?.name ?? key });
  const name = nameKey(key).database;
  if (after !== undefined && 'error' in read(after))
    throw createFailure('bad-setting', 'this is no value of the setting', { subject: name });
  return { key, name, isSecret: secret, before: readDatabase(options.dataDirectory)[name], after };
}

/** Carries out what was planned. */
export function applyChange(dataDirectory: string, { name, after }: DatabaseChange): void {
  const { [name]: _, ...others } = readDatabase(dataDirectory);
  const file = toFile(dataDirectory);
  const values = after === undefined ? others : { ...others, [name]: after };
  keepJson(file, values);
}

const Values = z.record(z.string(), z.string());

/** Failure: `bad-setting` where the file is there and is not as it was written: it may fix something. */
function readDatabase(dataDirectory: string): Readonly<Record<string, string>> {
  const file = toFile(dataDirectory);
  try {
    return Values.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw createFailure('bad-setting', 'the kept values cannot be read', { subject: file, cause: error });
  }
}

function toFile(dataDirectory: string): string {
  return join(dataDirectory, 'spp-audit-settings.json');
}
