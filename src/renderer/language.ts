/**
 * The language of the screens: what the person chose, else the system's. The engine keeps the choice; the page
 * remembers it too, since it needs a language before it has heard from the engine.
 */
import { LANGUAGES, pickLanguage } from '../catalogue/languages.ts';

const KEY = 'unbroken.language';

/** BCP 47, for text, figures and dates: the chosen language, in the system's own variant where it has one. */
export function readLocale(): string {
  const chosen = localStorage.getItem(KEY);
  if (chosen === null || !Object.hasOwn(LANGUAGES, chosen)) return navigator.language;
  return navigator.languages.find((locale) => pickLanguage([locale]) === chosen) ?? chosen;
}

/** Shows the page in the chosen language: from its next loading on, which is now where it is in another. */
export function followLanguage(language: string): void {
  if (!Object.hasOwn(LANGUAGES, language) || localStorage.getItem(KEY) === language) return;
  const shown = pickLanguage([readLocale()]);
  localStorage.setItem(KEY, language);
  if (shown !== language) location.reload();
}
