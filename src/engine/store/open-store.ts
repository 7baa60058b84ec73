/**
 * The workspace: files, their entries as columns, their raw content, the last report; in one SQLite file.
 *
 * Guaranteed: a transaction holds whole batches, so a crash between any two lines leaves whole batches of a file that is
 * marked as being read; the next import removes those and reads the file again. Nothing twice, nothing lost. What is
 * stored of a file can be checked against its hash (`checkContent`). A new workspace is on the disk when its import ends.
 * Not guaranteed: that a later import survives a power cut with its very last transactions (synchronous = NORMAL); they
 * are read again.
 */
import type { EntryFilter } from '../../contract/entry.ts';
import type { Malformed, Tuple } from '../batch.ts';
import { type Database, nameFailure, openDatabase } from './database.ts';
import { listValues, valueColumns } from './list-values.ts';
import { Marks, writtenTables } from './marks.ts';
import { EntryQueries, type ReadTs, type ScopeOf } from './query-entries.ts';
import { querySql, type SqlOptions, type SqlResult, type SqlValue } from './query-sql.ts';
import { checkContent, findResumption } from './read-content.ts';
import { listFiles, listSources, readReport } from './read-files.ts';
import { makeFilter } from './search-text.ts';
import { type SegmentHead, Segments } from './segments.ts';
import { compileText, type FindText, type TextFilter } from './text-conditions.ts';
import { type FileRecord, FileWriter, type WatchedWrites } from './write-files.ts';

export type { Activity } from './count-activity.ts';
export type { Marks, StoredReview } from './marks.ts';
export type { EntryQueries, FindingScope } from './query-entries.ts';
export type { SqlOptions, SqlResult, SqlTable, SqlValue } from './query-sql.ts';
export type { SegmentHead } from './segments.ts';
export type { StreamLabels } from './stream-book.ts';
export type { TextFilter } from './text-conditions.ts';
export type { TextSearch } from './text-search.ts';
export type { FileRecord, FileWriter } from './write-files.ts';

/** What people write in a workspace, as whoever records it names it. */
export type WrittenModel = (typeof writtenTables)[keyof typeof writtenTables]['model'];

/** Watches it being written: see `trail/adapters/audit-sqlite.ts`. */
export type WatchWrites = (connection: Database, tables: typeof writtenTables) => WatchedWrites;

export interface OpenStoreOptions {
  readonly file: string;
  readonly watch?: WatchWrites | undefined;
  readonly nativeBinding?: string | undefined;
  /** Reads the timestamp, as written, of an entry's bytes. */
  readonly readTs: ReadTs;
  readonly scopeOf: ScopeOf;
}

/**
 * A stored segment's columns, enough to count and analyse its file again without reading it; they are there until the
 * next segment's are asked for.
 */
export interface StoredBatch {
  readonly firstLine: number;
  readonly lines: number;
  readonly count: number;
  readonly tsMicros: Float64Array;
  readonly seq: Float64Array;
  readonly code: Uint32Array;
  readonly line: Uint32Array;
  readonly flags: Uint8Array;
  readonly tuples: readonly Tuple[];
  readonly malformed: readonly Malformed[];
}

export interface Store {
  readonly file: string;
  readonly entries: EntryQueries;
  readonly marks: Marks;
  readonly writer: FileWriter;
  /**
   * Answers questions about entries from what is stored now, of files that are still being read too, until it is called
   * again: answers that fit together need entries that stay.
   */
  showUnfinished(): void;
  hideUnfinished(): void;
  readonly showsUnfinished: boolean;
  /** After an import that failed, in place of `writer.finish`. */
  recover(): void;
  listFiles(): FileRecord[];
  listSources(): { readonly id: number; readonly path: string }[];
  /** `basis`: a hash of what it was made of, empty where it cannot stand for a later check. */
  readReport(): { readonly json: string; readonly basis: string } | undefined;
  /** A file's segments in file order, those only that begin before `endBytes`. */
  replayFile(file: number, endBytes?: number): Iterable<StoredBatch>;
  /** The beginning of the last line that was whole, or of one before it: where a file that grew is to be read on. */
  findResumption(file: number): { readonly bytes: number; readonly lines: number };
  /** Hash and size of a file's stored content, from its blocks. */
  checkContent(file: number): { readonly sha256: string; readonly bytes: number };
  /** Entries as rows of `valueColumns`, for SQL. */
  readonly valueColumns: readonly string[];
  listValues(filter: Pick<EntryFilter, 'from' | 'to'>): Iterable<readonly SqlValue[]>;
  /** Runs one SQL statement that only reads, over these tables alone. Failure: `bad-request`. */
  querySql(sql: string, options: SqlOptions): SqlResult;
  /** Segments that have no text filter yet. */
  listUnfiltered(): SegmentHead[];
  close(): void;
}

/** Looks into segments' content, in a thread of its own. */
export interface Searcher {
  /** Rows for which conditions on text hold, ascending; none of a segment that is gone. */
  find(segment: SegmentHead, text: TextFilter): Uint32Array;
  /** What `FileWriter.saveFilter` takes. */
  makeFilter(segment: SegmentHead): Uint8Array;
  close(): void;
}

