import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createFailure } from '../engine/base/failure.ts';
import { openEngine } from '../engine/engine.ts';
import { createProgressLine } from './show-progress.ts';

/** Either a workspace, or a directory that `unbroken serve` keeps. */
export interface WorkspaceOptions {
  readonly workspace?: string;
  readonly data?: string;
}

/**
 * The workspace that is asked: that of a served directory has all that was received, up to now. Failures:
 * `path-not-found`, `bad-request`.
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
  const progress = createProgressLine();
  const engine = openEngine({ workspace: file, evidence: [spool] });
  try {
    await engine.importPaths([spool], { signal: new AbortController().signal, onProgress: progress.show });
  } finally {
    progress.clear();
    await engine.close();
  }
  return file;
}

/** The log in a directory that `unbroken serve` keeps. Failure: `path-not-found`. */
export function findSpool(data: string): string {
  const spool = join(resolve(data), 'spool');
  if (existsSync(spool)) return spool;
  throw createFailure('path-not-found', 'nothing was received there', { subject: spool });
}
