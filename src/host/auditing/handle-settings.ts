/** Calls about the settings of audit trails, and their doctor. */
import { createFailure } from '../../engine/base/failure.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Handlers } from '../handlers.ts';
import type { OwnLog } from '../own-log/own-log.ts';
import { type AuditSettingsOptions, applyChange, planChange, readSettingsView } from './audit-settings.ts';
import { examineTrail } from './examine-trail.ts';

type Names = 'settings.list' | 'settings.set' | 'doctor.run';

export interface SettingHandlerOptions extends Omit<AuditSettingsOptions, 'owner' | 'conf'> {
  /** Gives the engine of an open workspace, or fails. */
  readonly find: (workspace: string) => Engine;
  /** Has a change witnessed before `apply` carries it out. */
  readonly protect: OwnLog['changeSetting'];
}

export function createSettingHandlers({
  find,
  protect,
  ...places
}: SettingHandlerOptions): Pick<Handlers, Names> {
  return {
    'settings.list': ({ owner }) => readSettingsView({ owner, ...places }),
    'settings.set': async ({ key, text }) => {
      const options = { owner: 'openspp', ...places } as const;
      const change = planChange(options, key, text ?? undefined);
      if (change.before === change.after) return readSettingsView(options);
      const { applied } = await protect(change, () => applyChange(places.dataDirectory, change));
      if (!applied)
        throw createFailure('change-unwitnessed', 'no backend could record the change', {
          subject: change.name,
        });
      return readSettingsView(options);
    },
    'doctor.run': ({ owner, sendTestEntry, workspace }) => {
      const models = workspace === undefined ? undefined : listModels(find(workspace));
      return examineTrail({ owner, sendTestEntry, models, ...places });
    },
  };
}

function listModels(engine: Engine): ReadonlySet<string> {
  return new Set(engine.entries.facets({}).model.map(({ value }) => value));
}
