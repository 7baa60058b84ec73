/** The trail as other programs have it: packed, unpacked beside their own code, compiled by their compiler. */
import { execFile, execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
let directory = '';
let consumer = '';

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-package-'));
  const source = join(directory, 'source');
  // By a name that the compiler cannot follow: what builds is no part of what is typed here.
  const { buildTrail } = await import(pathToFileURL(join(root, 'build', 'trail.mjs')).href);
  await buildTrail(source);
  const isWindows = process.platform === 'win32';
  execFileSync(isWindows ? 'npm.cmd' : 'npm', ['pack', '--ignore-scripts', '--silent'], {
    cwd: source,
    shell: isWindows,
  });
  consumer = join(directory, 'consumer');
  await unpack(join(source, 'unbroken-0.1.0.tgz'), join(consumer, 'node_modules', 'unbroken'));
  // What an installation would fetch is here already.
  for (const name of ['better-sqlite3', 'kysely', 'pg', 'zod', '@types'])
    symlinkSync(join(root, 'node_modules', name), join(consumer, 'node_modules', name), 'junction');
  writeFileSync(join(consumer, 'package.json'), '{"name": "consumer", "type": "module"}');
}, 120_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function unpack(tarball: string, folder: string): Promise<void> {
  const files = extract();
  files.on('entry', ({ name }, stream, next) => {
    const path = join(folder, name.replace(/^package\//, ''));
    mkdirSync(join(path, '..'), { recursive: true });
    pipeline(stream, createWriteStream(path)).then(() => next(), next);
  });
  await pipeline(createReadStream(tarball), createGunzip(), files);
}

/** Compiles a program of the consumer's, types checked, and gives the JavaScript. */
function compile(name: string, text: string): string {
  writeFileSync(join(consumer, `${name}.ts`), text);
  const options = [
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--strict',
    '--types',
    'node',
    '--outDir',
    'out',
  ];
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, `${name}.ts`], {
    cwd: consumer,
  });
  return join(consumer, 'out', `${name}.js`);
}

/** The program of the README, as it stands there. */
function readExample(): string {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, example = ''] = /## In your own program[\s\S]*?```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  return example;
}

function verify(path: string): { verdict: string; findings: { kind: string }[] } {
  try {
    return JSON.parse(
      execFileSync(process.execPath, [join(root, 'src/cli/cli.ts'), 'verify', path, '--json'], {
        encoding: 'utf8',
      }),
    );
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout);
  }
}

test('the program of the README records to file, syslog and HTTP; its log is intact until a line is deleted', async () => {
  const datagrams: string[] = [];
  const syslog = createSocket('udp4', (message) => datagrams.push(message.toString()));
  await new Promise<void>((done) => syslog.bind(0, '127.0.0.1', done));
  const bodies: { authorization: string | undefined; body: string }[] = [];
  const http = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.push({ authorization: request.headers.authorization, body: Buffer.concat(chunks).toString() });
    response.end();
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const audit = join(directory, 'audit');
  await run(process.execPath, [compile('example', readExample())], {
    cwd: consumer,
    env: {
      ...process.env,
      AUDIT_DIR: audit,
      SYSLOG_PORT: String(syslog.address().port),
      INGEST_URL: `http://127.0.0.1:${(http.address() as AddressInfo).port}/ingest`,
    },
  });
  const file = join(audit, 'audit.jsonl');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  await expect.poll(() => datagrams.length).toBe(5);
  syslog.close();
  http.close();

  expect(entries).toMatchObject([
    {
      seq: 1,
      node: 'web-1',
      method: 'create',
      user_login: 'admin',
      new_values: { name: 'Amina' },
    },
    { seq: 2, method: 'write', old_values: { name: 'Amina' }, new_values: { name: 'Amina O.' } },
    { seq: 3, action: 'approve', res_id: 42 },
    {
      seq: 4,
      model: 'Registry',
      action: 'unlock',
      outcome: 'resolved',
      arguments: { id: 42, pin: '<masked>' },
    },
    { seq: 5, method: 'unlink', old_values: { name: 'Amina O.' } },
  ]);
  expect(datagrams.map((message) => message.slice(message.indexOf('{')))).toEqual(lines);
  expect(bodies.map(({ body }) => JSON.parse(body)).sort((a, b) => a.seq - b.seq)).toEqual(entries);
  expect(bodies.every(({ authorization }) => authorization === 'Bearer token')).toBe(true);

  expect(verify(file).verdict).toBe('intact');
  writeFileSync(file, `${lines.filter((_, n) => n !== 2).join('\n')}\n`);
  expect(verify(file)).toMatchObject({ verdict: 'incomplete', findings: [{ kind: 'gap' }] });
}, 120_000);

test('the package holds what it offers, and names what it needs', () => {
  const folder = join(consumer, 'node_modules', 'unbroken');
  const { exports, dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'CHANGELOG.md']));
  const offered = Object.values<string | Record<string, string>>(exports).flatMap((target) =>
    typeof target === 'string' ? target : Object.values(target),
  );
  for (const path of offered) expect(files).toContain(path.replace('./', ''));

  const code = files.filter((path) => /\.(js|ts)$/.test(path));
  const imported = new Set(
    code.flatMap((path) =>
      [
        ...readFileSync(join(folder, path), 'utf8').matchAll(/(?:from|import\() ?["']([^"'./][^"']*)["']/g),
      ].flatMap(([, name = '']) => (name.startsWith('node:') ? [] : name)),
    ),
  );
  const named = new Set(
    Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !name.startsWith('@types/')),
  );
  expect(imported).toEqual(named);
  // Whose declarations are not in the package itself.
  expect(dependencies).toHaveProperty('@types/better-sqlite3');
});

