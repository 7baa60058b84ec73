/**
 * `unbroken/trail`: the audit trail for TypeScript programs. `unbroken/trail/kysely` is the adapter for Kysely, apart
 * from it because it needs that package.
 */

export { type ReadSettingsOptions, readSettings, requireValues } from '../config/read-settings.ts';
export type { Resolved, Settings } from '../config/resolve-settings.ts';
export type { SettingValues } from '../config/setting-table.ts';
export type { LoggedAction, Rule } from '../contract/rule.ts';
export { type AuditOptions, audit, audited } from './audit-calls.ts';
export type { AuditRule, LifecycleCall, Recorded } from './audit-rule.ts';
export type { Backend, BackendName, BackendState, Loss, RecordedEntry } from './backend.ts';
export {
  type DatabaseBackendOptions,
  type DatabaseTarget,
  openDatabaseBackend,
} from './backends/database-backend.ts';
export { type FileBackendOptions, type FsyncPolicy, openFileBackend } from './backends/file-backend.ts';
export { type HttpBackendOptions, openHttpBackend } from './backends/http-backend.ts';
export { openSyslogBackend, type SyslogBackendOptions } from './backends/syslog-backend.ts';
export type { DataChange } from './data-change.ts';
export { type ConfiguredOptions, openConfiguredTrail } from './open-configured-trail.ts';
export type { BackendNews, OutletState } from './outlet.ts';
export type { AuditingChange, ChangeResult } from './protect-change.ts';
export type { NotRecorded, RuleInput } from './rule-book.ts';
export type { ThreadSummary } from './thread-summary.ts';
export {
  openTrail,
  type RecordedAction,
  type Trail,
  type TrailOptions,
  type TrailState,
} from './trail.ts';
export type { Actor, RecordId, Values } from './write-entry.ts';
