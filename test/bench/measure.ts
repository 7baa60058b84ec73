/** What is measured, and against what: one function a part of the work, each gives rows for the table. */
import { rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Row } from './render-tables.ts';
import { type Command, type Figures, findShare, runInTurn } from './run-command.ts';

export interface BenchLog {
  readonly millions: number;
  readonly dialect: 'observed' | 'documented';
  readonly directory: string;
  readonly files: readonly string[];
  readonly bytes: number;
  /** Where the measured workspace and DuckDB's database lie; `import` leaves them for the parts after it. */
  readonly workspace: string;
  readonly duckdb: string;
}

export const parts = ['verify', 'import', 'open', 'ask', 'search', 'live', 'trail', 'receiver'] as const;
export type Part = (typeof parts)[number];

const root = join(import.meta.dirname, '..', '..');
const unbroken = join(root, 'out', 'cli', 'unbroken');
const MAX_ARGS = { questions: { unbroken: 300, duckdb: 40 }, seed: 7 } as const;
const LIVE = { linesPerSecond: 20_000, seconds: 20 } as const;
/** Writes in a transaction, and how many times as long they may take when they are audited. */
const TRAIL = {
  writes: 30_000,
  sizes: [
    [3, 4],
    [300, 2.5],
  ],
} as const;
const TEXTS = ['approved', 'bank account', 'TZ1004719', 'E-2F5', 'zebra'];

export const measure: Readonly<
  Record<Exclude<Part, 'receiver'>, (log: BenchLog, rounds: number) => Promise<Row[]>>
> = {
  verify: measureVerify,
  import: measureImport,
  open: measureOpening,
  ask: measureQuestions,
  search: measureSearch,
  live: measureLive,
  trail: measureTrail,
};

/** With the launcher's own flag, as users run it. */
function runScript(name: string, ...args: readonly string[]): Command {
  return {
    file: process.execPath,
    args: ['--max-semi-space-size=2', join(import.meta.dirname, name), ...args],
  };
}

async function measureVerify({ directory, files, ...log }: BenchLog, rounds: number): Promise<Row[]> {
  const runs = await runInTurn(
    {
      unbroken: { file: unbroken, args: ['verify', directory] },
      duckdb: runScript('duckdb-peer.ts', 'gaps', directory),
      sha256sum: { file: 'sha256sum', args: files },
      openssl: { file: 'openssl', args: ['dgst', '-sha256', ...files] },
    },
    rounds,
  );
  const what = 'verify';
  return [
    compare(log, `${what} : DuckDB finding gaps`, runs.unbroken, runs.duckdb, 0.5),
    compare(log, `${what} : sha256sum`, runs.unbroken, runs.sha256sum, 0.8),
    compare(log, `${what} : openssl dgst`, runs.unbroken, runs.openssl, 2),
    limit(log, `${what}: peak memory, MB`, runs.unbroken.peakMb, 400),
  ];
}

async function measureImport(
  { directory, workspace, duckdb, bytes, ...log }: BenchLog,
  rounds: number,
): Promise<Row[]> {
  const remove = (file: string) => (): void => {
    for (const end of ['', '-wal', '-shm', '.wal']) rmSync(`${file}${end}`, { force: true });
  };
  const runs = await runInTurn(
    {
      unbroken: {
        file: unbroken,
        args: ['import', directory, '--workspace', workspace],
        before: remove(workspace),
      },
      duckdb: { ...runScript('duckdb-peer.ts', 'import', directory, duckdb), before: remove(duckdb) },
    },
    rounds,
  );
  const share = statSync(workspace).size / bytes;
  return [
    compare(log, 'import : DuckDB create table', runs.unbroken, runs.duckdb, 0.6),
    limit(
      log,
      `size of the workspace : raw (DuckDB ${(statSync(duckdb).size / bytes).toFixed(2)})`,
      share,
      0.25,
    ),
    limit(log, 'import: peak memory, MB', runs.unbroken.peakMb, 200),
  ];
}

async function measureOpening({ workspace, ...log }: BenchLog, rounds: number): Promise<Row[]> {
  const { open } = await runInTurn({ open: runScript('unbroken-queries.ts', 'open', workspace) }, rounds);
  return [limit(log, 'open: report and first page, ms', Number(open.output), 1000)];
}

