import { resolve } from 'node:path';
import { openEngine } from '../engine/engine.ts';
import { createProgressLine } from './show-progress.ts';
import { writeReport } from './write-report.ts';

/** `unbroken import`: into the workspace, then the verdict. */
export async function runImport(
  paths: readonly string[],
  options: { readonly workspace: string },
): Promise<void> {
  const evidence = paths.map((path) => resolve(path));
  const progress = createProgressLine();
  const engine = openEngine({ workspace: options.workspace, evidence });
  try {
    const report = await engine.importPaths(evidence, {
      signal: new AbortController().signal,
      onProgress: progress.show,
    });
    progress.clear();
    writeReport(report, {});
  } finally {
    await engine.close();
  }
}
