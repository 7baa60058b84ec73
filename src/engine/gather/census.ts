/**
 * What was read, counted and kept for analysis: per file its figures and malformed lines, per root and node the
 * entries in time order, per node and day how many there were.
 */
import { RunBudget, SortedRuns } from '../base/sorted-runs.ts';
import { ROW_DOCUMENTED, ROW_OBSERVED, ROW_TS_AS_WRITTEN } from '../batch.ts';
import {
  type BatchCount,
  type MalformedLine,
  type NearEntry,
  type RuleChangeAt,
  releaseRuns,
} from './count-batch.ts';

export type { MalformedLine };

/** One file's figures. Times are places too: `ts` as written is fetched for those alone. */
export interface FileFigures {
  lines: number;
  entries: number;
  malformed: number;
  flags: number;
  firstTsMicros: number;
  lastTsMicros: number;
  firstRef: number;
  lastRef: number;
  readonly nodes: Set<string>;
}

/** One node's entries in one root. */
export interface NodeFigures {
  readonly runs: SortedRuns;
  /** Whole entries per UTC day (days since the epoch); salvaged ones are not whole. */
  readonly days: Map<number, number>;
  entries: number;
}

/** Changes of rules that are told one by one; a log of nothing else must not fill the memory. */
const MAX_RULE_CHANGES = 10_000;

export class Census {
  readonly files = new Map<number, FileFigures>();
  /** By root, then node. */
  readonly nodes = new Map<number, Map<string, NodeFigures>>();
  readonly malformed: MalformedLine[] = [];
  /** In no order, and no more than a bound; `moreRuleChanges` counts the others. */
  readonly ruleChanges: RuleChangeAt[] = [];
  moreRuleChanges = 0;
  readonly #budget: RunBudget;
  /** Malformed lines at a file's end so far, waiting for the time of the entry that follows. */
  readonly #open = new Map<number, { line: MalformedLine; index: number }[]>();
  /** Per file: the last entry so far, for the malformed lines that follow. */
  readonly #last = new Map<number, NearEntry>();

  constructor(options: { readonly budgetBytes: number; readonly spillDirectory?: string | undefined }) {
    this.#budget = new RunBudget(options);
  }

  /** Frees the spill file. */
  close(): void {
    this.#budget.close();
  }

  /** Adds a batch's count, whose runs are taken from it; those of one file must come in order. */
  add(count: BatchCount, root: number): void {
    const file = this.#fileOf(count.file);
    this.#addMalformed(count);
    if (count.lastEntry) this.#last.set(count.file, count.lastEntry);
    for (const change of count.ruleChanges) {
      if (this.ruleChanges.length < MAX_RULE_CHANGES) this.ruleChanges.push(change);
      else this.moreRuleChanges++;
    }
    file.lines += count.lines;
    file.malformed += count.malformed.length;
    file.flags |= count.flags;
    if (!(count.firstTsMicros >= file.firstTsMicros) && count.firstEntry) {
      file.firstTsMicros = count.firstTsMicros;
      file.firstRef = count.firstRef;
    }
    if (!(count.lastTsMicros <= file.lastTsMicros) && count.firstEntry) {
      file.lastTsMicros = count.lastTsMicros;
      file.lastRef = count.lastRef;
    }
    for (const { node, entries, days, run } of count.nodes) {
      const figures = this.#nodeOf(root, node);
      file.nodes.add(node);
      file.entries += entries;
      figures.entries += entries;
      for (const [day, inDay] of days) figures.days.set(day, (figures.days.get(day) ?? 0) + inDay);
      figures.runs.add(count.file, run);
    }
    releaseRuns(count);
  }

  #fileOf(index: number): FileFigures {
    let file = this.files.get(index);
    if (!file) {
      file = {
        lines: 0,
        entries: 0,
        malformed: 0,
        flags: 0,
        firstTsMicros: Number.NaN,
        lastTsMicros: Number.NaN,
        firstRef: 0,
        lastRef: 0,
        nodes: new Set(),
      };
      this.files.set(index, file);
    }
    return file;
  }

  #nodeOf(root: number, node: string): NodeFigures {
    let nodes = this.nodes.get(root);
    if (!nodes) {
      nodes = new Map();
      this.nodes.set(root, nodes);
    }
    let figures = nodes.get(node);
    if (!figures) {
      figures = { runs: new SortedRuns(this.#budget), days: new Map(), entries: 0 };
      nodes.set(node, figures);
    }
    return figures;
  }

  #addMalformed(count: BatchCount): void {
    const { firstEntry } = count;
    const last = this.#last.get(count.file);
    const waiting = this.#open.get(count.file);
    if (waiting && firstEntry) {
      for (const { line, index } of waiting) {
        this.malformed[index] = {
          ...line,
          afterTsMicros: firstEntry.tsMicros,
          node: line.node ?? firstEntry.node,
        };
      }
      this.#open.delete(count.file);
    }
    for (const told of count.malformed) {
      const line: MalformedLine = {
        ...told,
        ...(Number.isNaN(told.beforeTsMicros) && last && { beforeTsMicros: last.tsMicros, node: last.node }),
      };
      const index = this.malformed.push(line) - 1;
      if (Number.isNaN(line.afterTsMicros)) {
        const open = this.#open.get(count.file) ?? [];
        open.push({ line, index });
        this.#open.set(count.file, open);
      }
    }
  }
}

/** The dialect that a file's rows showed. */
export function readDialect(flags: number): 'documented' | 'observed' | 'mixed' | 'unknown' {
  const documented = (flags & ROW_DOCUMENTED) !== 0;
  const observed = (flags & ROW_OBSERVED) !== 0;
  return documented && observed ? 'mixed' : documented ? 'documented' : observed ? 'observed' : 'unknown';
}

/** True where some timestamp of the file is not in the module's own form, so that it must be fetched to be shown. */
export function hasOddTs(figures: FileFigures): boolean {
  return (figures.flags & ROW_TS_AS_WRITTEN) !== 0;
}
