/** A trail as the settings say. */
import type { SettingValues } from '../config/setting-table.ts';
import type { Backend } from './backend.ts';
import { type DatabaseTarget, openDatabaseBackend } from './backends/database-backend.ts';
import { openFileBackend } from './backends/file-backend.ts';
import { openHttpBackend } from './backends/http-backend.ts';
import { openSyslogBackend } from './backends/syslog-backend.ts';
import { openTrail, type Trail, type TrailOptions } from './trail.ts';

/** What no setting says. */
export interface ConfiguredOptions extends Pick<TrailOptions, 'rules' | 'waitMs' | 'onFailure' | 'onThread'> {
  /** Mandatory beside those of the settings. */
  readonly mandatoryModels?: readonly string[];
  /** Where the database backend keeps its table; needed where it is enabled. */
  readonly database?: DatabaseTarget | undefined;
  /** better-sqlite3's addon, where the runtime needs another than the packaged one. */
  readonly nativeBinding?: string | undefined;
}

export function openConfiguredTrail(
  settings: SettingValues,
  { database, nativeBinding, mandatoryModels = [], ...options }: ConfiguredOptions,
): Trail {
  return openTrail({
    ...options,
    backends: openBackends(settings, { database, nativeBinding }),
    mandatoryModels: [...settings.mandatory_models, ...mandatoryModels],
    maskedFields: groupByModel(settings.masked_fields),
    permitUnwitnessedChanges: settings.permit_unwitnessed,
    ...(settings.node === '' ? {} : { node: settings.node }),
  });
}

/** Throws where a backend is enabled that cannot be opened as it is set: recording less than was asked for is no way out. */
function openBackends(
  settings: SettingValues,
  { database, nativeBinding }: Pick<ConfiguredOptions, 'database' | 'nativeBinding'>,
): Backend[] {
  const binding = nativeBinding === undefined ? {} : { nativeBinding };
  const { file_fsync: fsync, state_path: statusFolder } = settings;
  const backends: Backend[] = [];
  if (settings.backend_db) {
    if (!database) throw new TypeError('the database backend is enabled, and no database was given');
    backends.push(openDatabaseBackend({ ...database, statusFolder }));
  }
  if (settings.backend_file)
    backends.push(openFileBackend({ path: settings.file_path, fsync, statusFolder, ...binding }));
  if (settings.backend_syslog) {
    const {
      syslog_host: host,
      syslog_port: port,
      syslog_transport: transport,
      syslog_format: format,
    } = settings;
    const trusted = settings.syslog_ca_file === '' ? {} : { caFile: settings.syslog_ca_file };
    backends.push(openSyslogBackend({ host, port, transport, format, statusFolder, ...trusted }));
  }
  if (settings.backend_http) {
    const { http_url: url, http_auth_header: authorization, http_queue_limit: maxEntries } = settings;
    const timeoutMs = settings.http_timeout * 1000;
    const header = authorization === '' ? {} : { authorization };
    const trusted = settings.http_ca_file === '' ? {} : { caFile: settings.http_ca_file };
    backends.push(
      openHttpBackend({
        url,
        stateFolder: statusFolder,
        timeoutMs,
        maxEntries,
        fsync,
        ...header,
        ...trusted,
        ...binding,
      }),
    );
  }
  return backends;
}

/** `field` counts for every model, `model:field` for one. */
function groupByModel(fields: readonly string[]): Record<string, string[]> {
  const byModel: Record<string, string[]> = {};
  for (const said of fields) {
    const [field = '', model = '*'] = said.split(':').reverse();
    byModel[model] = [...(byModel[model] ?? []), field];
  }
  return byModel;
}
