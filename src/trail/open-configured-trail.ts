/** A trail as the settings say. */
import type { SettingValues } from '../config/setting-table.ts';
import type { Backend } from './backend.ts';
import { openFileBackend } from './backends/file-backend.ts';
import { openTrail, type Trail, type TrailOptions } from './trail.ts';

/** What no setting says. */
export interface ConfiguredOptions extends Pick<TrailOptions, 'rules' | 'onFailure' | 'onThread'> {
  /** better-sqlite3's addon, where the runtime needs another than the packaged one. */
  readonly nativeBinding?: string | undefined;
}

export function openConfiguredTrail(
  settings: SettingValues,
  { nativeBinding, ...options }: ConfiguredOptions,
): Trail {
  return openTrail({
    ...options,
    backends: openBackends(settings, nativeBinding),
    mandatoryModels: settings.mandatory_models,
    maskedFields: groupByModel(settings.masked_fields),
    permitUnwitnessedChanges: settings.permit_unwitnessed,
    ...(settings.node === '' ? {} : { node: settings.node }),
  });
}

function openBackends(settings: SettingValues, nativeBinding: string | undefined): Backend[] {
  const binding = nativeBinding === undefined ? {} : { nativeBinding };
  const fsync = settings.file_fsync;
  const statusFolder = settings.state_path;
  return settings.backend_file
    ? [openFileBackend({ path: settings.file_path, fsync, statusFolder, ...binding })]
    : [];
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
