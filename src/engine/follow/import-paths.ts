/**
 * Imports into one workspace: the first, later ones, and those of what is followed. Of the last only the first half, in
 * which is written, keeps others waiting; the second is done on a thread, while what is appended is read on.
 */
import { dirname } from 'node:path';
import type { Report } from '../../contract/report.ts';
import { chooseSpillDirectory, isInside } from '../base/places.ts';
import { findSpool } from '../base/removed-files.ts';
import { takeTurns } from '../base/take-turns.ts';
import {
  type Begun,
  beginCheck,
  type Checked,
  type CheckOptions,
  finishCheck,
  nameChecked,
} from '../examine/check-paths.ts';
import { type GatheredFile, readUnknown } from '../gather/gather.ts';
import { HashedFiles } from '../gather/hashed-files.ts';
import { Importer } from '../gather/import-files.ts';
import type { Store } from '../store/open-store.ts';
import { CheckAside } from './check-aside.ts';
import { type Following, type FollowOptions, followPaths, isFollowUp } from './follow-paths.ts';
import { holdsBackFor } from './open-end.ts';
import { ReadOn } from './read-on.ts';
import { isBasisFor } from './report-basis.ts';

/** Sorted entries that an import keeps in memory: it writes to the workspace's disk anyway. */
const IMPORT_BUDGET_BYTES = 32 * 1024 * 1024;

/** What was read so far is shown as often. */
const SHOW_MS = 2000;

const never = new AbortController().signal;

export interface ImportFollowOptions extends Omit<FollowOptions, 'readOn'> {
  /** Told of entries that were read and are there, and not in the report yet. */
  readonly onGrown?: ((unchecked: number) => void) | undefined;
}

export class Imports {
  readonly #store: Store;
  readonly #readReport: () => Report | undefined;
  readonly #hashed = new HashedFiles();
  readonly #readOn: ReadOn;
  readonly #aside: CheckAside;
  readonly #takeTurns = takeTurns();
  /** The thread checks one at a time: what asks while it does waits. */
  readonly #takeAside = takeTurns();
  #checkedEntries: number | undefined;

  constructor(
    store: Store,
    options: { readonly nativeBinding: string | undefined; readonly readReport: () => Report | undefined },
  ) {
    this.#store = store;
    this.#readReport = options.readReport;
    this.#readOn = new ReadOn(store);
    this.#aside = new CheckAside(store.file, options.nativeBinding);
  }

