/** What the entry on a side of a finding did, to which record, by whom: the ways to all about them. */
import type { Place } from '../../contract/finding.ts';
import { useCall } from '../session/client.ts';
import { PersonLink } from '../session/PersonLink.tsx';
import { RecordLink } from '../session/RecordLink.tsx';
import { useReport } from '../session/use-report.ts';
import { Marked } from '../ui/Marked.tsx';

export function SideEntry({ place: { path, line, seq } }: { readonly place: Place }) {
  const { workspace } = useReport();
  const { data } = useCall('entries.at', { workspace, path, line });
  // A glued line holds several entries.
  const row = data?.rows.find((candidate) => candidate.seq === seq) ?? data?.rows[0];
  if (!row) return null;
  return (
    <span className="side-entry">
      <Marked text={row.action} /> <RecordLink model={row.model} resId={row.resId} />{' '}
      <PersonLink user={row.userLogin || row.userId} />
    </span>
  );
}
