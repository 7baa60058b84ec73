/**
 * The audit engine, from paths to a report; the page to read first.
 *
 *   paths -> discover -> set copies aside -> read, hash, parse on threads -> count (and keep)
 *         -> divide into streams, find gaps -> compare -> report
 *
 * `verifyPaths` keeps nothing. `openEngine` keeps everything in a workspace, and answers questions about entries.
 */
import { createHash } from 'node:crypto';
import type { Translate } from '../catalogue/translate.ts';
import type { StreamStrip } from '../contract/api.ts';
import type { DocumentChoice, DocumentStock } from '../contract/document.ts';
import type { EntryDetail, EntryFilter } from '../contract/entry.ts';
import type { Review } from '../contract/mark.ts';
import type { PersonActivity, PersonWeekHours } from '../contract/person.ts';
import type { RecordHistory } from '../contract/record.ts';
import { Report } from '../contract/report.ts';
import type { ModelCoverage } from '../contract/rule-history.ts';
import {
  type Composition,
  composeDocument,
  countStock,
  type DocumentSource,
  readChoice,
} from './ask/compose-document.ts';
import { drawStrips } from './ask/draw-strips.ts';
import { type ExportOptions, type ExportPiece, exportEntries } from './ask/export-entries.ts';
import { findScope } from './ask/find-scope.ts';
import { type PersonQuestion, tellActivity, tellHours } from './ask/person-activity.ts';
import { type HistoryQuestion, tellHistory } from './ask/record-history.ts';
import { listReviews, setReview } from './ask/review-findings.ts';
import { tellRuleCoverage } from './ask/rule-coverage.ts';
import { EntrySearch } from './ask/search-entries.ts';
import { describeSql } from './ask/sql-tables.ts';
import { LabelledStreams } from './ask/tell-streams-apart.ts';
import { createFailure } from './base/failure.ts';
import { chooseSpillDirectory, refuseInside, refuseNetworkDrive } from './base/places.ts';
import { expandSpools } from './base/spool-places.ts';
import { beginCheck, type CheckOptions, finishCheck } from './examine/check-paths.ts';
import type { Following } from './follow/follow-paths.ts';
import { type ImportFollowOptions, Imports } from './follow/import-paths.ts';
import { readEntry, readWrittenTs } from './parse/read-entry.ts';
import {
  type EntryQueries,
  type Marks,
  openStore,
  type SqlResult,
  type Store,
  type WatchWrites,
} from './store/open-store.ts';

export type { WatchWrites, WrittenModel } from './store/open-store.ts';

export interface EngineOptions {
  /** The workspace's file; made where there is none. */
  readonly workspace: string;
  /** What is opened: a workspace inside it is refused. */
  readonly evidence: readonly string[];
  readonly nativeBinding?: string | undefined;
  /** Whoever records what people write in it. */
  readonly watch?: WatchWrites | undefined;
}

export interface Engine {
  /** Imports what is new, checks everything, keeps and returns the report. */
  importPaths(paths: readonly string[], options: CheckOptions): Promise<Report>;
  /** Follows paths that still grow: tells when to import them again, and as what (`CheckOptions.following`). */
  follow(paths: readonly string[], options: ImportFollowOptions): Following;
  /** Entries that were read and are not in the report yet. */
  countUnchecked(): number;
  /** The last report. */
  report(): Report | undefined;
  readonly entries: EntryQueries;
  /** Text search on threads; a question to `entries` with a text that was not searched is answered here and now. */
  readonly search: EntrySearch;
  /** Which stream an entry is in: filters by streams are answered once they are told apart. */
  readonly streams: LabelledStreams;
  /** Entries as a file, in pieces. */
  export(filter: EntryFilter, options: ExportOptions): Iterable<ExportPiece>;
  detail(id: string): EntryDetail | undefined;
  /** What the reviewer said; `setReview` and `listReviews` for findings. */
  readonly marks: Marks;
  /** Failure: `not-found`. */
  setReview(review: Omit<Review, 'changedAt'>): void;
  /** Failure: `not-found` where there is no report yet. */
  listReviews(): { reviews: Review[]; gone: number };
  /** What a document can be composed of, with the choice kept last. Failure of both: `not-found` before a report. */
  documentStock(): Omit<DocumentStock, 'pdf'>;
  keepDocumentChoice(choice: DocumentChoice): void;
  /** Composes a document; `translate` in the language of its reader. */
  composeDocument(choice: DocumentChoice, translate: Translate): Composition;
  /** One statement that reads, over entries, files, streams and findings. Failure: `bad-request`. */
  sql(statement: string): SqlResult;
  /** The streams around a finding. */
  strips(findingId: string): StreamStrip[];
  /** Everything that happened to a record. Failure of these three: `not-found` before the first report. */
  history(question: HistoryQuestion): RecordHistory;
  /** What the log reports of its rules, by model. */
  ruleCoverage(): { models: ModelCoverage[]; moreModels: number };
  /** What a user did. Failure: `bad-request` for a zone that is none. */
  activity(question: PersonQuestion): PersonActivity;
  /** The hours behind one hour of a user's week. */
  hours(question: PersonQuestion & { readonly ofWeek: number }): PersonWeekHours;
  /** Paths that were opened in this workspace. */
  sources(): string[];
  /** Re-derives every file's hash from what is stored; the paths of those that differ. */
  check(): string[];
  /** Closed at once, unless search threads are to be waited for. */
  close(): Promise<void>;
}

