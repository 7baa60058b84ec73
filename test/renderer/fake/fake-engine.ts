/** The contract answered from a fixture, so that screens can be looked at in any state without the engine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AlertChoice } from '../../../src/contract/alert-calls.ts';
import type { CallName, Calls, Reply } from '../../../src/contract/api.ts';
import type { EntryFilter, EntryRow, HistogramKey } from '../../../src/contract/entry.ts';
import type { Failure, FailureCode } from '../../../src/contract/failure.ts';
import type { Review, SavedFilter } from '../../../src/contract/mark.ts';
import type { Preferences } from '../../../src/contract/preferences.ts';
import { Verdict } from '../../../src/contract/report.ts';
import type { SoFar } from '../../../src/contract/so-far.ts';
import { parseTs } from '../../../src/engine/base/timestamp.ts';
import { tellFakeDocuments } from './fake-documents.ts';
import { type FakeLog, readFakeLog, tellDetail } from './fake-log.ts';
import { tellFakePages } from './fake-pages.ts';
import { tellFakeReceiver } from './fake-receiver.ts';
import { type KeyMissing, tellFakeReport } from './fake-report.ts';
import { tellFakeRules } from './fake-rules.ts';
import { tellFakeSettings } from './fake-settings.ts';
import { tellFakeThread } from './fake-thread.ts';

export interface FakeOptions {
  /**
   * `start`: nothing opened. `running`: a check that does not end. `period`: one was asked for. A failure code: it ends with
   * that.
   */
  readonly scene: Verdict | 'start' | 'running' | 'period' | FailureCode;
  /** Multiplies the log: rows beyond the fixture's are copies. */
  readonly rows?: number;
  tell(name: string, payload: unknown): void;
}

type Handlers = { [N in CallName]: (input: Calls[N]['input']) => Calls[N]['output'] };

const fixture = join(import.meta.dirname, '../../fixtures/documented');
/** Scenes that have a report. */
const checked: readonly string[] = ['intact', 'incomplete', 'contradicted', 'none', 'period'];

