/** The language of the screens: what the person chose, else the system's. */
import { LANGUAGES, type Language, pickLanguage } from '../catalogue/languages.ts';

const KEY = 'unbroken.language';

/** BCP 47, for text, figures and dates: the chosen language, in the system's own variant where it has one. */
export function readLocale(): string {
  const chosen = localStorage.getItem(KEY);
  if (chosen === null || !Object.hasOwn(LANGUAGES, chosen)) return navigator.language;
  return navigator.languages.find((locale) => pickLanguage([locale]) === chosen) ?? chosen;
}

/** Kept, and shown from the next loading of the page on, which is now. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  location.reload();
}
