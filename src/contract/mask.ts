/** Which values are not shown, so that a screen can be shown to others. Who did what, when and to which record stays. */
import type { Settings } from './preferences.ts';

export interface Mask {
  /** Then whole lines, and their hashes, are not shown either: a short value could be found by trying. */
  readonly isOn: boolean;
  /** Whether the values of a key are not shown. */
  hides(key: string): boolean;
}

/** Undefined settings are not known yet: what was to be hidden must not be seen for a moment. */
export function makeMask(settings: Pick<Settings, 'mask' | 'maskValues'> | undefined): Mask {
  const isOn = settings?.mask ?? true;
  const fields = new Set(settings?.maskValues.map(fold) ?? []);
  return { isOn, hides: (key) => isOn && (fields.size === 0 || fields.has(fold(key))) };
}

function fold(key: string): string {
  return key.trim().toLowerCase();
}
