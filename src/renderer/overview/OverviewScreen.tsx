/** What the check found, at a glance: the verdict first, then the log over time, then what it is made of. */
import { useReport } from '../session/use-report.ts';
import { BusiestPanel } from './BusiestPanel.tsx';
import { CopiesPanel } from './CopiesPanel.tsx';
import { CoveragePanel } from './CoveragePanel.tsx';
import { EntriesOverTime } from './EntriesOverTime.tsx';
import { FilesPanel } from './FilesPanel.tsx';
import { FoundPanel } from './FoundPanel.tsx';
import { NodesPanel } from './NodesPanel.tsx';
import { NotVisiblePanel } from './NotVisiblePanel.tsx';
import { SkippedPanel } from './SkippedPanel.tsx';
import { TotalsPanel } from './TotalsPanel.tsx';
import { VerdictPanel } from './VerdictPanel.tsx';
import './overview.css';

export function OverviewScreen() {
  const { report } = useReport();
  // What is high stands beside what is low, so that both columns end together.
  const hasCopies = report.sources.length > 1;
  const busiest = <BusiestPanel />;
  const nodes = <NodesPanel report={report} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus
    <div className="overview" tabIndex={0}>
      <div className="overview-grid">
        <VerdictPanel report={report} />
        <FoundPanel report={report} />
        <EntriesOverTime />
        <TotalsPanel report={report} />
        <NotVisiblePanel report={report} />
        <div className="overview-lists">{hasCopies ? busiest : nodes}</div>
        <div className="overview-parts">
          {hasCopies && <CopiesPanel report={report} />}
          <CoveragePanel report={report} />
          {hasCopies ? nodes : busiest}
        </div>
        <div className="overview-files">
          <FilesPanel report={report} />
          {report.skipped.length > 0 && <SkippedPanel report={report} />}
        </div>
      </div>
    </div>
  );
}
