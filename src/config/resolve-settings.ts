/**
 * Settings from their layers: environment beats configuration file beats database beats default, for every key.
 * Pure. A layer that says something which is no value decides all the same: the key then has no value and an error that
 * names layer, name and line, and neither a lower layer nor the default silently takes its place.
 */
import {
  type FileProblem,
  type SettingError,
  SettingKey,
  type SettingLayer,
  type SettingValue,
  type SettingView,
  type SettingWarning,
  type StrayName,
} from '../contract/setting.ts';
import { collectSaid, type Layers, listStrays, OPENSPP_PREFIX, type Said } from './layers.ts';
import { parseOdooConf } from './parse-odoo-conf.ts';
import type { Read } from './read-text.ts';
import { type Definition, findDefinition, type Machine, type SettingValues } from './setting-table.ts';

/** A key as it was resolved; secrets are in it. */
export interface Setting<T extends SettingValue = SettingValue> {
  readonly key: SettingKey;
  /** Undefined where there are errors. */
  readonly value: T | undefined;
  readonly layer: SettingLayer;
  /** What the deciding layer says; undefined for a default. */
  readonly said: Said | undefined;
  /** What lower layers say, and other names of the same key. */
  readonly tried: readonly Said[];
  readonly errors: readonly SettingError[];
  readonly warnings: readonly SettingWarning[];
}

export interface Sources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly configFile?: { readonly path: string; readonly text: string } | undefined;
  /** Under their whole names, such as `spp_audit.file_path`. */
  readonly database?: Readonly<Record<string, string>> | undefined;
  readonly machine: Machine;
  /** What names in the environment begin with: OpenSPP's unless told. */
  readonly environmentPrefix?: string;
  /** In place of the table's. */
  readonly defaults?: Partial<SettingValues>;
}

export type Resolved = { readonly [K in SettingKey]: Setting<SettingValues[K]> };

export interface Settings {
  readonly settings: Resolved;
  readonly configFile: string | undefined;
  readonly strays: readonly StrayName[];
  readonly fileProblems: readonly FileProblem[];
}

/** Decides every key by what its layers say. Never throws: what is wrong stands beside the key, or the line of the file. */
export function resolveSettings(sources: Sources): Settings {
  const { environment, configFile, database = {}, environmentPrefix = OPENSPP_PREFIX } = sources;
  const conf = configFile === undefined ? { options: [], problems: [] } : parseOdooConf(configFile.text);
  const layers: Layers = { environment, file: conf.options, database };
  const pairs = SettingKey.options.map((key) => {
    const said = collectSaid(key, layers, environmentPrefix);
    const preset = sources.defaults?.[key] ?? findDefinition(key).getDefault(sources.machine);
    return [key, resolveKey(key, said, preset)] as const;
  });
  return {
    settings: Object.fromEntries(pairs) as unknown as Resolved,
    configFile: configFile?.path,
    strays: listStrays(layers, environmentPrefix),
    fileProblems: conf.problems,
  };
}

function resolveKey(key: SettingKey, all: readonly Said[], preset: SettingValue): Setting {
  const definition = findDefinition(key);
  const [said, ...tried] = all;
  if (!said) return { key, value: preset, layer: 'default', said, tried, errors: [], warnings: [] };
  const read = readSaid(definition, said);
  const value = 'value' in read ? read.value : undefined;
  return {
    key,
    value,
    layer: said.layer,
    said,
    tried,
    errors: 'error' in read ? [{ ...nameSaid(said), code: read.error }] : [],
    warnings: [
      ...(said.layer === 'database' && definition.critical
        ? [{ ...nameSaid(said), code: 'database-alone' as const }]
        : []),
      ...tried.flatMap((other) => warnOf(definition, said, value, other)),
    ],
  };
}

function readSaid(definition: Definition, said: Said): Read<SettingValue> {
  if (said.isTwice) return { error: 'said-twice' };
  if (said.layer === 'database' && definition.databaseMay === false) return { error: 'not-from-database' };
  return definition.read(said.text);
}

/** What is to be said of a layer that does not decide. */
function warnOf(
  definition: Definition,
  said: Said,
  value: SettingValue | undefined,
  other: Said,
): SettingWarning[] {
  const read = readSaid(definition, other);
  if ('error' in read) return [{ ...nameSaid(other), code: 'bad-below' }];
  const isSame = JSON.stringify(read.value) === JSON.stringify(value);
  if (value === undefined || isSame) return [];
  if (other.layer === said.layer) return [{ ...nameSaid(other), code: 'alias-differs' }];
  const { critical, weakens = () => true } = definition;
  return other.layer === 'database' && critical && weakens(read.value, value)
    ? [{ ...nameSaid(other), code: 'database-weakens' }]
    : [];
}

function nameSaid({ layer, name, line }: Said): Pick<SettingError, 'layer' | 'name' | 'line'> {
  return line === undefined ? { layer, name } : { layer, name, line };
}

const MASKED = '<masked>';

/** The setting as it may be shown: a secret is told to be there, and no more. */
export function viewSetting({ key, value, layer, said, tried, errors, warnings }: Setting): SettingView {
  const { secret = false, critical = false, databaseMay = true, choices } = findDefinition(key);
  const mask = (text: string): string => (secret && text !== '' ? MASKED : maskUrl(text));
  const { name, line } = said ?? {};
  return {
    key,
    value: value === undefined ? null : typeof value === 'string' ? mask(value) : value,
    layer,
    ...(name === undefined ? {} : { name }),
    ...(line === undefined ? {} : { line }),
    ...(said && value === undefined ? { text: mask(said.text) } : {}),
    secret,
    critical,
    tried: tried.map((other) => ({ ...nameSaid(other), text: mask(other.text) })),
    errors: [...errors],
    warnings: [...warnings],
    databaseMay,
    ...(choices ? { choices: [...choices] } : {}),
  };
}

/** An address may carry a secret of its own: user and password, or a token after its `?`. */
function maskUrl(text: string): string {
  return /^\s*[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? text.replace(/\/\/[^/?#]*@/, `//${MASKED}@`).replace(/([?#]).*$/s, `$1${MASKED}`)
    : text;
}
