/**
 * DuckDB doing the same work, a process of its own:
 *
 *     node duckdb-peer.ts gaps DIRECTORY          the gaps' number, straight from the files
 *     node duckdb-peer.ts import DIRECTORY FILE   a table of the files, typed, both values kept
 *     node duckdb-peer.ts ask FILE COUNT SEED     milliseconds of each question, as JSON
 */
import { readdirSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { EntryFilter } from '../../src/contract/entry.ts';
import { BUCKETS, drawQuestions, PAGE_ROWS } from './draw-questions.ts';

/** As many cores as Unbroken has here. */
const THREADS = 2;

const [task = '', path = '', ...rest] = process.argv.slice(2);
// What is thrown ends with 2, whatever Node would say.
process.exitCode = 2;
const instance = await DuckDBInstance.create(
  task === 'import' ? rest[0] : task === 'ask' ? path : ':memory:',
);
const db = await instance.connect();
await db.run(`SET threads = ${THREADS}`);
if (task === 'gaps') await findGaps(db, path);
else if (task === 'import') await importFiles(db, path);
else process.stdout.write(JSON.stringify(await ask(db, Number(rest[0]), Number(rest[1]))));
process.exitCode = 0;

function readJson(directory: string, columns: Readonly<Record<string, string>>): string {
  const list = Object.entries(columns).map(([name, type]) => `${name}: '${type}'`);
  return `read_json('${directory}/*', format = 'newline_delimited', columns = {${list.join(', ')}})`;
}

async function findGaps(db: DuckDBConnection, directory: string): Promise<void> {
  const entries = readJson(directory, { node: 'VARCHAR', ts: 'TIMESTAMP', seq: 'BIGINT' });
  const result = await db.runAndReadAll(
    `SELECT count(*) FROM (
       SELECT seq, lag(seq) OVER (PARTITION BY node ORDER BY ts, seq) AS before FROM ${entries}
     ) WHERE seq > before + 1`,
  );
  process.stdout.write(`${String(result.getRows()[0]?.[0])}\n`);
}

async function importFiles(db: DuckDBConnection, directory: string): Promise<void> {
  const isObserved = readdirSync(directory).some((name) => name.startsWith('audit-'));
  const common = {
    model: 'VARCHAR',
    res_id: 'BIGINT',
    method: 'VARCHAR',
    user_id: 'BIGINT',
    user_login: 'VARCHAR',
  };
  const place = { seq: 'BIGINT', ts: 'TIMESTAMP', node: 'VARCHAR' };
  const entries = isObserved
    ? readJson(directory, {
        rule_name: 'VARCHAR',
        ...common,
        data: 'STRUCT("old" JSON, "new" JSON)',
        ...place,
      })
    : readJson(directory, { ...common, action: 'VARCHAR', old_values: 'JSON', new_values: 'JSON', ...place });
  const values = isObserved ? 'data.old AS old_values, data.new AS new_values' : 'old_values, new_values';
  const method = isObserved ? 'method' : 'coalesce(method, action) AS method';
  await db.run(
    `CREATE TABLE entry AS SELECT node, ts, seq, model, res_id, ${method}, user_id, user_login, ${values} FROM ${entries}`,
  );
  await db.run('CHECKPOINT');
}

async function ask(db: DuckDBConnection, count: number, seed: number): Promise<Record<string, number[]>> {
  const times = { page: [] as number[], histogram: [] as number[] };
  for (const { filter, order, at } of drawQuestions(count, seed)) {
    const where = writeCondition(filter);
    let started = performance.now();
    const total = Number((await db.runAndReadAll(`SELECT count(*) FROM entry ${where}`)).getRows()[0]?.[0]);
    const offset = Math.floor(at * total);
    const direction = order === 'oldest-first' ? 'ASC' : 'DESC';
    await db.runAndReadAll(
      `SELECT * FROM entry ${where} ORDER BY ts ${direction}, seq LIMIT ${PAGE_ROWS} OFFSET ${offset}`,
    );
    times.page.push(performance.now() - started);
    started = performance.now();
    await db.runAndReadAll(
      `WITH chosen AS (SELECT epoch_us(ts) AS micros, node FROM entry ${where}),
            bound AS (SELECT min(micros) AS low, max(micros) + 1 AS high FROM chosen)
       SELECT (micros - low) * ${BUCKETS} // (high - low) AS bucket, node, count(*)
       FROM chosen, bound GROUP BY ALL`,
    );
    times.histogram.push(performance.now() - started);
  }
  return times;
}

function writeCondition(filter: EntryFilter): string {
  const { node, model, action, user, record, from, to } = filter;
  const isIn = (column: string, values: readonly string[] | undefined): string[] =>
    values ? [`${column} IN (${values.map((value) => `'${value}'`).join(', ')})`] : [];
  const [recordModel, recordId] = record?.[0]?.split(',') ?? [];
  const parts = [
    ...isIn('node', node),
    ...isIn('model', model),
    ...isIn('method', action),
    ...isIn('user_login', user),
    ...(recordId === undefined ? [] : [`model = '${recordModel}' AND res_id = ${recordId}`]),
    ...(from === undefined ? [] : [`ts >= TIMESTAMP '${from.slice(0, -1)}'`]),
    ...(to === undefined ? [] : [`ts < TIMESTAMP '${to.slice(0, -1)}'`]),
  ];
  return parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`;
}
