/** Settings and what was opened lately, in one file of the person's configuration directory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Preferences, type Recent, Settings, type SettingsChange } from '../contract/preferences.ts';
import { keepJson } from '../engine/base/keep-json.ts';

const MAX_RECENT = 12;

export const DEFAULTS: Preferences = {
  settings: { scheme: 'auto', zone: 'UTC', language: null, mask: false, maskValues: [] },
  recent: [],
};

export interface PreferenceKeeper {
  read(): Preferences;
  changeSettings(change: SettingsChange): void;
  /** Puts what was opened at the head of the list. */
  remember(paths: readonly string[]): void;
  forget(paths: readonly string[]): void;
}

/** `onChange` is told the new preferences after each change. */
export function keepPreferences(
  directory: string,
  onChange: (preferences: Preferences) => void,
): PreferenceKeeper {
  const change = (make: (before: Preferences) => Preferences): void => {
    // Read anew: another Unbroken, served for a browser, may have written in the meantime.
    const next = make(readPreferences(directory));
    keepJson(toFile(directory), next);
    onChange(next);
  };
  const others = (recent: readonly Recent[], paths: readonly string[]): Recent[] =>
    recent.filter((one) => String(one.paths) !== String(paths));
  return {
    read: () => readPreferences(directory),
    changeSettings: (settings) =>
      change((before) => {
        const given = Object.entries(settings).filter(([, value]) => value !== undefined);
        return { ...before, settings: Settings.parse({ ...before.settings, ...Object.fromEntries(given) }) };
      }),
    remember: (paths) =>
      change(({ settings, recent }) => ({
        settings,
        recent: [{ paths: [...paths], openedAt: new Date().toISOString() }, ...others(recent, paths)].slice(
          0,
          MAX_RECENT,
        ),
      })),
    forget: (paths) => change(({ settings, recent }) => ({ settings, recent: others(recent, paths) })),
  };
}

/**
 * A file that is not there, or that says something else than ours would, stands for the defaults; so does what an older
 * version did not know.
 */
export function readPreferences(directory: string): Preferences {
  try {
    const kept = JSON.parse(readFileSync(toFile(directory), 'utf8')) as Partial<Preferences>;
    return Preferences.parse({ ...kept, settings: { ...DEFAULTS.settings, ...kept.settings } });
  } catch {
    return DEFAULTS;
  }
}

function toFile(directory: string): string {
  return join(directory, 'preferences.json');
}
