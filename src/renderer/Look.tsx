/** How everything looks and reads: direction, colours, language. */
import { DirectionProvider, MantineProvider } from '@mantine/core';
import type { i18n } from 'i18next';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { resolveVariables, theme } from './theme.ts';

export function Look({ catalogue, children }: { readonly catalogue: i18n; readonly children: ReactNode }) {
  return (
    <DirectionProvider>
      <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
        <I18nextProvider i18n={catalogue}>{children}</I18nextProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
