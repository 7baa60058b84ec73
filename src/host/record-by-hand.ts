import { keepRules } from './keep-rules.ts';
import type { OwnAction } from './own-actions.ts';
import { openOwnLog } from './own-log.ts';

/** Records what somebody did to a served directory by the command line into the log that its server writes too. */
export async function recordByHand(directory: string, action: OwnAction): Promise<void> {
  const logFault = (error: unknown): void => {
    process.stderr.write(`unbroken: this could not be recorded: ${String(error)}\n`);
  };
  const ownLog = openOwnLog({ directory, rules: keepRules(directory), logFault });
  await ownLog.recordAction(action, 'done');
  await ownLog.close();
}
