import { existsSync } from 'node:fs';
import { createFailure } from '../engine/base/failure.ts';
import { openEngine } from '../engine/engine.ts';
import { checkOutputs, type OutputOptions, writeReport } from './write-report.ts';

/** `unbroken report`: the last check of a workspace, told again. */
export async function runReport(options: OutputOptions & { readonly workspace: string }): Promise<void> {
  if (!existsSync(options.workspace)) {
    throw createFailure('path-not-found', 'there is no such workspace', { subject: options.workspace });
  }
  const engine = openEngine({ workspace: options.workspace, evidence: [] });
  try {
    checkOutputs(options, engine.sources());
    const report = engine.report();
    if (!report)
      throw createFailure('nothing-to-check', 'the workspace holds no finished check', {
        subject: options.workspace,
      });
    writeReport(report, options);
  } finally {
    await engine.close();
  }
}
