import { resolve } from 'node:path';
import { openEngine, verifyPaths } from '../engine/engine.ts';
import { createProgressLine } from './show-progress.ts';
import { checkOutputs, type OutputOptions, writeReport } from './write-report.ts';

interface VerifyOptions extends OutputOptions {
  readonly from?: string;
  readonly to?: string;
  readonly against?: string;
  readonly workspace?: string;
}

/** `unbroken verify`: one check, told as asked. */
export async function runVerify(paths: readonly string[], options: VerifyOptions): Promise<void> {
  const evidence = paths.map((path) => resolve(path));
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
