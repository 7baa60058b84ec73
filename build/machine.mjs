/**
 * What set-up needs of the machine: saying what it does, running programs, locks and the cache.
 * Imports no package, since it also runs before any is installed.
 */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { constants, homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The checkout. */
export const root = resolve(import.meta.dirname, '..');

/** Where the person who called npm stands; paths that they give are relative to it. */
export const callerFolder = process.env['INIT_CWD'] ?? process.cwd();

/**
 * Says on stderr what set-up does: stdout belongs to the program that is being started.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`set-up: ${text}\n`);
}

/**
 * Ends set-up after a step without which nothing can go on. Exit code 1 would say that a log is incomplete.
 * @param {Error} error
 * @returns {never}
 */
export function giveUp(error) {
  say(error.message);
  process.exit(2);
}

/**
 * Runs a program to its end and gives its exit code; 127 where it cannot be started.
 * Signals that reach this process alone are handed on, and those of the terminal reach the program anyway.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdoutTo?: 'stdout' | 'stderr', shell?: boolean }} [options]
 * @returns {Promise<number>}
 */
export function run(
  command,
  args,
  { cwd = root, env = process.env, stdoutTo = 'stdout', shell = false } = {},
) {
  const child = spawn(command, args, {
    cwd,
    env,
    shell,
    stdio: ['inherit', stdoutTo === 'stderr' ? 2 : 'inherit', 'inherit'],
  });
  /** @param {NodeJS.Signals} signal */
  const handOn = (signal) => child.kill(signal);
  process.on('SIGTERM', handOn).on('SIGHUP', handOn).on('SIGINT', ignore);
  return new Promise((done) => {
    child.once('error', () => done(127));
    child.once('exit', (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  }).then((code) => {
    process.off('SIGTERM', handOn).off('SIGHUP', handOn).off('SIGINT', ignore);
    return /** @type {number} */ (code);
  });
}

function ignore() {}

/**
 * Runs a step of set-up. What it prints is shown only where it fails, which throws.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<void>}
 */
export function runStep(command, args, { cwd = root, env = process.env, shell = false } = {}) {
  const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Buffer[]} */
  const printed = [];
  child.stdout.on('data', (chunk) => printed.push(chunk));
  child.stderr.on('data', (chunk) => printed.push(chunk));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      if (code === 0) return done();
      process.stderr.write(Buffer.concat(printed));
      fail(new Error(`${command} ${args.join(' ')} ended with ${code}`));
    });
  });
}

/**
 * Runs a step of npm: the npm that called us, else the one in PATH.
 * @param {readonly string[]} args
 */
export function runNpm(args) {
  const npm = process.env['npm_execpath'];
  return npm?.endsWith('.js')
    ? runStep(process.execPath, [npm, ...args])
    : runStep('npm', args, { shell: process.platform === 'win32' });
}

/**
 * Runs `work` while nobody else holds the lock. A lock is a file that names its holder; one whose holder is dead
 * is taken over.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  for (let waited = false; !takeLock(path); waited = true) {
    if (!waited) say(`waiting for another set-up (${path})`);
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** @param {string} path */
function takeLock(path) {
  // Linked into place, so that a lock is never seen without its holder's name.
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    if (!isAlive(readLock(path))) rmSync(path, { force: true });
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

/** @param {string} path */
function readLock(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return process.pid; // Given back in this moment: alive enough to be asked again.
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** What is big and the same for every checkout is kept outside of it. */
export function cacheFolder() {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? homedir(), 'unbroken', 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'unbroken');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'unbroken');
}

/**
 * Gives the folder `name` of the cache, made by `fill` where it is not there yet. It appears whole or not at all.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill
 * @returns {Promise<string>}
 */
export async function ensureCached(name, fill) {
  const entry = join(cacheFolder(), name);
  if (existsSync(entry)) return entry;
  return withLock(`${entry}.lock`, async () => {
    if (existsSync(entry)) return entry;
    const unfinished = mkdtempSync(`${entry}.unfinished-`);
    try {
      await fill(unfinished);
      chmodSync(unfinished, 0o755);
      renameSync(unfinished, entry);
      return entry;
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  });
}
