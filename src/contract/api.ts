/** The whole surface between screens and engine, on one page: calls (ask and answer) and events (told to all). */
import { z } from 'zod';
import { accountCalls } from './account.ts';
import { alertCalls } from './alert-calls.ts';
import { DocumentChoice, DocumentFormat, DocumentStock } from './document.ts';
import {
  EntryDetail,
  EntryFacets,
  EntryFilter,
  EntryHistogram,
  EntryRow,
  EntryStream,
  ExportForm,
  HistogramKey,
  Mark,
} from './entry.ts';
import { Failure } from './failure.ts';
import { Group } from './group.ts';
import { MarkedEntry, Note, Review, ReviewState, SavedFilter, Tag } from './mark.ts';
import { ruleCalls } from './own-rules.ts';
import { PersonActivity, PersonWeekHours } from './person.ts';
import { AppCommand, Licence, Preferences, SettingsChange } from './preferences.ts';
import { receiverCalls, receiverEvents } from './receiver-calls.ts';
import { RecordHistory, RecordName } from './record.ts';
import { Report } from './report.ts';
import { ModelCoverage } from './rule-history.ts';
import { serverCalls, serverEvents } from './server.ts';
import { settingCalls } from './setting-calls.ts';
import { SoFar } from './so-far.ts';
import { threadCalls } from './thread.ts';

/** How far long work is. Totals are known once discovery ended; a rate and the time left follow from two of them. */
export const Progress = z.strictObject({
  /** `rechecking`: files that the workspace holds are hashed again, and the last report stands for the bytes told. */
  phase: z.enum(['discovering', 'rechecking', 'reading', 'analysing', 'comparing', 'done']),
  files: z.number(),
  filesTotal: z.number(),
  /** Stored bytes read so far, and in all. */
  bytes: z.number(),
  bytesTotal: z.number(),
  lines: z.number(),
  elapsedMs: z.number(),
  /** Now and then while files are read. */
  soFar: SoFar.optional(),
});
export type Progress = z.infer<typeof Progress>;

/** One stretch of a stream near a finding, as points of seq against time. */
export const StreamStrip = z.strictObject({
  stream: z.string(),
  /** True for the streams that the finding names. */
  concerned: z.boolean(),
  points: z.array(z.strictObject({ tsMicros: z.number(), seq: z.number(), id: z.string().optional() })),
});
export type StreamStrip = z.infer<typeof StreamStrip>;

/** How far a text search is. Its count is exact once it is complete, and until then a count of what was found so far. */
export const SearchState = z.strictObject({
  /** The first rows, as far as they are certain: none that is found later comes before them. */
  rows: z.array(EntryRow),
  hits: z.number(),
  /** Content searched so far, and in all. */
  bytes: z.number(),
  bytesTotal: z.number(),
  complete: z.boolean(),
});
export type SearchState = z.infer<typeof SearchState>;

export const Workspace = z.strictObject({
  /** Names the open workspace in later calls. */
  workspace: z.string(),
  /** Where its database file is. */
  file: z.string(),
  /** What was opened, as given. */
  paths: z.array(z.string()),
  /** Whether it is what this instance receives: followed always, and stopped, paused or deleted by nobody. */
  served: z.boolean(),
});
export type Workspace = z.infer<typeof Workspace>;

/** Whether what is open is followed as it changes; `stopped`: it cannot be any more, and `failure` says why. */
export const FollowState = z.strictObject({
  state: z.enum(['off', 'following', 'paused', 'stopped']),
  /** When the last change was noticed that is in the report, ISO 8601. */
  changedAt: z.string().optional(),
  /** Entries that were read since, are there, and are not in the report yet; absent where there are none. */
  unchecked: z.number().optional(),
  failure: Failure.optional(),
});
export type FollowState = z.infer<typeof FollowState>;

const Reviews = z.strictObject({ reviews: z.array(Review), gone: z.number() });
const SavedFilters = z.strictObject({ filters: z.array(SavedFilter) });
const inWorkspace = z.strictObject({ workspace: z.string() });

const aboutDocument = z.strictObject({
  workspace: z.string(),
  choice: DocumentChoice,
  /** BCP 47. */
  locale: z.string(),
  /** IANA name: times are told in it beside the log's own. */
  zone: z.string(),
});

const aboutPerson = z.strictObject({
  workspace: z.string(),
  /** Login, or the user's id in digits. */
  user: z.string(),
  source: z.int().min(0).optional(),
  /** IANA name. */
  zone: z.string(),
});

