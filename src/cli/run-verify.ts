import { resolve } from 'node:path';
import { createFailure } from '../engine/base/failure.ts';
import { openEngine, verifyPaths } from '../engine/engine.ts';
import { findSpool } from './bring-up-to-date.ts';
import { createProgressLine } from './show-progress.ts';
import { checkOutputs, type OutputOptions, writeReport } from './write-report.ts';

interface VerifyOptions extends OutputOptions {
  readonly from?: string;
  readonly to?: string;
  readonly against?: string;
  readonly workspace?: string;
  /** A directory that `unbroken serve` keeps. */
  readonly data?: string;
}

/** `unbroken verify`: one check, told as asked. Paths beside a served directory are compared with what it received. */
export async function runVerify(paths: readonly string[], options: VerifyOptions): Promise<void> {
  const received = options.data === undefined ? [] : [findSpool(options.data)];
  const evidence = [...received, ...paths.map((path) => resolve(path))];
  if (evidence.length === 0) throw createFailure('bad-request', 'paths, or --data, say what is checked');
  checkOutputs(options, evidence);
  const progress = createProgressLine();
  const { from, to, against } = options;
  const check = { signal: new AbortController().signal, from, to, against, onProgress: progress.show };
  if (options.workspace === undefined) {
    const report = await verifyPaths(evidence, check);
    progress.clear();
    return writeReport(report, options);
  }
  const engine = openEngine({ workspace: options.workspace, evidence });
  try {
    const report = await engine.importPaths(evidence, check);
    progress.clear();
    writeReport(report, options);
  } finally {
    await engine.close();
  }
}
