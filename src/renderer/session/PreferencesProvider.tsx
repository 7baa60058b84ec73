/** Settings and what was opened lately, as the engine keeps them: one truth for all windows, pages and menus. */
import { useMantineColorScheme } from '@mantine/core';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { Preferences, SettingsChange } from '../../contract/preferences.ts';
import { followLanguage } from '../language.ts';
import { useClient } from './client.ts';

interface KeptPreferences {
  /** Undefined until the engine has told them. */
  readonly preferences: Preferences | undefined;
  /** Resolves when it is kept. */
  change(settings: SettingsChange): Promise<unknown>;
  /** Asks for them anew. */
  refresh(): void;
}

const PreferencesContext = createContext<KeptPreferences | undefined>(undefined);

export function usePreferences(): KeptPreferences {
  const kept = use(PreferencesContext);
  if (!kept) throw new Error('no preferences were provided');
  return kept;
}

export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const { setColorScheme } = useMantineColorScheme();
  const [preferences, setPreferences] = useState<Preferences>();
  const refresh = useCallback(() => {
    void client.call('preferences.get', {}).then((reply) => reply.ok && setPreferences(reply.value));
  }, [client]);

  useEffect(() => {
    const end = client.on('preferences.changed', setPreferences);
    refresh();
    return end;
  }, [client, refresh]);

  const scheme = preferences?.settings.scheme;
  const language = preferences?.settings.language;
  useEffect(() => {
    if (scheme !== undefined) setColorScheme(scheme);
  }, [scheme, setColorScheme]);
  useEffect(() => {
    if (language) followLanguage(language);
  }, [language]);

  const kept = useMemo<KeptPreferences>(
    () => ({ preferences, change: (settings) => client.call('preferences.change', settings), refresh }),
    [preferences, client, refresh],
  );
  return <PreferencesContext value={kept}>{children}</PreferencesContext>;
}
