/** The settings of an audit trail as they cross a boundary: each with its value and where that came from. */
import { z } from 'zod';

/** Names as OpenSPP's README has them, without the prefix of a layer; below them those that only Unbroken's trail has. */
export const SettingKey = z.enum([
  'backend_db',
  'backend_file',
  'backend_syslog',
  'backend_http',
  'file_path',
  'http_url',
  'http_auth_header',
  'syslog_host',
  'syslog_port',
  'mandatory_models',
  'node',
  'file_fsync',
  'http_timeout',
  'http_queue_limit',
  'http_ca_file',
  'syslog_transport',
  'syslog_format',
  'syslog_ca_file',
  'masked_fields',
  'state_path',
  'permit_unwitnessed',
]);
export type SettingKey = z.infer<typeof SettingKey>;

/** Highest first: a layer that says anything about a key beats those after it. */
export const SettingLayer = z.enum(['environment', 'file', 'database', 'default']);
export type SettingLayer = z.infer<typeof SettingLayer>;

/** Why a layer's text is no value. */
export const SettingErrorCode = z.enum([
  'not-a-boolean',
  'not-a-number',
  'out-of-range',
  'not-a-choice',
  'not-a-url',
  'url-has-credentials',
  'not-a-path',
  'not-a-header',
  'not-a-model',
  'not-a-field',
  'not-a-host',
  'not-text',
  'said-twice',
  'not-from-database',
]);
export type SettingErrorCode = z.infer<typeof SettingErrorCode>;

export const SettingWarningCode = z.enum([
  /** The database says less, or other, than what is fixed above it. */
  'database-weakens',
  /** Whoever can write the database can switch it off. */
  'database-alone',
  /** A layer that does not count says something that is no value. */
  'bad-below',
  /** Two names of one key say different things in one layer. */
  'alias-differs',
]);
export type SettingWarningCode = z.infer<typeof SettingWarningCode>;

const About = z.strictObject({
  layer: SettingLayer,
  /** As that layer calls it, such as `OPENSPP_AUDIT_FILE_PATH`. */
  name: z.string(),
  /** Of the configuration file, from 1. */
  line: z.int().min(1).optional(),
});

export const SettingError = About.extend({ code: SettingErrorCode });
export type SettingError = z.infer<typeof SettingError>;

export const SettingWarning = About.extend({ code: SettingWarningCode });
export type SettingWarning = z.infer<typeof SettingWarning>;

export const SettingValue = z.union([z.boolean(), z.number(), z.string(), z.array(z.string())]);
export type SettingValue = z.infer<typeof SettingValue>;

/** A setting as it is shown. Secrets are masked in every part of it. */
export const SettingView = z.strictObject({
  key: SettingKey,
  /** Null where the layer that decides says something that is no value: no lower layer takes its place. */
  value: SettingValue.nullable(),
  layer: SettingLayer,
  /** What the layer that decides calls it; absent for a default. */
  name: z.string().optional(),
  line: z.int().min(1).optional(),
  /** What was written there, where that is no value. */
  text: z.string().optional(),
  secret: z.boolean(),
  /** Whether auditing is weaker where this changes. */
  critical: z.boolean(),
  /** What lower layers tried to say. */
  tried: z.array(About.extend({ text: z.string() })),
  errors: z.array(SettingError),
  warnings: z.array(SettingWarning),
  /** Whether the database may say anything about it at all. */
  databaseMay: z.boolean(),
  /** What it may be, for a choice. */
  choices: z.array(z.string()).optional(),
});
export type SettingView = z.infer<typeof SettingView>;

/** A name that begins as a setting's does and is none: a slip of the pen decides nothing, silently. */
export const StrayName = About.extend({ why: z.enum(['unknown', 'without-effect']) });
export type StrayName = z.infer<typeof StrayName>;

/** A line of the configuration file that says nothing, or that Odoo itself would refuse. */
export const FileProblem = z.strictObject({
  line: z.int().min(1),
  code: z.enum(['not-an-option', 'byte-order-mark', 'outside-of-a-section', 'section-twice', 'option-twice']),
  /** The first line that says it, where it is said twice. */
  firstLine: z.int().min(1).optional(),
});
export type FileProblem = z.infer<typeof FileProblem>;

/** Whose trail is meant: that of OpenSPP's host, or that of what people do in Unbroken itself. */
export const SettingsOwner = z.enum(['openspp', 'unbroken']);
export type SettingsOwner = z.infer<typeof SettingsOwner>;

export const SettingsView = z.strictObject({
  owner: SettingsOwner,
  settings: z.array(SettingView),
  /** The configuration file that was read; null where there is none. */
  configFile: z.string().nullable(),
  /** The file that holds what this app calls the database; null where there is none. */
  database: z.string().nullable(),
  strays: z.array(StrayName),
  fileProblems: z.array(FileProblem),
});
export type SettingsView = z.infer<typeof SettingsView>;
