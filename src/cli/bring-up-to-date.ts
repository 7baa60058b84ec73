import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { showMarks } from '../catalogue/show-marks.ts';
import { SPOOL_SENDERS } from '../contract/spool.ts';
import { createFailure, readFailure } from '../engine/base/failure.ts';
import { openEngine } from '../engine/engine.ts';
import { rememberPlace, setAsideCopy } from '../host/workspaces/copied-workspace.ts';
import { lockForCommand } from '../host/workspaces/lock-workspace.ts';
import { createProgressLine } from './show-progress.ts';

/** Either a workspace, or a directory that `unbroken serve` keeps. */
export interface WorkspaceOptions {
  readonly workspace?: string;
  readonly data?: string;
}

/** A server that follows is behind by moments; one that was just started may have much to read. */
const WAIT_MS = 60_000;
const POLL_MS = 250;

/**
 * The workspace that is asked: that of a served directory has all that was received, up to now. Failures:
 * `path-not-found`, `bad-request`, `workspace-busy`.
 */
export async function bringUpToDate({ workspace, data }: WorkspaceOptions): Promise<string> {
  if ((workspace === undefined) === (data === undefined))
    throw createFailure('bad-request', 'one of --workspace and --data says what is asked');
  const file = workspace ?? join(resolve(data ?? ''), 'workspace.unbroken');
  if (data === undefined) {
    if (existsSync(file)) return file;
    throw createFailure('path-not-found', 'there is no such workspace', { subject: file });
  }
  const spool = findSpool(data);
  const received = listReceived(spool);
  const until = performance.now() + WAIT_MS;
  for (;;) {
    const lock = lockForCommand(resolve(data));
    if (lock) {
      await importSpool(file, spool).finally(lock.release);
      return file;
    }
    // Its server reads what arrives by itself, and is soon as far as this.
    if (await hasReached(file, received)) return file;
    if (performance.now() > until)
      throw createFailure('workspace-busy', 'its server has not checked yet all that was received', {
        subject: file,
      });
    await pause(POLL_MS);
  }
}

async function importSpool(file: string, spool: string): Promise<void> {
  const progress = createProgressLine();
  setAsideCopy(file, (text) => process.stderr.write(`unbroken: ${showMarks(text)}\n`));
  const engine = openEngine({ workspace: file, evidence: [spool] });
  rememberPlace(file);
  try {
    await engine.importPaths([spool], { signal: new AbortController().signal, onProgress: progress.show });
  } finally {
    progress.clear();
    await engine.close();
  }
}

interface ReceivedFile {
  /** The sender's folder and the file's name. */
  readonly path: string;
  readonly bytes: number;
}

function listReceived(spool: string): ReceivedFile[] {
  const senders = join(spool, SPOOL_SENDERS);
  if (!existsSync(senders)) return [];
  return readdirSync(senders).flatMap((sender) =>
    readdirSync(join(senders, sender)).map((name) => ({
      path: join(sender, name),
      bytes: statSync(join(senders, sender, name)).size,
    })),
  );
}

/** Whether the report tells of all these, as long as they were. A report names a file as briefly as it can. */
async function hasReached(file: string, received: readonly ReceivedFile[]): Promise<boolean> {
  if (!existsSync(file)) return false;
  try {
    const engine = openEngine({ workspace: file, evidence: [] });
    const files = engine.report()?.files;
    await engine.close();
    return (
      files !== undefined &&
      received.every(({ path, bytes }) =>
        files.some((told) => told.bytes >= bytes && (path.endsWith(told.path) || told.path.endsWith(path))),
      )
    );
  } catch (error) {
    // While it is filled for the first time nobody else can read it.
    if (readFailure(error)?.code === 'workspace-busy') return false;
    throw error;
  }
}

/** The log in a directory that `unbroken serve` keeps. Failure: `path-not-found`. */
export function findSpool(data: string): string {
  const spool = join(resolve(data), 'spool');
  if (existsSync(spool)) return spool;
  throw createFailure('path-not-found', 'nothing was received there', { subject: spool });
}
