/** The app's frame of providers; what a person sees begins in shell/. */
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { Client } from '../contract/client.ts';
import { ClientContext } from './session/client.ts';
import { PreferencesProvider } from './session/PreferencesProvider.tsx';
import { SessionProvider } from './session/SessionProvider.tsx';
import { CrashBoundary } from './shell/CrashBoundary.tsx';
import { Shell } from './shell/Shell.tsx';
import { resolveVariables, theme } from './theme.ts';
import { FormatProvider } from './ui/FormatProvider.tsx';

export function App({ client, catalogue }: { readonly client: Client; readonly catalogue: i18n }) {
  const [queries] = useState(createQueries);
  return (
    <DirectionProvider>
      <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
        <I18nextProvider i18n={catalogue}>
          <ClientContext value={client}>
            <CrashBoundary>
              <QueryClientProvider client={queries}>
                <PreferencesProvider>
                  <FormatProvider>
                    <SessionProvider>
                      <Shell />
                    </SessionProvider>
                  </FormatProvider>
                </PreferencesProvider>
              </QueryClientProvider>
            </CrashBoundary>
          </ClientContext>
        </I18nextProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

/** An answer stays true until the engine tells of a change, so nothing is asked again by the clock or on focus. */
function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false },
    },
  });
}