export function createFakeEngine({ scene, rows: wanted, tell }: FakeOptions) {
  const log = readFakeLog(join(fixture, 'audit'));
  const key = JSON.parse(readFileSync(join(fixture, 'truth.json'), 'utf8')) as { missing: KeyMissing[] };
  const report = tellFakeReport(
    log,
    key.missing,
    Verdict.safeParse(scene).data ?? 'incomplete',
    scene === 'period' ? { from: '2025-03-01T12:00:00+00:00', to: '2025-03-02T18:00:00+00:00' } : {},
  );
  const total = wanted ?? log.rows.length;
  let reviews: Review[] = [];
  let filters: SavedFilter[] = [];
  let preferences: Preferences = {
    settings: { scheme: 'auto', zone: 'UTC', language: null, mask: false, maskValues: [] },
    recent:
      scene === 'start'
        ? []
        : [
            { paths: ['/evidence/documented/audit'], openedAt: '2026-03-02T08:00:00Z' },
            { paths: ['/evidence/web-1', '/evidence/web-2'], openedAt: '2026-02-27T16:20:00Z' },
          ],
  };
  const forget = (paths: readonly string[]) => {
    const recent = preferences.recent.filter((one) => String(one.paths) !== String(paths));
    preferences = { ...preferences, recent };
    tell('preferences.changed', preferences);
    return {};
  };
  const handlers: Handlers = {
    'app.info': () => ({
      version: '0.1.0',
      shell: 'browser',
      runtime: 'Electron 33.2.1',
      developmentRuntime: true,
      zone: 'Asia/Manila',
      startPaths: scene === 'start' ? [] : ['/evidence/documented/audit'],
      ownLog: '/data/unbroken/audit',
      account: null,
    }),
    'app.licences': () => ({
      licences: ['react', 'zod'].map((name) => ({
        name,
        version: '1.0.0',
        licence: 'MIT',
        text: 'MIT License',
      })),
    }),
    'app.log': () => ({ faults: [] }),
    ...tellFakeRules(),
    ...tellFakeSettings(),
    ...tellFakeReceiver(tell),
    ...tellFakeThread(),
    'alerts.get': () => AlertChoice.parse({}),
    'alerts.set': (choice) => choice,
    'alerts.test': () => ({ ways: [] }),
    'account.changePassword': () => refuse('not-available-here'),
    'server.list': () => ({ servers: [], shown: null }),
    'server.look': () => refuse('not-available-here'),
    'server.signIn': () => refuse('not-available-here'),
    'server.signOut': () => ({}),
    'server.forget': () => ({}),
    'preferences.get': () => preferences,
    'preferences.change': (settings) => {
      preferences = {
        ...preferences,
        settings: { ...preferences.settings, ...(settings as Preferences['settings']) },
      };
      tell('preferences.changed', preferences);
      return preferences;
    },
    'recent.forget': ({ paths }) => forget(paths),
    'workspace.delete': ({ paths }) => forget(paths),
    'source.choose': () => refuse('not-available-here'),
    'workspace.open': (input) => {
      setTimeout(() => endOpening(scene, log, tell), 50);
      return { workspace: 'w', file: '/tmp/w', paths: input.paths ?? ['sample'], served: false };
    },
    'workspace.cancel': () => ({}),
    'workspace.follow': ({ on = true }) => ({
      state: on ? 'following' : 'paused',
      changedAt: '2024-02-01T08:30:12Z',
    }),
    'workspace.close': () => ({}),
    'report.get': () => (checked.includes(scene) ? report : refuse('not-found')),
    'entries.page': ({ filter, order, offset, limit }) => {
      const found = selectRows(log, filter);
      const count = Object.keys(filter).length === 0 ? total : found.length;
      const sorted = order === 'oldest-first' ? found : found.toReversed();
      const size = Math.max(0, Math.min(limit, count - offset));
      const page = Array.from({ length: size }, (_, index) => sorted[(offset + index) % sorted.length]);
      return { rows: page.filter((row) => row !== undefined), total: count };
    },
    'entries.search': ({ filter, limit }) => {
      const found = selectRows(log, filter);
      return { rows: found.slice(0, limit), hits: found.length, bytes: 1, bytesTotal: 1, complete: true };
    },
    'entries.cancelSearch': () => ({}),
    'entries.detail': ({ id }) => {
      const row = log.rows.find((candidate) => candidate.id === id);
      return row ? tellDetail(row, log.lines.get(id) ?? '') : refuse('not-found');
    },
    'entries.at': ({ path, line }) => ({
      rows: log.rows.filter((row) => row.path === path && row.line === line),
      raw: log.lines.get(`${path}:${line}`) ?? '',
    }),
    'entries.position': ({ filter, order, id }) => {
      const found = selectRows(log, filter);
      const at = found.findIndex((row) => row.id === id);
      return { offset: at < 0 ? null : order === 'oldest-first' ? at : found.length - 1 - at };
    },
    'entries.export': ({ filter }) => ({
      file: '/home/ana/entries.csv',
      download: null,
      count: selectRows(log, filter).length,
    }),
    'entries.histogram': ({ filter, by, buckets }) => countOverTime(selectRows(log, filter), by, buckets),
    'entries.facets': ({ filter, streams }) => {
      const found = selectRows(log, filter);
      return {
        node: countValues(found, ({ node }) => node),
        model: countValues(found, ({ model }) => model),
        action: countValues(found, ({ action }) => action),
        user: countValues(found, ({ userLogin }) => userLogin),
        ...(streams && { stream: countValues(found, ({ node }) => `${node}/1`) }),
      };
    },
    'entries.stream': ({ id }) => {
      const row = log.rows.find((candidate) => candidate.id === id) ?? refuse('not-found');
      const own = divide(log.rows.filter(({ node }) => node === row.node)).find((one) => one.includes(row));
      const at = own?.indexOf(row) ?? 0;
      const [before, after] = [own?.[at - 1], own?.[at + 1]];
      const stream = report.streams.find(({ node }) => node === row.node);
      return stream
        ? { id: stream.id, ...(before && { before }), ...(after && { after }), mixedWith: 0 }
        : null;
    },
    'marks.set': ({ id, tags, note }) => {
      const row = log.rows.find((candidate) => candidate.id === id) ?? refuse('not-found');
      const mark =
        tags.length > 0 || note !== '' ? { tags, note, changedAt: '2024-02-01T00:00:00Z' } : undefined;
      if (mark) row.mark = mark;
      else delete row.mark;
      return { mark: mark ?? null };
    },
    'marks.list': () => ({
      marks: log.rows.flatMap((row) => (row.mark ? [{ ...pickIdentity(row), mark: row.mark, row }] : [])),
      tags: countTags(log.rows),
    }),
    'reviews.list': () => ({ reviews, gone: 0 }),
    'reviews.set': ({ finding, state, note }) => {
      reviews = reviews.filter((review) => review.finding !== finding);
      reviews.push({ finding, state, note, changedAt: '2024-02-01T00:00:00Z' });
      return { reviews, gone: 0 };
    },
    ...tellFakeDocuments(report, () => reviews),
    'filters.list': () => ({ filters }),
    'filters.save': ({ name, filter }) => {
      filters = [...filters.filter((saved) => saved.name !== name), { name, filter }];
      return { filters };
    },
    'filters.remove': ({ name }) => {
      filters = filters.filter((saved) => saved.name !== name);
      return { filters };
    },
    ...tellFakePages(log, report, (filter) => selectRows(log, filter)),
    'finding.strips': ({ finding }) => {
      const told = report.findings.find(({ id }) => id === finding);
      const rows = log.rows.filter((row) => row.node === told?.node);
      const streams = divide(rows);
      return {
        strips: streams.map((stream, index) => ({
          stream: `${told?.node}/${index + 1}`,
          concerned: stream.some(({ id }) => id === toId(told?.before?.[0])),
          points: stream.map(({ id, tsMicros, seq }) => ({ id, tsMicros, seq })),
        })),
      };
    },
  };
  return (name: string, input: unknown): Reply<unknown> => {
    try {
      return { ok: true, value: handlers[name as CallName](input as never) };
    } catch (error) {
      return { ok: false, failure: (error as { failure: Failure }).failure };
    }
  };
}