export const calls = {
  'app.info': {
    input: z.strictObject({}),
    output: z.strictObject({
      version: z.string(),
      /** `desktop`: an Electron window; `browser`: served on loopback. */
      shell: z.enum(['desktop', 'browser']),
      runtime: z.string(),
      /** True where the app runs on a development runtime that must not be shipped. */
      developmentRuntime: z.boolean(),
      zone: z.string(),
      /** Paths given on the command line, to be opened at start. */
      startPaths: z.array(z.string()),
      /** What to open to see what people did with Unbroken; null where that is not recorded into a file. */
      ownLog: z.string().nullable(),
      /** Who is signed in; null where whoever sees the page is Manager. */
      account: z.strictObject({ name: z.string(), group: Group }).nullable(),
    }),
  },
  'app.licences': { input: z.strictObject({}), output: z.strictObject({ licences: z.array(Licence) }) },
  /** The faults of the app since it was started, the latest last: for whoever is asked to look into one. */
  'app.log': { input: z.strictObject({}), output: z.strictObject({ faults: z.array(z.string()) }) },
  'preferences.get': { input: z.strictObject({}), output: Preferences },
  'preferences.change': { input: SettingsChange, output: Preferences },
  /** Takes what was opened lately off the list; its workspace stays. */
  'recent.forget': { input: z.strictObject({ paths: z.array(z.string()) }), output: z.strictObject({}) },
  /** Lets the person choose in the system's dialog; empty where they cancel. `not-available-here` in a browser. `record`: an earlier report or a list of checksums. */
  'source.choose': {
    input: z.strictObject({ what: z.enum(['directories', 'files', 'record']) }),
    output: z.strictObject({ paths: z.array(z.string()) }),
  },
  /** Opens paths (or the bundled sample) in their workspace and starts to import and check them; events tell the rest. */
  'workspace.open': {
    input: z.strictObject({
      paths: z.array(z.string()).optional(),
      sample: z.literal(true).optional(),
      against: z.string().optional(),
      from: z.string().optional(),
      to: z.string().optional(),
    }),
    output: Workspace,
  },
  /** Stops the running import; what was committed stays and is continued at the next opening. */
  'workspace.cancel': { input: inWorkspace, output: z.strictObject({}) },
  /** Pauses following or goes on with it; without `on` it only tells. Following begins by itself when a check has ended. */
  'workspace.follow': {
    input: z.strictObject({ workspace: z.string(), on: z.boolean().optional() }),
    output: FollowState,
  },
  'workspace.close': { input: inWorkspace, output: z.strictObject({}) },
  /** Closes and deletes the workspace of these paths, and forgets that they were opened. The evidence is not touched. */
  'workspace.delete': {
    input: z.strictObject({ paths: z.array(z.string()).min(1) }),
    output: z.strictObject({}),
  },
  /** The last report; `not-found` while the first check runs. */
  'report.get': { input: inWorkspace, output: Report },
  /** A page of entries in time order, by position among all that match. */
  'entries.page': {
    input: z.strictObject({
      workspace: z.string(),
      filter: EntryFilter,
      order: z.enum(['oldest-first', 'newest-first']),
      offset: z.int().min(0),
      limit: z.int().min(1).max(1000),
    }),
    output: z.strictObject({ rows: z.array(EntryRow), total: z.number() }),
  },
  /**
   * Searches for `filter.text`, and answers when the first `limit` rows are certain, when all is found, or after a
   * moment: ask again until `complete`. A search with another filter ends this one (`cancelled`); pages, counts and
   * charts with a text wait for its search.
   */
  'entries.search': {
    input: z.strictObject({
      workspace: z.string(),
      filter: EntryFilter,
      order: z.enum(['oldest-first', 'newest-first']),
      limit: z.int().min(1).max(1000),
    }),
    output: SearchState,
  },
  'entries.cancelSearch': { input: inWorkspace, output: z.strictObject({}) },
  'entries.detail': { input: z.strictObject({ workspace: z.string(), id: z.string() }), output: EntryDetail },
  /** The entry at a place in a file (a finding's side): for a jump from a finding to its entry. */
  'entries.at': {
    input: z.strictObject({ workspace: z.string(), path: z.string(), line: z.int().min(1) }),
    output: z.strictObject({ rows: z.array(EntryRow), raw: z.string() }),
  },
  /** Where an entry lies among all that match, in that order; null where it does not match. */
  'entries.position': {
    input: z.strictObject({
      workspace: z.string(),
      filter: EntryFilter,
      order: z.enum(['oldest-first', 'newest-first']),
      id: z.string(),
    }),
    output: z.strictObject({ offset: z.number().nullable() }),
  },
  'entries.histogram': {
    input: z.strictObject({
      workspace: z.string(),
      filter: EntryFilter,
      by: HistogramKey,
      buckets: z.int().min(1).max(400),
    }),
    output: EntryHistogram,
  },
  'entries.facets': {
    input: z.strictObject({
      workspace: z.string(),
      filter: EntryFilter,
      streams: z.literal(true).optional(),
    }),
    output: EntryFacets,
  },
  /**
   * The stream that an entry is in, and its neighbours there by seq; null where none is known. What asks for streams
   * first waits until they are told apart, which `workspace.divided` tells of.
   */
  'entries.stream': {
    input: z.strictObject({ workspace: z.string(), id: z.string() }),
    output: EntryStream.nullable(),
  },
  /** Writes what is filtered where the person chooses (null where they cancel), or gives a path to fetch it from, once. */
  'entries.export': {
    input: z.strictObject({
      workspace: z.string(),
      filter: EntryFilter,
      order: z.enum(['oldest-first', 'newest-first']),
      form: ExportForm,
      /** Leaves values out. */
      mask: z.boolean(),
      /** Proposed, without its ending. */
      name: z.string().regex(/^[\p{L}\p{N}-]{1,60}$/u),
    }),
    output: z.strictObject({
      file: z.string().nullable(),
      download: z.string().nullable(),
      count: z.number(),
    }),
  },
  /** Sets an entry's tags and note in place of those before; with neither it has no mark. */
  'marks.set': {
    input: z.strictObject({ workspace: z.string(), id: z.string(), tags: z.array(Tag).max(50), note: Note }),
    output: z.strictObject({ mark: Mark.nullable() }),
  },
  /** All marked entries in time order, and the tags in use. */
  'marks.list': {
    input: inWorkspace,
    output: z.strictObject({
      marks: z.array(MarkedEntry),
      tags: z.array(z.strictObject({ value: z.string(), count: z.number() })),
    }),
  },
  /** Reviews of the last report's findings; `gone`: those of findings that it no longer has, which are kept. */
  'reviews.list': { input: inWorkspace, output: Reviews },
  'reviews.set': {
    input: z.strictObject({ workspace: z.string(), finding: z.string(), state: ReviewState, note: Note }),
    output: Reviews,
  },
  /** What a document can be composed of, and the choice that was kept. */
  'document.stock': { input: inWorkspace, output: DocumentStock },
  'document.keep': {
    input: z.strictObject({ workspace: z.string(), choice: DocumentChoice }),
    output: z.strictObject({}),
  },
  /** The document as HTML, without a script, in the colours of the screen around it; what is saved has its reader's. */
  'document.preview': {
    input: aboutDocument.extend({ scheme: z.enum(['light', 'dark']) }),
    output: z.strictObject({ html: z.string() }),
  },
  /** Writes the document where the person chooses (null where they cancel), or gives a path to fetch it from, once. */
  'document.save': {
    input: aboutDocument.extend({ format: DocumentFormat }),
    output: z.strictObject({ file: z.string().nullable(), download: z.string().nullable() }),
  },
  'filters.list': { input: inWorkspace, output: SavedFilters },
  /** Keeps a filter under a name, in place of what had it before. */
  'filters.save': { input: SavedFilter.extend({ workspace: z.string() }), output: SavedFilters },
  'filters.remove': {
    input: z.strictObject({ workspace: z.string(), name: z.string() }),
    output: SavedFilters,
  },
  /** The streams around a finding, for drawing. */
  'finding.strips': {
    input: z.strictObject({ workspace: z.string(), finding: z.string() }),
    output: z.strictObject({ strips: z.array(StreamStrip) }),
  },
  /** A part of what happened to a record, with each value beside what was left before. Of several copies one is told. */
  'record.history': {
    input: z.strictObject({
      workspace: z.string(),
      record: RecordName,
      source: z.int().min(0).optional(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    output: RecordHistory,
  },
  ...threadCalls,
  ...ruleCalls,
  /** What the log itself reports of its rules, and what it so says about each model and action. */
  'rules.coverage': {
    input: inWorkspace,
    output: z.strictObject({ models: z.array(ModelCoverage), moreModels: z.number() }),
  },
  ...settingCalls,
  ...receiverCalls,
  ...accountCalls,
  ...alertCalls,
  ...serverCalls,
  /** What a user did, by the clock of a zone. */
  'person.activity': { input: aboutPerson, output: PersonActivity },
  /** The hours behind one hour of their week, 0 to 167 from Monday's first. */
  'person.hours': {
    input: aboutPerson.extend({ ofWeek: z.int().min(0).max(167) }),
    output: PersonWeekHours,
  },
} as const;

export const events = {
  'workspace.progressed': z.strictObject({ workspace: z.string(), progress: Progress }),
  /** The check ended: a report is there, or a failure says why not. */
  'workspace.checked': z.strictObject({ workspace: z.string(), failure: Failure.optional() }),
  /** How far the streams are told apart, which goes on for some seconds where there are millions of entries. */
  'workspace.divided': z.strictObject({ workspace: z.string(), percent: z.number() }),
  'preferences.changed': Preferences,
  /** A menu of the window, something dropped on it, or a second start of the app asks for something. */
  'app.asked': z.strictObject({
    command: AppCommand,
    /** With `open`. */
    paths: z.array(z.string()).optional(),
    /** With `change`. */
    settings: SettingsChange.optional(),
  }),
  /**
   * Entries were read (`unchecked`), or a change was checked (`workspace.checked` came first), or following was paused or
   * stopped.
   */
  'workspace.followed': z.strictObject({ workspace: z.string(), follow: FollowState }),
  ...receiverEvents,
  ...serverEvents,
  /** The engine's process ended unexpectedly. */
  'engine.stopped': z.strictObject({ failure: Failure }),
} as const;

type CallTable = typeof calls;
type EventTable = typeof events;
export type CallName = keyof CallTable;
export type EventName = keyof EventTable;
export type Calls = {
  [N in CallName]: { input: z.infer<CallTable[N]['input']>; output: z.infer<CallTable[N]['output']> };
};
export type Events = { [N in EventName]: z.infer<EventTable[N]> };

/** Every answer: plain JSON. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };
