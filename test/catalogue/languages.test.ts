/** Every language says what English says: the same keys, the same figures, every plural form. */
import { describe, expect, test } from 'vitest';
import { ar } from '../../src/catalogue/ar/ar.ts';
import { enApp } from '../../src/catalogue/en-app.ts';
import { enDocument } from '../../src/catalogue/en-document.ts';
import { enReport } from '../../src/catalogue/en-report.ts';
import { enScreens } from '../../src/catalogue/en-screens.ts';
import { enServer } from '../../src/catalogue/en-server.ts';
import { enShell } from '../../src/catalogue/en-shell.ts';
import { enSignIn } from '../../src/catalogue/en-sign-in.ts';
import { fr } from '../../src/catalogue/fr/fr.ts';
import { pickLanguage } from '../../src/catalogue/languages.ts';
import { loadCatalogue } from '../../src/catalogue/translate.ts';
import { FailureCode } from '../../src/contract/failure.ts';

const english = listSentences({
  ...enApp,
  ...enDocument,
  ...enReport,
  ...enScreens,
  ...enServer,
  ...enShell,
  ...enSignIn,
});
const others = { ar: listSentences(ar), fr: listSentences(fr) };
const FORMS = /_(zero|one|two|few|many|other)$/;

function listSentences(group: object, prefix = ''): Map<string, string> {
  const sentences = new Map<string, string>();
  for (const [key, value] of Object.entries(group) as [string, string | object][]) {
    if (typeof value === 'string') sentences.set(prefix + key, value);
    else for (const [inner, text] of listSentences(value, `${prefix}${key}.`)) sentences.set(inner, text);
  }
  return sentences;
}

/** The figures and the nested words that a sentence takes. */
function listParts(sentence: string): string[] {
  return [...sentence.matchAll(/\{\{\w+(?:, number)?\}\}|\$t\(n\.\w+/g)].map(([part]) => part).sort();
}

describe.each(Object.entries(others))('%s', (language, sentences) => {
  test('has each key of English, and no other', () => {
    const bare = (keys: Iterable<string>) =>
      [...new Set([...keys].map((key) => key.replace(FORMS, '')))].sort();
    expect(bare(sentences.keys())).toEqual(bare(english.keys()));
    for (const key of english.keys()) if (key.endsWith('_zero')) expect(sentences.has(key), key).toBe(true);
  });

  test('takes the same figures in each sentence', () => {
    for (const [key, sentence] of sentences) {
      const same = english.get(key) ?? english.get(key.replace(FORMS, '_other'));
      // A form for none, one or two may say the figure in words.
      const strip = /_(zero|one|two)$/.test(key) ? '{{count, number}}' : '';
      const bare = (text = '') => listParts(text.replaceAll(strip || '\0', ''));
      expect(bare(sentence), key).toEqual(bare(same));
    }
  });

  test('is never left for English, whatever the figure', async () => {
    const catalogue = await loadCatalogue(language);
    for (const key of sentences.keys()) {
      if (!key.endsWith('_other')) continue;
      for (const count of [0, 1, 2, 3, 11, 100, 1_000_000]) {
        const { usedLng } = catalogue.t(key.replace(/_other$/, ''), { count, returnDetails: true });
        expect(usedLng, `${key} ${count}`).toBe(language);
      }
    }
  });
});

test('the language is that of the first locale that the catalogue has', () => {
  expect(pickLanguage(['fr-SN', 'en'])).toBe('fr');
  expect(pickLanguage(['tl', 'FR'])).toBe('fr');
  expect(pickLanguage(['tl'])).toBe('en');
  expect(pickLanguage([])).toBe('en');
});

test('every failure that the contract knows, and no other, has a title and says what to do, in every language', () => {
  const codes = [...FailureCode.options].sort();
  for (const sentences of [english, ...Object.values(others)]) {
    for (const group of ['screen.failureTitle.', 'failure.']) {
      const told = [...sentences.keys()].filter((key) => key.startsWith(group));
      expect(told.map((key) => key.slice(group.length)).sort()).toEqual(codes);
      for (const key of told) expect(sentences.get(key)?.trim(), key).not.toBe('');
    }
  }
});
