/** Languages that the catalogue has, each named in itself. */
export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr' },
  fr: { name: 'Français', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly direction: 'ltr' | 'rtl' }>>;

export type Language = keyof typeof LANGUAGES;

/** The first of the wanted locales (BCP 47) that the catalogue has, by its language; English where it has none. */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const locale of wanted) {
    const [language = ''] = locale.toLowerCase().split('-');
    if (Object.hasOwn(LANGUAGES, language)) return language as Language;
  }
  return 'en';
}
