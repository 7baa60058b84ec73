/**
 * The one catalogue of text: every sentence a person reads, on screens, in reports and on the command line.
 * Nothing else in the project holds such text; stages pass codes and figures.
 */
import { createInstance, type i18n } from 'i18next';
import { enApp } from './en-app.ts';
import { enDocument } from './en-document.ts';
import { enReport } from './en-report.ts';
import { enScreens } from './en-screens.ts';
import { enServer } from './en-server.ts';
import { enShell } from './en-shell.ts';
import { enSignIn } from './en-sign-in.ts';
import { pickLanguage } from './languages.ts';

export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;
/** Sentences by key, in groups. */
interface Sentences {
  readonly [key: string]: string | Sentences;
}

const english = { ...enApp, ...enDocument, ...enReport, ...enScreens, ...enServer, ...enShell, ...enSignIn };

/** Makes the i18next instance that screens hand to react-i18next: English, with figures and dates of the locale. */
export function createCatalogue(locale: string, other?: Sentences): i18n {
  const language = pickLanguage([locale]);
  const instance = createInstance();
  void instance.init({
    lng: locale,
    fallbackLng: 'en',
    initAsync: false,
    // The escaping is the output's own work (React, the HTML report); text and CSV must not hold entities.
    interpolation: { escapeValue: false },
    resources: {
      en: { translation: english },
      ...(other && { [language]: { translation: fillForms(other, language) } }),
    },
  });
  return instance;
}

/** The same in the language of the locale, which is loaded where the catalogue has it. */
export async function loadCatalogue(locale: string): Promise<i18n> {
  switch (pickLanguage([locale])) {
    case 'fr':
      return createCatalogue(locale, (await import('./fr/fr.ts')).fr);
    case 'ar':
      return createCatalogue(locale, (await import('./ar/ar.ts')).ar);
    case 'en':
      return createCatalogue(locale);
  }
}

/** Gives the function that turns a code and its figures into a sentence; an unknown code comes back as itself. */
export function createTranslate(locale: string): Translate {
  return translateBy(createCatalogue(locale));
}

export function translateBy(catalogue: i18n): Translate {
  return (key, values) => catalogue.t(key, values ?? {});
}

/** A language may have more plural forms than two: those that the catalogue does not write out are like its `_other`. */
function fillForms(sentences: Sentences, language: string): Sentences {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  const filled: Record<string, string | Sentences> = {};
  for (const [key, value] of Object.entries(sentences)) {
    filled[key] = typeof value === 'string' ? value : fillForms(value, language);
    if (!key.endsWith('_other')) continue;
    for (const category of pluralCategories) {
      const form = key.replace(/other$/, category);
      if (!Object.hasOwn(sentences, form)) filled[form] = value;
    }
  }
  return filled;
}
