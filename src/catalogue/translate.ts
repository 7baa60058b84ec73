/**
 * The one catalogue of text: every sentence a person reads, on screens, in reports and on the command line.
 * Nothing else in the project holds such text; stages pass codes and figures.
 */
import { createInstance, type i18n } from 'i18next';
import { enReport } from './en-report.ts';
import { enScreens } from './en-screens.ts';
import { enShell } from './en-shell.ts';

export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Makes the i18next instance that screens hand to react-i18next and that `createTranslate` wraps. */
export function createCatalogue(locale: string): i18n {
  const instance = createInstance();
  void instance.init({
    lng: locale,
    fallbackLng: 'en',
    initAsync: false,
    // The escaping is the output's own work (React, the HTML report); text and CSV must not hold entities.
    interpolation: { escapeValue: false },
    resources: { en: { translation: { ...enReport, ...enScreens, ...enShell } } },
  });
  return instance;
}

/** Gives the function that turns a code and its figures into a sentence; an unknown code comes back as itself. */
export function createTranslate(locale: string): Translate {
  const catalogue = createCatalogue(locale);
  return (key, values) => catalogue.t(key, values ?? {});
}
