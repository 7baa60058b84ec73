/** What each layer says about a key, under that layer's own name for it. */
import { SettingKey, type SettingLayer, type StrayName } from '../contract/setting.ts';
import type { FileOption } from './parse-odoo-conf.ts';
import { findDefinition, withoutEffect } from './setting-table.ts';

/** A layer's own text about a key. */
export interface Said {
  readonly layer: Exclude<SettingLayer, 'default'>;
  readonly name: string;
  readonly line?: number;
  readonly text: string;
  /** The file says it twice, which Odoo refuses. */
  readonly isTwice?: boolean;
}

export interface Layers {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly file?: readonly FileOption[];
  readonly database?: Readonly<Record<string, string>>;
}

/** What a key is called in each layer. */
export interface KeyNames {
  readonly environment: string;
  readonly file: string;
  readonly database: string;
}

export const OPENSPP_PREFIX = 'OPENSPP_AUDIT_';
export const UNBROKEN_PREFIX = 'UNBROKEN_AUDIT_';
const FILE_PREFIX = 'spp_audit_';
const DATABASE_PREFIX = 'spp_audit.';

/** Names a key as each layer writes it: `OPENSPP_AUDIT_FILE_PATH`, `spp_audit_file_path`, `spp_audit.file_path`. */
export function nameKey(key: string, environmentPrefix: string = OPENSPP_PREFIX): KeyNames {
  return {
    environment: environmentPrefix + key.toUpperCase(),
    file: FILE_PREFIX + key,
    database: DATABASE_PREFIX + key,
  };
}

/** What the layers say about a key, highest first; in one layer the documented name before any other. */
export function collectSaid(key: SettingKey, layers: Layers, environmentPrefix: string): Said[] {
  const names = [key, ...(findDefinition(key).aliases ?? [])].map((name) => nameKey(name, environmentPrefix));
  return [
    ...names.flatMap(({ environment: name }): Said[] => {
      const text = layers.environment?.[name];
      return text === undefined ? [] : [{ layer: 'environment', name, text }];
    }),
    ...names.flatMap(({ file: name }): Said[] => {
      const options = layers.file?.filter((option) => option.name === name) ?? [];
      const [first] = options;
      if (!first) return [];
      const { line, value: text } = options.at(-1) ?? first;
      return [{ layer: 'file', name, line, text, ...(options.length > 1 ? { isTwice: true } : {}) }];
    }),
    ...names.flatMap(({ database: name }): Said[] => {
      const text =
        layers.database && Object.hasOwn(layers.database, name) ? layers.database[name] : undefined;
      return text === undefined ? [] : [{ layer: 'database', name, text }];
    }),
  ];
}

/** Names that begin as ours do and decide nothing. */
export function listStrays(layers: Layers, environmentPrefix: string): StrayName[] {
  const keys = SettingKey.options.flatMap((key) => [key, ...(findDefinition(key).aliases ?? [])]);
  const known = new Set(keys.flatMap((key) => Object.values<string>({ ...nameKey(key, environmentPrefix) })));
  const silent = new Set(
    [...withoutEffect].flatMap((key) => Object.values<string>({ ...nameKey(key, environmentPrefix) })),
  );
  const ask = (about: Omit<StrayName, 'why'>, prefix: string): StrayName[] =>
    !about.name.startsWith(prefix) || known.has(about.name)
      ? []
      : [{ ...about, why: silent.has(about.name) ? 'without-effect' : 'unknown' }];
  return [
    ...Object.keys(layers.environment ?? {}).flatMap((name) =>
      ask({ layer: 'environment', name }, environmentPrefix),
    ),
    ...(layers.file ?? []).flatMap(({ name, line }) => ask({ layer: 'file', name, line }, FILE_PREFIX)),
    ...Object.keys(layers.database ?? {}).flatMap((name) =>
      ask({ layer: 'database', name }, DATABASE_PREFIX),
    ),
  ];
}
