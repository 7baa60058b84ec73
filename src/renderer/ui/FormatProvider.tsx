/** One locale and one zone for every figure and time on screen. The zone is chosen by the person. */
import { createContext, type ReactNode, use, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../session/client.ts';
import { usePreferences } from '../session/PreferencesProvider.tsx';
import { createFormat, type Format } from './format.ts';

interface Zones {
  readonly format: Format;
  /** UTC, the machine's own, and the chosen one. */
  readonly zones: readonly string[];
  chooseZone(zone: string): void;
}

const FormatContext = createContext<Zones | undefined>(undefined);

export function FormatProvider({ children }: { readonly children: ReactNode }) {
  const info = useCall('app.info', {});
  const { preferences, change } = usePreferences();
  const own = info.data?.zone ?? 'UTC';
  const zone = preferences?.settings.zone ?? 'UTC';
  const { i18n } = useTranslation();
  const locale = i18n.language;
  const value = useMemo<Zones>(
    () => ({
      format: createFormat(locale, zone),
      zones: [...new Set(['UTC', own, zone])],
      chooseZone: (chosen) => void change({ zone: chosen }),
    }),
    [locale, own, zone, change],
  );
  return <FormatContext value={value}>{children}</FormatContext>;
}

export function useZones(): Zones {
  const zones = use(FormatContext);
  if (!zones) throw new Error('no format was provided');
  return zones;
}

export function useFormat(): Format {
  return useZones().format;
}
