/** The open workspace and its report: most screens stand only where there is one. */
import { createContext, use } from 'react';
import type { Report } from '../../contract/report.ts';

export interface Checked {
  readonly workspace: string;
  readonly report: Report;
}

/** What is open, checked or not. */
export interface Opened {
  readonly workspace: string;
  /** Undefined while the first check reads: what it has stored can be looked at, and nothing is known of gaps. */
  readonly report: Report | undefined;
}

export const ReportContext = createContext<Opened | undefined>(undefined);

export function useReport(): Checked {
  const { workspace, report } = useOpened();
  if (!report) throw new Error('no report was provided');
  return { workspace, report };
}

/** For screens that stand before there is a report, too. */
export function useOpened(): Opened {
  const opened = use(ReportContext);
  if (!opened) throw new Error('nothing is open');
  return opened;
}
