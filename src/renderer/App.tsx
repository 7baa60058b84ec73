/** The app's frame of providers; what a person sees begins in shell/. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { useState } from 'react';
import type { Client } from '../contract/client.ts';
import { Look } from './Look.tsx';
import { SignOutContext } from './session/account.ts';
import { ClientContext } from './session/client.ts';
import { PreferencesProvider } from './session/PreferencesProvider.tsx';
import { SessionProvider } from './session/SessionProvider.tsx';
import { CrashBoundary } from './shell/CrashBoundary.tsx';
import { Shell } from './shell/Shell.tsx';
import { FormatProvider } from './ui/FormatProvider.tsx';

interface Props {
  readonly client: Client;
  readonly catalogue: i18n;
  /** Of whoever is signed in. */
  readonly signOut: () => Promise<void>;
}

export function App({ client, catalogue, signOut }: Props) {
  const [queries] = useState(createQueries);
  return (
    <Look catalogue={catalogue}>
      <ClientContext value={client}>
        <CrashBoundary>
          <QueryClientProvider client={queries}>
            <SignOutContext value={signOut}>
              <PreferencesProvider>
                <FormatProvider>
                  <SessionProvider>
                    <Shell />
                  </SessionProvider>
                </FormatProvider>
              </PreferencesProvider>
            </SignOutContext>
          </QueryClientProvider>
        </CrashBoundary>
      </ClientContext>
    </Look>
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
