/**
 * `npm run bench [-- --millions 0.1,1,10] [--rounds 5] [--cache DIR] [--dialects observed] [--only verify,import,ask,search,open,live,trail,receiver] [--write]`
 *
 * Measures Unbroken beside its peers in one run: whole processes, in turn, medians. `--write` puts the tables into
 * README.md beside this file, that of logs or that of the receiver or both. Logs are written once into the cache and used
 * again.
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cpus, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeLargeLog } from '../simulator/write-large-log.ts';
import { type BenchLog, measure, type Part, parts } from './measure.ts';
import { measureReceiver } from './receiver/measure-receiver.ts';
import { type Row, renderTables } from './render-tables.ts';

const { values } = parseArgs({
  options: {
    millions: { type: 'string', default: '0.1,1' },
    rounds: { type: 'string', default: '5' },
    cache: { type: 'string', default: join(tmpdir(), 'unbroken-bench') },
    only: { type: 'string', default: parts.join(',') },
    dialects: { type: 'string', default: 'observed,documented' },
    write: { type: 'boolean', default: false },
  },
});
/** A round of it takes most of a minute. */
const receiverRounds = Math.min(Number(values.rounds), 3);
const asked = values.only.split(',') as Part[];
const chosen = asked.filter((part) => part !== 'receiver');
const rows: Row[] = [];
const receiverRows: Row[] = [];
if (chosen.length < asked.length) {
  process.stderr.write('receiver\n');
  receiverRows.push(...(await measureReceiver(receiverRounds)));
}
for (const millions of chosen.length === 0 ? [] : values.millions.split(',').map(Number)) {
  for (const dialect of values.dialects.split(',') as BenchLog['dialect'][]) {
    const log = ensureLog(millions, dialect);
    for (const part of chosen) {
      process.stderr.write(`${millions} M ${dialect}: ${part}\n`);
      const found = await measure[part](log, Number(values.rounds));
      for (const row of found) {
        rows.push(row);
        process.stdout.write(`${renderTables([row])}\n`);
      }
    }
    rmSync(log.workspace, { force: true });
    rmSync(log.duckdb, { force: true });
  }
}
const machine = describeMachine();
for (const [mark, table, rounds] of [
  ['figures', rows, Number(values.rounds)],
  ['figures of the receiver', receiverRows, receiverRounds],
] as const) {
  if (table.length === 0) continue;
  const text = `${machine}; medians of ${rounds} runs in turn (least to greatest)\n\n${renderTables(table)}`;
  process.stdout.write(`\n${text}\n`);
  if (values.write) writeReadme(mark, text);
}

/** The log of that size from the cache, written there first where it is not. */
function ensureLog(millions: number, dialect: BenchLog['dialect']): BenchLog {
  const name = `${millions}-${dialect}-1`;
  const directory = join(values.cache, name);
  if (!existsSync(directory)) {
    process.stderr.write(`writing ${millions} M entries (${dialect})\n`);
    mkdirSync(values.cache, { recursive: true });
    rmSync(`${directory}.part`, { recursive: true, force: true });
    writeLargeLog(`${directory}.part`, { entries: millions * 1e6, dialect, seed: 1, days: 30 });
    renameSync(`${directory}.part`, directory);
  }
  const files = readdirSync(directory).map((file) => join(directory, file));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  return {
    millions,
    dialect,
    directory,
    files,
    bytes,
    workspace: join(values.cache, `${name}.unbroken`),
    duckdb: join(values.cache, `${name}.duckdb`),
  };
}

function describeMachine(): string {
  const processors = cpus();
  const duckdb = JSON.parse(
    readFileSync(new URL('../../node_modules/@duckdb/node-api/package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  const first = (command: string): string =>
    execFileSync(command, ['--version'], { encoding: 'utf8' }).split('\n')[0] ?? '';
  const openssl = execFileSync('openssl', ['version'], { encoding: 'utf8' }).trim();
  return [
    `Measured ${new Date().toISOString().slice(0, 10)} on ${processors.length} x ${processors[0]?.model.trim()}`,
    `${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.versions.node}`,
    `DuckDB ${duckdb.version}, ${first('sha256sum')}, ${openssl.replace(/ \d+ .*/, '')}, ${first('grep')}`,
  ].join('; ');
}

/** Replaces what lies between two marks. */
function writeReadme(mark: string, text: string): void {
  const readme = new URL('README.md', import.meta.url);
  const old = readFileSync(readme, 'utf8');
  const [start, end] = [`<!-- ${mark} -->`, `<!-- end of ${mark} -->`];
  const from = old.indexOf(start) + start.length;
  writeFileSync(readme, `${old.slice(0, from)}\n${text}\n${old.slice(old.indexOf(end))}`);
}
