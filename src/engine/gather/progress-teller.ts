/** How far a check is: adds up what several threads tell, and now and then describes what was read so far. */
import type { Progress } from '../../contract/api.ts';
import type { FileSoFar, SoFar } from '../../contract/so-far.ts';
import type { SourceFile } from '../source/open-source.ts';
import type { BatchCount } from './count-batch.ts';
import type { GatheredFile } from './gather.ts';
import { TimeCounts } from './time-counts.ts';

const DESCRIBE_MS = 300;
const NODES = 6;
/** Files that are described at once, and of these the ones before the first that is not read. */
const FILES = 100;
const FILES_BEFORE = 10;

type FileTold = { -readonly [Key in keyof FileSoFar]: FileSoFar[Key] };

export class ProgressTeller {
  readonly #tell: ((progress: Progress) => void) | undefined;
  readonly #startedMs = performance.now();
  readonly #bytesOf = new Map<number, number>();
  readonly #times = new TimeCounts();
  /** By index, in the order of discovery. */
  #files = new Map<number, FileTold>();
  #malformed = 0;
  #describedMs = Number.NEGATIVE_INFINITY;
  #phase: Progress['phase'] = 'reading';
  #progress = { files: 0, filesTotal: 0, bytes: 0, bytesTotal: 0, lines: 0 };

  constructor(tell: ((progress: Progress) => void) | undefined) {
    this.#tell = tell;
    this.tell('discovering');
  }

  /** Begins to go through files, from none; `others`: those that need not be read. */
  start(
    phase: 'rechecking' | 'reading',
    files: readonly SourceFile[],
    others: ReadonlyMap<number, GatheredFile> = new Map(),
  ): void {
    this.#phase = phase;
    this.#bytesOf.clear();
    this.#progress.files = 0;
    this.#progress.bytes = 0;
    this.#progress.filesTotal = files.length;
    this.#progress.bytesTotal = files.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
    const told = [
      ...files.map((file) => describeFile(file, 'waiting')),
      ...[...others.values()].map(({ file, copyOf }) =>
        describeFile(file, copyOf === undefined ? 'kept' : 'copy'),
      ),
    ];
    this.#files = new Map(told.sort(([a], [b]) => a - b));
    this.tell(this.#phase);
  }

  addBytes(file: number, bytes: number): void {
    this.#progress.bytes += bytes - (this.#bytesOf.get(file) ?? 0);
    this.#bytesOf.set(file, bytes);
    const told = this.#files.get(file);
    if (told) Object.assign(told, { state: 'reading', bytesRead: bytes });
    this.tell(this.#phase);
  }

  /** To be called while the batch still has its runs. */
  addCount({ file, lines, nodes, malformed }: BatchCount): void {
    this.#progress.lines += lines;
    this.#malformed += malformed.length;
    const told = this.#files.get(file);
    if (told) told.malformed += malformed.length;
    for (const { node, run } of nodes) {
      this.#times.add(node, run.tsMicros);
      if (told) told.entries += run.tsMicros.length;
    }
  }

  endFile(file: number): void {
    this.#progress.files++;
    const told = this.#files.get(file);
    if (told) Object.assign(told, { state: 'read', bytesRead: told.bytes });
    this.tell(this.#phase);
  }

  tell(phase: Progress['phase']): void {
    if (!this.#tell) return;
    const now = performance.now();
    const isDue = phase === 'reading' ? now - this.#describedMs >= DESCRIBE_MS : phase === 'analysing';
    if (isDue) this.#describedMs = now;
    this.#tell({
      phase,
      ...this.#progress,
      elapsedMs: now - this.#startedMs,
      ...(isDue && { soFar: this.#describe() }),
    });
  }

  #describe(): SoFar {
    const files = [...this.#files.values()];
    const unread = files.findIndex(({ state }) => state === 'waiting' || state === 'reading');
    const first = Math.max(
      0,
      Math.min((unread < 0 ? files.length : unread) - FILES_BEFORE, files.length - FILES),
    );
    const shown = files.slice(first, first + FILES);
    return {
      ...this.#times.tell(NODES),
      malformed: this.#malformed,
      files: shown.map((file) => ({ ...file })),
      filesBefore: first,
      filesAfter: files.length - first - shown.length,
    };
  }
}

function describeFile(
  { index, path, storedBytes }: SourceFile,
  state: FileSoFar['state'],
): [number, FileTold] {
  return [index, { path, state, bytes: storedBytes, bytesRead: 0, entries: 0, malformed: 0 }];
}