async function measureQuestions({ workspace, duckdb, ...log }: BenchLog): Promise<Row[]> {
  const { questions, seed } = MAX_ARGS;
  const runs = await runInTurn(
    {
      unbroken: runScript('unbroken-queries.ts', 'ask', workspace, String(questions.unbroken), String(seed)),
      duckdb: runScript('duckdb-peer.ts', 'ask', duckdb, String(questions.duckdb), String(seed)),
    },
    1,
  );
  const [ours, theirs] = [runs.unbroken, runs.duckdb].map(
    ({ output }) => JSON.parse(output) as Record<'page' | 'histogram', number[]>,
  );
  const row = (what: string, kind: 'page' | 'histogram', target: number): Row[] => [
    limit(log, `${what}, p95, ms`, findShare(ours![kind], 0.95), target),
    {
      ...log,
      what: `${what} : DuckDB, medians`,
      ours: tellMs(ours![kind]),
      theirs: tellMs(theirs![kind]),
      value: findShare(ours![kind]) / findShare(theirs![kind]),
      target: 1,
    },
  ];
  return [
    ...row('count and page', 'page', 50),
    ...row('histogram of 60', 'histogram', 30),
    limit(log, 'asking: peak memory, MB', runs.unbroken.peakMb, 400),
  ];
}

async function measureSearch({ workspace, files, ...log }: BenchLog, rounds: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const task of ['scan', 'search'] as const) {
    // Several times over: the best of our own would be no match for a median of grep's.
    const texts = Array.from({ length: rounds }, () => TEXTS).flat();
    const { ours } = await runInTurn(
      { ours: runScript('unbroken-queries.ts', task, workspace, ...texts) },
      1,
    );
    const found = JSON.parse(ours.output) as { hits: number; firstMs: number; ms: number }[];
    for (const [i, text] of TEXTS.entries()) {
      const { grep } = await runInTurn(
        { grep: { file: 'grep', args: ['-h', '-c', '-i', '-F', text, ...files] } },
        rounds,
      );
      const lines = grep.output.split('\n').reduce((sum, count) => sum + Number(count), 0);
      const own = found.filter((_, at) => at % TEXTS.length === i);
      const { hits } = own[0]!;
      if (hits !== lines) throw new Error(`"${text}": ${hits} entries, and grep counts ${lines} lines`);
      const ms = own.map((search) => search.ms);
      const what = `"${text}" (${hits} hits${task === 'scan' ? ', no filters yet' : ''})`;
      rows.push(limit(log, `${what}: first hits, ms`, findShare(own.map(({ firstMs }) => firstMs)), 300), {
        ...log,
        what: `${what}: all hits : grep -c -i -F`,
        ours: tellMs(ms),
        theirs: tellMs(grep.ms),
        value: findShare(ms) / findShare(grep.ms),
        target: 1,
      });
    }
  }
  return [
    ...rows,
    limit(log, 'searching: workspace with filters : raw', statSync(workspace).size / log.bytes, 0.25),
  ];
}

async function measureLive({ directory, ...log }: BenchLog): Promise<Row[]> {
  const { linesPerSecond, seconds } = LIVE;
  const script = runScript('live-follow.ts', directory, String(linesPerSecond), String(seconds));
  const { live } = await runInTurn({ live: script }, 1);
  const told = JSON.parse(live.output) as { cores: number; latencies: number[] };
  const what = `following ${linesPerSecond} lines a second`;
  return [
    limit(log, `${what}: seen after, median, ms`, findShare(told.latencies), 500),
    limit(log, `${what}: seen after, p95, ms`, findShare(told.latencies, 0.95), 500),
    limit(log, `${what}: cores`, told.cores, 1),
    limit(log, `${what}: peak memory, MB`, live.peakMb, 400),
  ];
}

/** The same for every log: what is measured writes its own. */
async function measureTrail({ workspace, ...log }: BenchLog, rounds: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [size, target] of TRAIL.sizes) {
    const args = [dirname(workspace), String(TRAIL.writes), String(size)];
    const runs = await runInTurn(
      {
        audited: runScript('trail-writes.ts', 'audited', ...args),
        plain: runScript('trail-writes.ts', 'plain', ...args),
      },
      rounds,
    );
    const what = `trail: ${TRAIL.writes} audited writes, ${size} a transaction : unaudited`;
    rows.push(compare(log, what, runs.audited, runs.plain, target));
  }
  return rows;
}

function compare(
  log: Pick<Row, 'millions' | 'dialect'>,
  what: string,
  ours: Figures,
  theirs: Figures,
  target: number,
): Row {
  // The ratio of runs that stood side by side: what disturbed one disturbed the other.
  const ratios = ours.ms.map((ms, i) => ms / theirs.ms[i]!);
  return { ...log, what, ours: tellMs(ours.ms), theirs: tellMs(theirs.ms), value: findShare(ratios), target };
}

function limit(log: Pick<Row, 'millions' | 'dialect'>, what: string, value: number, target: number): Row {
  return { ...log, what, ours: '', theirs: '', value, target };
}

function tellMs(ms: readonly number[]): string {
  const tell = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
  return `${tell(findShare(ms))} ms (${tell(Math.min(...ms))}-${tell(Math.max(...ms))})`;
}