/** Checks logs straight from their files. */
export async function verifyPaths(paths: readonly string[], options: CheckOptions): Promise<Report> {
  const begun = await beginCheck(expandSpools(paths), options);
  const { report } = await finishCheck(begun, options, chooseSpillDirectory(paths, []));
  return report;
}

/** Opens a workspace. Failures: those of the store, `output-inside-evidence`, `workspace-on-network-drive`. */
export function openEngine({ workspace, evidence, nativeBinding, watch }: EngineOptions): Engine {
  refuseInside(workspace, evidence);
  refuseNetworkDrive(workspace);
  const store: Store = openStore({
    file: workspace,
    nativeBinding,
    watch,
    readTs: readWrittenTs,
    scopeOf: (finding) => {
      const report = readReport(store);
      return report && findScope(report, finding);
    },
  });
  const search = new EntrySearch(store, nativeBinding);
  const streams = new LabelledStreams(store, nativeBinding, () => needReport(store));
  const imports = new Imports(store, { nativeBinding, readReport: () => readReport(store) });
  const documentSource = (): DocumentSource => {
    const report = needReport(store);
    return {
      store,
      report,
      reviews: listReviews(report, store.marks).reviews,
      readDetail: (id) => readDetail(store, id),
    };
  };
  return {
    importPaths: async (paths, options) => {
      refuseInside(workspace, paths);
      return imports.run(expandSpools(paths), options);
    },
    follow: (paths, options) => imports.follow(paths, options),
    countUnchecked: () => imports.countUnchecked(),
    report: () => readReport(store),
    entries: store.entries,
    search,
    streams,
    export: (filter, options) => exportEntries(store.entries, filter, options),
    detail: (id) => readDetail(store, id),
    marks: store.marks,
    setReview: (review) => setReview(needReport(store), store.marks, review),
    listReviews: () => listReviews(needReport(store), store.marks),
    documentStock: () => countStock(documentSource(), readChoice(store.marks.readDocumentChoice())),
    keepDocumentChoice: (choice) => store.marks.keepDocumentChoice(JSON.stringify(choice)),
    composeDocument: (choice, translate) => composeDocument(documentSource(), choice, translate),
    sql: (statement) => store.querySql(statement, describeSql(store, readReport(store))),
    strips: (findingId) => {
      const report = readReport(store);
      const finding = report?.findings.find(({ id }) => id === findingId);
      return report && finding ? drawStrips(finding, report, store.entries) : [];
    },
    history: (question) => tellHistory(store.entries, needReport(store), question),
    ruleCoverage: () => tellRuleCoverage(store.entries, needReport(store)),
    activity: (question) => tellActivity(store.entries, needReport(store), question),
    hours: (question) => tellHours(store.entries, needReport(store), question),
    sources: () => store.listSources().map(({ path }) => path),
    check: () =>
      store
        .listFiles()
        .filter(({ id, contentSha256 }) => store.checkContent(id).sha256 !== contentSha256)
        .map(({ path }) => path),
    close: async () => {
      imports.close();
      await streams.close();
      if (search.isIdle) store.close();
      else await search.close().then(() => store.close());
    },
  };
}

/** A report that an older version kept, with other keys, is none: the next check makes it anew. */
function readReport(store: Store): Report | undefined {
  const kept = store.readReport();
  if (!kept) return undefined;
  let known = parsedReports.get(store);
  if (known?.json !== kept.json) {
    known = { json: kept.json, report: Report.safeParse(JSON.parse(kept.json)).data };
    parsedReports.set(store, known);
  }
  return known.report;
}

/** A report of a large log takes a fifth of a second to parse, and most questions about entries need it. */
const parsedReports = new WeakMap<Store, { readonly json: string; readonly report: Report | undefined }>();

function needReport(store: Store): Report {
  const report = readReport(store);
  if (!report) throw createFailure('not-found', 'there is no report yet');
  return report;
}

function readDetail(store: Store, id: string): EntryDetail | undefined {
  const found = store.entries.find(id);
  if (!found) return undefined;
  const { row, bytes } = found;
  const { oldValues, newValues, extra } = readEntry(bytes);
  return {
    row,
    oldValues: [...oldValues],
    newValues: [...newValues],
    extra: [...extra],
    raw: new TextDecoder().decode(bytes),
    rawBase64: Buffer.from(bytes).toString('base64'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}