test('decorators of the standard, bare and with options, sync and static, leave a method as it was', async () => {
  const script = compile(
    'decorated',
    `import { audit, openTrail, type Backend } from 'unbroken/trail';
const lines: string[] = [];
const backend: Backend = {
  name: 'file', async write({ line }) { lines.push(line); }, async confirm() {}, async close() {},
  state: () => ({ name: 'file', written: 0, lost: 0, waiting: 0 }),
};
class Base { greet(name: string) { return 'hello ' + name; } }
class Greeter extends Base {
  #count = 0;
  @audit override greet(name: string) { this.#count++; return super.greet(name) + this.#count; }
  @audit static make() { return new this(); }
  @audit({ id: (self) => self.#count }) #hidden(): never { throw new RangeError('no'); }
  fail() { this.#hidden(); }
}
const trail = openTrail({ rules: [], backends: [backend] });
const greeter = Greeter.make();
const results = [greeter.greet('a'), greeter.greet('b'), Greeter.prototype.greet.name, Greeter.prototype.greet.length];
try { greeter.fail(); } catch (error) { results.push((error as Error).name); }
await trail.close();
console.log(JSON.stringify({ results, entries: lines.map((line) => JSON.parse(line)) }));`,
  );
  const { stdout } = await run(process.execPath, [script], { cwd: consumer });
  const { results, entries } = JSON.parse(stdout);
  expect(results).toEqual(['hello a1', 'hello b2', 'greet', 1, 'RangeError']);
  expect(entries).toMatchObject([
    { model: 'Greeter', action: 'make', outcome: 'returned', res_id: null },
    { model: 'Greeter', action: 'greet', outcome: 'returned' },
    { model: 'Greeter', action: 'greet', outcome: 'returned' },
    { model: 'Greeter', action: '#hidden', outcome: 'threw', error: 'RangeError', res_id: 2 },
  ]);
  expect(JSON.stringify(entries)).not.toContain('arguments');
}, 60_000);

test('the adapter and the trail of the package are of one piece', async () => {
  const script = compile(
    'adapter',
    `import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { openFileBackend, openTrail } from 'unbroken/trail';
import { auditedSqlite } from 'unbroken/trail/kysely';
const trail = openTrail({ rules: [{ model: 'res.partner' }], backends: [openFileBackend({ path: 'kysely.jsonl' })] });
const dialect = new SqliteDialect({ database: new Database(':memory:') });
const db = new Kysely<{ partner: { name: string } }>({ dialect: auditedSqlite(dialect, { trail, tables: { partner: 'res.partner' } }) });
await sql\`create table partner (id integer primary key, name text)\`.execute(db);
await trail.as({ id: 2, login: 'admin' }, () => db.insertInto('partner').values({ name: 'A' }).execute());
await trail.close();`,
  );
  await run(process.execPath, [script], { cwd: consumer });
  expect(JSON.parse(readFileSync(join(consumer, 'kysely.jsonl'), 'utf8'))).toMatchObject({
    ...{ model: 'res.partner', method: 'create', user_login: 'admin', new_values: { name: 'A' } },
  });
}, 60_000);

test('a program of its own opens a trail as environment, file and database say', async () => {
  const script = compile(
    'configured',
    `import { openConfiguredTrail, readSettings, requireValues } from 'unbroken/trail';
const settings = readSettings({ conf: 'odoo.conf', database: { 'spp_audit.node': 'web-3', 'spp_audit.backend_db': '1' } });
const trail = openConfiguredTrail(requireValues(settings), { rules: [] });
await trail.as({ id: 2, login: 'admin' }, () => trail.recordCreate('res.partner', 42, { name: 'Amina', pin: '1234' }));
await trail.close();
const { file_path, backend_db, node } = settings.settings;
console.log(JSON.stringify([file_path, backend_db, node].map(({ layer }) => layer)));`,
  );
  writeFileSync(
    join(consumer, 'odoo.conf'),
    '[options]\nspp_audit_file_path = file.jsonl\nspp_audit_backend_db = no\n' +
      'spp_audit_mandatory_models = res.partner\nspp_audit_masked_fields = pin\n',
  );
  const environment = {
    OPENSPP_AUDIT_BACKEND_FILE: 'true',
    OPENSPP_AUDIT_FILE_PATH: join(consumer, 'configured.jsonl'),
    OPENSPP_AUDIT_STATE_PATH: join(consumer, 'state'),
  };
  const { stdout } = await run(process.execPath, [script], {
    cwd: consumer,
    env: { ...process.env, ...environment },
  });
  expect(JSON.parse(stdout)).toEqual(['environment', 'file', 'database']);
  const line = readFileSync(environment.OPENSPP_AUDIT_FILE_PATH, 'utf8');
  expect(JSON.parse(line)).toMatchObject({ node: 'web-3', method: 'create', new_values: { name: 'Amina' } });
  expect(line).not.toContain('1234');
}, 60_000);
