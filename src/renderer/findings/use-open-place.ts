/** Leads from a line on a side of a finding to its entry, among what the same node wrote around that time. */
import type { Place } from '../../contract/finding.ts';
import { useClient } from '../session/client.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { useReport } from '../session/use-report.ts';

const AROUND_MS = 10 * 60_000;

export function useOpenPlace(): (place: Place) => Promise<void> {
  const client = useClient();
  const { workspace } = useReport();
  const { go } = useNavigation();
  return async (place) => {
    const reply = await client.call('entries.at', { workspace, path: place.path, line: place.line });
    if (!reply.ok) return;
    // A glued line holds several entries.
    const row = reply.value.rows.find(({ seq }) => seq === place.seq) ?? reply.value.rows[0];
    if (!row) return;
    const at = row.tsMicros / 1000;
    go({
      screen: 'entries',
      entry: row.id,
      filter: {
        node: [row.node],
        from: new Date(Math.floor(at) - AROUND_MS).toISOString(),
        to: new Date(Math.ceil(at) + AROUND_MS).toISOString(),
      },
    });
  };
}