/** Opens or creates a workspace. Failures: `workspace-is-not-ours`, `-newer`, `-busy`, `-corrupt`, `output-not-writable`. */
export function openStore({ file, nativeBinding, readTs, scopeOf, watch }: OpenStoreOptions): Store {
  const db = openDatabase(file, nativeBinding);
  const segments = new Segments(db);
  const writer = new FileWriter(db, watch?.(db, writtenTables));
  const marks = new Marks(db, writer, () => entries.forget());
  const entries: EntryQueries = new EntryQueries(db, segments, { marks, readTs, scopeOf });
  return {
    file,
    entries,
    marks,
    writer,
    recover: () => {
      writer.recover();
      segments.forget();
      entries.forget();
    },
    get showsUnfinished() {
      return segments.showsUnfinished;
    },
    showUnfinished: () => segments.showUnfinished(),
    hideUnfinished: () => segments.hideUnfinished(),
    listFiles: () => listFiles(db),
    listSources: () => listSources(db),
    readReport: () => readReport(db),
    replayFile: (id, endBytes) => replayFile(segments, id, endBytes),
    findResumption: (id) => findResumption(db, id),
    valueColumns,
    querySql: (sql, options) => querySql(sql, options, nativeBinding),
    listValues: (filter) => listValues(db, segments, filter),
    listUnfiltered: () => {
      const filtered = new Set(db.prepare('SELECT segment FROM text_filter').pluck().all());
      return segments.list().filter(({ id }) => !filtered.has(id));
    },
    checkContent: (id) => checkContent(db, id),
    close: () => {
      try {
        db.close();
      } catch (error) {
        throw nameFailure(error, file);
      }
    },
  };
}

/** The files and entries of a workspace as they are at the first question, whatever is written meanwhile. */
export interface Replay extends Pick<Store, 'listFiles' | 'replayFile'> {
  close(): void;
}

/** Opens a workspace for counting its entries again: what a check thread does. */
export function openReplay(file: string, nativeBinding?: string): Replay {
  const db = openDatabase(file, nativeBinding, 'read');
  const segments = new Segments(db);
  db.exec('BEGIN');
  return {
    listFiles: () => listFiles(db),
    replayFile: (id, endBytes) => replayFile(segments, id, endBytes),
    close: () => db.close(),
  };
}

/** Opens a workspace for looking into its content only: what a search thread does. */
export function openSearcher(file: string, nativeBinding?: string): Searcher {
  const db = openDatabase(file, nativeBinding, 'read');
  const segments = new Segments(db);
  let compiled: { readonly key: string; readonly find: FindText } | undefined;
  const seen = new Map<number, string>();
  const isThere = db.prepare(
    'SELECT 1 FROM segment WHERE id = @id AND file = @file AND offset_bytes = @offsetBytes AND length_bytes = @lengthBytes',
  );
  return {
    find: db.transaction((segment: SegmentHead, text: TextFilter): Uint32Array => {
      // A file that grows has its small segments made one: who asked looks again at what is there now.
      if (!isThere.get(segment)) return new Uint32Array();
      const head = JSON.stringify(segment);
      // An id may have been given anew.
      if ((seen.get(segment.id) ?? head) !== head) segments.forget();
      seen.set(segment.id, head);
      const key = JSON.stringify(text);
      if (compiled?.key !== key) compiled = { key, find: compileText(text) };
      return compiled.find(db, segments, segment);
    }),
    makeFilter: (segment) => makeFilter(db, segment),
    close: () => db.close(),
  };
}

function* replayFile(
  segments: Segments,
  file: number,
  endBytes = Number.POSITIVE_INFINITY,
): Iterable<StoredBatch> {
  const absent: Tuple = { node: '', model: '', action: '', userId: '', userLogin: '' };
  const tuples = Array.from(segments.tuples(), (tuple) => tuple ?? absent);
  const own = segments.list().filter((segment) => segment.file === file && segment.offsetBytes < endBytes);
  for (const segment of own.sort((a, b) => a.firstLine - b.firstLine)) {
    const line = segments.readColumn(segment, 'line');
    const order = orderByLine(line);
    const pick = <T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(column: T): T =>
      order === undefined ? column : (column.map((_, row) => column[order[row]!]!) as T);
    const read = {
      tsMicros: pick(segments.readColumn(segment, 'ts')),
      seq: pick(segments.readColumn(segment, 'seq')),
      code: Uint32Array.from(pick(segments.readColumn(segment, 'tuple'))),
      line: pick(line),
      flags: pick(segments.readColumn(segment, 'flags')),
    };
    const { firstLine, lines, rows: count } = segment;
    yield { firstLine, lines, count, ...read, tuples, malformed: segments.malformed(segment) };
    // The collector, which sees only small objects, would let them pile up.
    for (const { buffer } of Object.values(read)) (buffer as ArrayBuffer).transfer?.(0);
  }
}

/** Rows are stored by time; undefined where that is the file's order too. */
function orderByLine(line: Uint32Array): Uint32Array | undefined {
  let inOrder = true;
  for (let row = 1; inOrder && row < line.length; row++) inOrder = line[row]! >= line[row - 1]!;
  if (inOrder) return undefined;
  return Uint32Array.from({ length: line.length }, (_, row) => row).sort(
    (a, b) => line[a]! - line[b]! || a - b,
  );
}
