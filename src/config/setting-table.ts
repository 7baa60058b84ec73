/** The one table of settings: what each may be, its default, and whether auditing hangs on it. All else follows. */
import type { SettingKey, SettingValue } from '../contract/setting.ts';
import {
  type Reader,
  readBoolean,
  readChoice,
  readFields,
  readHeader,
  readHost,
  readInteger,
  readModels,
  readOptionalPath,
  readPath,
  readPlain,
  readUrl,
} from './read-text.ts';

/** Where defaults depend on the system. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** Where Windows keeps the data of all users; elsewhere without effect. */
  readonly programData?: string | undefined;
}

interface Options<T> {
  /** Never shown. */
  readonly secret?: boolean;
  /** Auditing is weaker where this changes: a warning where it rests in the database alone. */
  readonly critical?: boolean;
  /** Whether `said` audits less than `fixed`; where it is absent, anything else does. */
  readonly weakens?: (said: T, fixed: T) => boolean;
  /** Further names that OpenSPP's module reads. */
  readonly aliases?: readonly string[];
  /** Whoever can write the database must not decide this. */
  readonly databaseMay?: false;
  readonly choices?: readonly string[];
}

export interface Definition<T extends SettingValue = SettingValue> extends Options<T> {
  readonly read: Reader<T>;
  readonly getDefault: (machine: Machine) => T;
}

function define<T extends SettingValue>(
  read: Reader<T>,
  preset: T | ((machine: Machine) => T),
  options: Options<T> = {},
): Definition<T> {
  return { read, getDefault: typeof preset === 'function' ? preset : () => preset, ...options };
}

const backend = (preset: boolean) =>
  define<boolean>(readBoolean, preset, { critical: true, weakens: (said, fixed) => fixed && !said });

function choose<const T extends string>(choices: readonly T[], preset: NoInfer<T>): Definition<T> {
  return define<T>(readChoice(choices), preset, { choices });
}

const lacks = (said: readonly string[], fixed: readonly string[]) =>
  fixed.some((name) => !said.includes(name));

export const settingTable = {
  backend_db: backend(true),
  backend_file: backend(false),
  backend_syslog: backend(false),
  backend_http: backend(false),
  file_path: define<string>(readPath, (machine) => placeFor(machine, 'log', 'audit.jsonl'), {
    critical: true,
  }),
  http_url: define<string>(readUrl, '', { critical: true, aliases: ['http_endpoint'] }),
  http_auth_header: define<string>(readHeader, '', { critical: true, secret: true }),
  syslog_host: define<string>(readHost, 'localhost', { critical: true }),
  syslog_port: define<number>(readInteger(1, 65_535), 514, { critical: true }),
  mandatory_models: define<string[]>(readModels, [], { critical: true, weakens: lacks }),
  /** Empty: the host's name. */
  node: define<string>(readPlain, ''),
  /** When the file is synced to its disk: after each write, once a second, or when the system sees fit. */
  file_fsync: choose(['always', 'second', 'never'], 'second'),
  /** Seconds. */
  http_timeout: define<number>(readInteger(1, 300), 5),
  /** So many entries wait at most. */
  http_queue_limit: define<number>(readInteger(1, 100_000_000), 100_000),
  /** Certificates to trust for HTTPS, PEM; empty: those of the system. */
  http_ca_file: define<string>(readOptionalPath, ''),
  syslog_transport: choose(['udp', 'tcp', 'tls'], 'udp'),
  /** The RFC. */
  syslog_format: choose(['3164', '5424'], '5424'),
  /** Certificates to trust for TLS, PEM; empty: those of the system. */
  syslog_ca_file: define<string>(readOptionalPath, ''),
  masked_fields: define<string[]>(readFields, [], {
    critical: true,
    weakens: (said, fixed) => lacks(fixed, said),
  }),
  /** A directory for what backends keep: what waits for HTTP, and how each backend does. */
  state_path: define<string>(readPath, (machine) => placeFor(machine, 'lib', 'audit-state')),
  /** Changes to auditing take effect even where no backend beside the database takes them: for a repair. */
  permit_unwitnessed: define<boolean>(readBoolean, false, { databaseMay: false }),
} as const satisfies Readonly<Record<SettingKey, unknown>>;

/** What each setting's value is. */
export type SettingValues = {
  readonly [K in SettingKey]: ReturnType<(typeof settingTable)[K]['getDefault']>;
};

/** The table's row as one type for all. */
export function findDefinition(key: SettingKey): Definition {
  return settingTable[key] as unknown as Definition;
}

/** Names that OpenSPP's module knows, and that decide nothing here. */
export const withoutEffect: ReadonlySet<string> = new Set(['force_enabled', 'mail_thread_default']);

function placeFor({ platform, programData }: Machine, kind: 'log' | 'lib', name: string): string {
  return platform === 'win32'
    ? `${programData ?? 'C:\\ProgramData'}\\OpenSPP\\${name}`
    : `/var/${kind}/openspp/${name}`;
}