  /** Imports what is new, checks everything, and keeps the report. */
  run(paths: readonly string[], asked: CheckOptions): Promise<Report> {
    const options = { ...asked, budgetBytes: asked.budgetBytes ?? IMPORT_BUDGET_BYTES };
    const spillDirectory = chooseSpillDirectory(paths, [dirname(this.#store.file)]);
    if (isFollowUp(options.following)) return this.#followUp(paths, options, spillDirectory);
    return this.#alone(async () => {
      const begun = await this.#begin(paths, this.#readReport() ? options : this.#showWhileRead(options));
      try {
        const checked = await finishCheck(begun, options, spillDirectory);
        this.#keepUp(begun, [
          ...begun.found.files.values(),
          ...begun.found.unknown.map((file) => ({ file })),
        ]);
        return this.#finish(checked);
      } finally {
        this.#store.hideUnfinished();
      }
    });
  }

  /** Reads what was appended to these files; false where a check has to find out more. */
  readOn(paths: Iterable<string>): Promise<boolean> {
    return this.#alone(() => this.#readOn.read({ paths, signal: never }));
  }

  follow(paths: readonly string[], { onGrown, ...options }: ImportFollowOptions): Following {
    const readOn = async (changed: ReadonlySet<string>): Promise<boolean> => {
      const isAll = await this.readOn(changed);
      const unchecked = this.countUnchecked();
      if (unchecked > 0) onGrown?.(unchecked);
      return isAll;
    };
    // What cannot be read on is found out about, and told, by the check that follows.
    return followPaths(paths, { ...options, readOn: (changed) => readOn(changed).catch(() => false) });
  }

  /** Entries that were read and are not in the report yet. */
  countUnchecked(): number {
    return this.#checkedEntries === undefined ? 0 : this.#store.entries.count({}) - this.#checkedEntries;
  }

  close(): void {
    this.#aside.close();
  }

  async #followUp(
    paths: readonly string[],
    options: CheckOptions & { readonly budgetBytes: number },
    spillDirectory: string,
  ): Promise<Report> {
    const { signal, budgetBytes } = options;
    const following = options.following!;
    const begun = await this.#alone(async () => {
      if (following === 'open') await this.#readOn.read({ end: 'file', signal });
      const begun = await this.#begin(paths, options);
      if (begun.kept) return this.#finish(begun.kept);
      const read = await readUnknown(
        begun.found,
        { signal, holdsBack: holdsBackFor(following) },
        begun.importer,
      );
      return { ...begun, read, ids: this.#keepUp(begun, [...read.files.values()]) };
    });
    if (!('read' in begun)) return begun;
    const { read, ids, ask } = begun;
    const task = { paths, read, ids, options: ask, following, budgetBytes, spillDirectory };
    const { report, basis, entries } = await this.#takeAside(() => this.#aside.run(task, signal));
    return this.#alone(async () => this.#finish(nameChecked(begun, report, basis), entries));
  }

  #begin(paths: readonly string[], options: CheckOptions): Promise<Begun> {
    const { following } = options;
    const store = this.#store;
    const importer = new Importer(store, paths, {
      hashed: this.#hashed,
      trusts: isFollowUp(following),
      holdsBack: holdsBackFor(following),
      forgets: paths.some((path) => liesBesideSpool(store.file, path)),
      wasReadOn: following === 'open' ? (file, id) => this.#readOn.holds(file, id) : undefined,
    });
    const kept = store.readReport();
    const findKept = (wanted: string): Report | undefined =>
      kept && isBasisFor(kept.basis, wanted, following) ? this.#readReport() : undefined;
    return beginCheck(paths, options, { importer, findKept });
  }

  /** Before there is a report, what was read so far is better than nothing. */
  #showWhileRead<T extends Pick<CheckOptions, 'onProgress'>>(options: T): T {
    let shownMs = Number.NEGATIVE_INFINITY;
    const onProgress: CheckOptions['onProgress'] = (progress) => {
      if (progress.lines > 0 && performance.now() - shownMs >= SHOW_MS) {
        this.#store.showUnfinished();
        shownMs = performance.now();
      }
      options.onProgress?.(progress);
    };
    return options.onProgress ? { ...options, onProgress } : options;
  }

  #keepUp({ importer }: Begun, files: readonly Pick<GatheredFile, 'file' | 'copyOf'>[]): Map<number, number> {
    const held = files.flatMap(({ file, copyOf }) => {
      const id = importer!.idOf(file.index);
      return id === undefined || copyOf !== undefined ? [] : [{ file, id }];
    });
    this.#readOn.keepUp(held);
    return new Map(held.map(({ file, id }) => [file.index, id]));
  }

  #finish({ report, basis }: Checked, entries = this.#store.entries.count({})): Report {
    const { writer } = this.#store;
    if (basis !== undefined) writer.saveReport(JSON.stringify(report), basis);
    writer.finish();
    this.#store.entries.forget();
    this.#checkedEntries = entries;
    return report;
  }

  /** Nothing else is written meanwhile; what fails leaves the workspace good. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#takeTurns(() =>
      work().catch((error: unknown) => {
        this.#store.recover();
        throw error;
      }),
    );
  }
}

/** A workspace in a receiver's own directory keeps no longer than its spool; that of a case keeps what it holds. */
function liesBesideSpool(workspace: string, path: string): boolean {
  const spool = findSpool(path);
  return spool !== undefined && isInside(workspace, [dirname(spool)]);
}
