import type { AccountChange } from './accounts/account-change.ts';
import { keepRules } from './keep-rules.ts';
import { openOwnLog } from './own-log.ts';

/**
 * Carries out a change of who may see a served directory or send to it, by the command line, once it is in the log that its server
 * writes too. Failure: `change-unwitnessed`.
 */
export async function changeByHand<T>(
  directory: string,
  change: AccountChange,
  apply: () => T | Promise<T>,
): Promise<T> {
  const logFault = (error: unknown): void => {
    process.stderr.write(`unbroken: this could not be recorded: ${String(error)}\n`);
  };
  const ownLog = openOwnLog({ directory, rules: keepRules(directory), logFault });
  try {
    return await ownLog.changeAccount(change, apply);
  } finally {
    await ownLog.close();
  }
}
