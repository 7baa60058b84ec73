/** The report of the open workspace, for screens that stand only where there is one. */
import { createContext, use } from 'react';
import type { Report } from '../../contract/report.ts';

export interface Checked {
  readonly workspace: string;
  readonly report: Report;
}

export const ReportContext = createContext<Checked | undefined>(undefined);

export function useReport(): Checked {
  const checked = use(ReportContext);
  if (!checked) throw new Error('no report was provided');
  return checked;
}
