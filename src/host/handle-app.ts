/** Calls about the app itself: settings, what was opened lately, licences, and the log of its own faults. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Licence } from '../contract/preferences.ts';
import { createFailure } from '../engine/base/failure.ts';
import type { Handlers } from './handlers.ts';
import type { PreferenceKeeper } from './keep-preferences.ts';
import { SETTING } from './own-log/own-actions.ts';
import type { OwnLog } from './own-log/own-log.ts';

type Names = 'preferences.get' | 'preferences.change' | 'recent.forget' | 'app.licences' | 'app.log';

export interface AppHandlerOptions {
  readonly preferences: PreferenceKeeper;
  /** What the build wrote about the packages in the product. */
  readonly licencesFile: string;
  readonly faults: readonly string[];
  readonly ownLog: Pick<OwnLog, 'recordWrite'>;
}

export function createAppHandlers({
  preferences,
  licencesFile,
  faults,
  ownLog,
}: AppHandlerOptions): Pick<Handlers, Names> {
  return {
    'preferences.get': () => preferences.read(),
    'preferences.change': (settings) => {
      if (settings.zone !== undefined && !isZone(settings.zone))
        throw createFailure('bad-request', 'there is no such zone', { subject: settings.zone });
      const before = preferences.read().settings;
      preferences.changeSettings(settings);
      const after = preferences.read();
      ownLog.recordWrite(SETTING, before, after.settings);
      return after;
    },
    'recent.forget': ({ paths }) => {
      preferences.forget(paths);
      return {};
    },
    'app.licences': async () => ({
      licences: z.array(Licence).parse(JSON.parse(await readFile(licencesFile, 'utf8'))),
    }),
    'app.log': () => ({ faults: [...faults] }),
  };
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
