import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { showMarks } from '../catalogue/show-marks.ts';
import { FromReceiver, ReceiverSettings, type ToReceiver } from '../contract/receiver.ts';
import { createFailure } from '../engine/base/failure.ts';

interface ServeOptions {
  readonly data: string;
  readonly http?: string;
  readonly config?: string;
}

/** It is started again after this, longer each time it ends at once. */
const RESTART_MS = 1000;
const MAX_RESTART_MS = 60_000;

/** `unbroken serve`: receives until the process is ended; then what waits is written, and it exits 0. */
export async function runServe(options: ServeOptions): Promise<void> {
  const data = resolve(options.data);
  const settings = readSettings(options);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  let child: ChildProcess | undefined;
  let restartMs = RESTART_MS;
  let isEnding = false;

  const tell = (message: ToReceiver): void => {
    child?.send(message);
  };
  const run = (): Promise<string> =>
    new Promise((started, failed) => {
      child = fork(new URL(RECEIVER, import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      child.on('message', (raw) => {
        const message = FromReceiver.parse(raw);
        if (message.kind === 'notice') process.stderr.write(`unbroken: ${showMarks(message.text)}\n`);
        else if (message.kind === 'failed') failed(createFailure('bad-request', message.text));
        else {
          restartMs = RESTART_MS;
          started(message.http);
        }
      });
      child.once('exit', (code, signal) => {
        child = undefined;
        failed(createFailure('engine-stopped', `the receiver ended (${signal ?? code})`));
        if (isEnding) process.exit(0);
      });
      tell({ kind: 'start', data, settings });
    });

  const keepUp = (): void => {
    child?.once('exit', () => {
      if (isEnding) return;
      process.stderr.write(`unbroken: the receiver ended; it is started again in ${restartMs / 1000} s\n`);
      setTimeout(() => {
        restartMs = Math.min(restartMs * 2, MAX_RESTART_MS);
        run().catch(() => {});
        keepUp();
      }, restartMs);
    });
  };
  const end = (): void => {
    isEnding = true;
    if (child) tell({ kind: 'stop' });
    else process.exit(0);
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);

  const url = await run();
  keepUp();
  const paths = settings.http.paths.map((path) => url + path);
  process.stdout.write(`${paths.join('\n')}\n`);
  process.stderr.write(
    `Entries are received at these addresses, and kept in ${showMarks(join(data, 'spool'))}.\n`,
  );
}

/** Beside this file where it was built, in its folder where it was not. */
const RECEIVER = import.meta.url.endsWith('.ts')
  ? '../receiver/receiver-process.ts'
  : './receiver-process.js';

/** What the command line says is before what the file says. Failures: `path-not-found`, `bad-request`. */
function readSettings({ config, http }: ServeOptions): ReceiverSettings {
  if (config !== undefined && !existsSync(config))
    throw createFailure('path-not-found', 'there is no such configuration', { subject: config });
  let given: unknown = {};
  try {
    if (config !== undefined) given = JSON.parse(readFileSync(config, 'utf8'));
  } catch (cause) {
    throw createFailure('bad-request', 'the configuration is not JSON', { subject: config ?? '', cause });
  }
  const parsed = ReceiverSettings.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw createFailure('bad-request', `${issue?.path.join('.')}: ${issue?.message}`, {
      subject: config ?? '',
    });
  }
  const { data } = parsed;
  return http === undefined ? data : { ...data, http: { ...data.http, address: http } };
}
