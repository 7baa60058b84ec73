/** One locale and one zone for every figure and time on screen. The zone is chosen by the person and kept. */
import { useLocalStorage } from '@mantine/hooks';
import { createContext, type ReactNode, use, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../session/client.ts';
import { createFormat, type Format } from './format.ts';

interface Zones {
  readonly format: Format;
  /** UTC, and the machine's own where it is another. */
  readonly zones: readonly string[];
  chooseZone(zone: string): void;
}

const FormatContext = createContext<Zones | undefined>(undefined);

export function FormatProvider({ children }: { readonly children: ReactNode }) {
  const info = useCall('app.info', {});
  const [kept, keep] = useLocalStorage({ key: 'unbroken.zone', defaultValue: 'UTC' });
  const own = info.data?.zone ?? 'UTC';
  const { i18n } = useTranslation();
  const locale = i18n.language;
  const value = useMemo<Zones>(() => {
    const zones = own === 'UTC' ? ['UTC'] : ['UTC', own];
    // A machine that moved must not keep showing a zone that can no longer be chosen.
    const zone = zones.includes(kept) ? kept : 'UTC';
    return { format: createFormat(locale, zone), zones, chooseZone: keep };
  }, [locale, own, kept, keep]);
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
