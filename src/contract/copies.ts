/** Copies of one log side by side over time: what their charts draw, in the window and in the report. */
import type { Finding } from './finding.ts';
import type { Report } from './report.ts';

/**
 * `lacks`: another copy holds it. `ended`: another copy ran further, so that the tail may be cut. `missing`: no copy
 * holds it. `differs`: another copy reads differently.
 */
export const copyMarkKinds = ['lacks', 'ended', 'missing', 'differs'] as const;
export type CopyMarkKind = (typeof copyMarkKinds)[number];

/** Findings of one kind that would lie on each other, as one mark. Times in milliseconds. */
export interface CopyMark {
  readonly kind: CopyMarkKind;
  readonly findings: string[];
  fromMs: number;
  toMs: number;
  /** Entries concerned. */
  count: number;
}

/** One copy: from its first entry to its last. */
export interface CopyLane {
  /** Index into the report's `sources`. */
  readonly source: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly marks: readonly CopyMark[];
}

export interface CopyLanes {
  readonly fromMs: number;
  readonly toMs: number;
  readonly lanes: readonly CopyLane[];
}

/**
 * Lays out the copies of a report; undefined where there is one source, or no time to draw.
 * @param readMs Reads a time as it is written; NaN where it is none.
 * @param steps Into how many steps of time marks are told apart.
 */
export function layOutCopies(
  report: Report,
  readMs: (ts: string) => number,
  steps: number,
): CopyLanes | undefined {
  if (report.sources.length < 2) return undefined;
  const spans = report.sources.map((_, source) => spanOf(report, source, readMs));
  const times = spans.flat().filter(Number.isFinite);
  if (times.length === 0) return undefined;
  const [fromMs, toMs] = [Math.min(...times), Math.max(...times)];
  const stepMs = (toMs - fromMs) / steps;
  const sourceOfPath = new Map(report.files.map(({ path, source }) => [path, source]));
  const lanes = spans.map(([first = fromMs, last = fromMs], source): CopyLane => {
    const marks = report.findings.flatMap((finding) => {
      const kind = kindIn(finding, source, sourceOfPath);
      if (!kind) return [];
      const ends = [finding.fromTs, finding.toTs].map((ts) => readMs(ts ?? ''));
      if (!ends.every(Number.isFinite)) return [];
      const [from, to] = [Math.max(fromMs, Math.min(...ends)), Math.min(toMs, Math.max(...ends))];
      return [{ kind, findings: [finding.id], fromMs: from, toMs: to, count: finding.count ?? 1 }];
    });
    return {
      source,
      fromMs: first,
      toMs: last,
      marks: copyMarkKinds.flatMap((kind) =>
        merge(
          marks.filter((mark) => mark.kind === kind),
          stepMs,
        ),
      ),
    };
  });
  return { fromMs, toMs, lanes };
}

/** Of a copy without an entry nothing. */
function spanOf({ nodes }: Report, source: number, readMs: (ts: string) => number): number[] {
  const times = nodes
    .filter((node) => node.source === source)
    .flatMap(({ firstTs, lastTs }) => [readMs(firstTs), readMs(lastTs)])
    .filter(Number.isFinite);
  return times.length === 0 ? [] : [Math.min(...times), Math.max(...times)];
}

function kindIn(
  finding: Finding,
  source: number,
  sourceOfPath: ReadonlyMap<string, number>,
): CopyMarkKind | undefined {
  const says = (code: string): boolean => finding.evidence.some((said) => said.code === code);
  if (finding.kind === 'missing-in-copy' && finding.source === source)
    return says('ran-further') ? 'ended' : 'lacks';
  // What another copy holds of a gap is told by a finding of its own.
  if (finding.kind === 'gap' && finding.source === source)
    return says('held-elsewhere') ? undefined : 'missing';
  if (finding.kind !== 'conflict') return undefined;
  const places = [...(finding.before ?? []), ...(finding.after ?? [])];
  return places.some(({ path }) => sourceOfPath.get(path) === source) ? 'differs' : undefined;
}

/** Joins marks that are less than a step apart: an outage of many nodes is one range. */
function merge(marks: readonly CopyMark[], stepMs: number): CopyMark[] {
  const merged: CopyMark[] = [];
  for (const mark of marks.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last && mark.fromMs - last.toMs < stepMs) {
      last.findings.push(...mark.findings);
      last.toMs = Math.max(last.toMs, mark.toMs);
      last.count += mark.count;
    } else merged.push({ ...mark, findings: [...mark.findings] });
  }
  return merged;
}