function endOpening(scene: FakeOptions['scene'], log: FakeLog, tell: FakeOptions['tell']): void {
  if (scene === 'running') {
    const progress = {
      phase: 'reading',
      files: 41,
      filesTotal: 120,
      bytes: 3.1e8,
      bytesTotal: 9.4e8,
      lines: 1_088_412,
      elapsedMs: 2900,
      soFar: tellFakeSoFar(log),
    };
    setInterval(() => tell('workspace.progressed', { workspace: 'w', progress }), 100).unref();
  } else if (checked.includes(scene)) tell('workspace.checked', { workspace: 'w' });
  else
    tell('workspace.checked', {
      workspace: 'w',
      failure: { code: scene as FailureCode, message: 'message', subject: '/evidence' },
    });
}

/** As if a half of the log were read. */
function tellFakeSoFar({ rows, files }: FakeLog): SoFar {
  const half = rows.slice(0, rows.length / 2);
  const { counts, total: _, ...time } = countOverTime(half, 'node', 80);
  const nodes = Object.entries(counts).map(([node, inBuckets]) => ({
    node,
    entries: inBuckets.reduce((sum, count) => sum + count, 0),
    counts: inBuckets,
  }));
  const states = ['kept', 'copy', 'read', 'reading'] as const;
  return {
    ...{ entries: half.length + 3, malformed: 1, nodes, otherEntries: 3 },
    ...time,
    files: Array.from({ length: 30 }, (_, at) => ({
      path: `node-${at}/audit-2025-03-01.jsonl`,
      state: states[at] ?? 'waiting',
      bytes: files[0]!.bytes,
      bytesRead: at === 3 ? files[0]!.bytes / 3 : 0,
      entries: at === 2 ? 340 : 0,
      malformed: at === 2 ? 1 : 0,
    })),
    filesBefore: 40,
    filesAfter: 50,
  };
}

function refuse(code: FailureCode): never {
  throw Object.assign(new Error(code), { failure: { code, message: code } });
}

function toId(place: { path: string; line: number } | undefined): string {
  return place ? `${place.path}:${place.line}` : '';
}

function selectRows({ rows, lines }: FakeLog, filter: EntryFilter): EntryRow[] {
  const from = filter.from === undefined ? Number.NEGATIVE_INFINITY : parseTs(filter.from);
  const to = filter.to === undefined ? Number.POSITIVE_INFINITY : parseTs(filter.to);
  const has = (wanted: string[] | undefined, value: string) => wanted === undefined || wanted.includes(value);
  return rows.filter(
    (row) =>
      has(filter.node, row.node) &&
      has(filter.model, row.model) &&
      has(filter.action, row.action) &&
      has(filter.user, row.userLogin) &&
      has(filter.stream, `${row.node}/1`) &&
      row.tsMicros >= from &&
      row.tsMicros < to &&
      has(filter.path, row.path) &&
      (filter.tag === undefined || row.mark?.tags.some((tag) => filter.tag?.includes(tag))) &&
      !(['node', 'model', 'action'] as const).some((key) => filter.not?.[key]?.includes(row[key])) &&
      !filter.not?.user?.includes(row.userLogin) &&
      (filter.record?.some((record) => `${row.model},${row.resId}`.endsWith(record)) ?? true) &&
      (filter.text === undefined || lines.get(row.id)?.toLowerCase().includes(filter.text.toLowerCase())),
  );
}

function pickIdentity({ node, tsMicros, seq, id }: EntryRow) {
  return { node, tsMicros, seq, sha256: id };
}

function countTags(rows: readonly EntryRow[]) {
  const tags = Map.groupBy(
    rows.flatMap(({ mark }) => mark?.tags ?? []),
    (tag) => tag,
  );
  return [...tags].map(([value, { length }]) => ({ value, count: length }));
}

function countOverTime(
  rows: readonly EntryRow[],
  by: HistogramKey,
  buckets: number,
): Calls['entries.histogram']['output'] {
  const fromMicros = rows[0]?.tsMicros ?? 0;
  const bucketMicros = Math.ceil(((rows.at(-1)?.tsMicros ?? 0) - fromMicros + 1) / buckets);
  const counts: Record<string, number[]> = {};
  for (const row of rows) {
    counts[row[by]] ??= new Array<number>(buckets).fill(0);
    const own = counts[row[by]] ?? [];
    const at = Math.floor((row.tsMicros - fromMicros) / bucketMicros);
    own[at] = (own[at] ?? 0) + 1;
  }
  return { fromMicros, bucketMicros, buckets, total: rows.length, counts };
}

function countValues(rows: readonly EntryRow[], read: (row: EntryRow) => string) {
  const groups = Map.groupBy(rows, read);
  return [...groups]
    .map(([value, { length }]) => ({ value, count: length }))
    .sort((a, b) => b.count - a.count);
}

/** Good enough to draw: each entry follows the stream that stands nearest below it. */
function divide(rows: readonly EntryRow[]): EntryRow[][] {
  const streams: EntryRow[][] = [];
  for (const row of rows) {
    const under = streams
      .filter(
        (stream) => row.seq - (stream.at(-1)?.seq ?? 0) >= 1 && row.seq - (stream.at(-1)?.seq ?? 0) <= 2,
      )
      .sort((a, b) => (b.at(-1)?.seq ?? 0) - (a.at(-1)?.seq ?? 0))[0];
    if (under) under.push(row);
    else streams.push([row]);
  }
  return streams;
}
