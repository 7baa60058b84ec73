/** What is done by the command line, told in the log of what people do with Unbroken. */
import type { AccountChange } from '../accounts/account-change.ts';
import { keepRules } from '../auditing/keep-rules.ts';
import type { OwnAction } from './own-actions.ts';
import { type OwnLog, openOwnLog } from './own-log.ts';

/**
 * Carries out a change of who may see a served directory or send to it, once it is in the log that its server writes
 * too. Failure: `change-unwitnessed`.
 */
export function changeByHand<T>(
  directory: string,
  change: AccountChange,
  apply: () => T | Promise<T>,
): Promise<T> {
  return withOwnLog(directory, (ownLog) => ownLog.changeAccount(change, apply));
}

/** Records what is about to be done with evidence. Failure: `output-inside-evidence`, where the log lies in it. */
export function recordByHand(
  directory: string,
  action: OwnAction,
  evidence: readonly string[],
): Promise<void> {
  return withOwnLog(directory, async (ownLog) => {
    ownLog.refuseOpening(evidence);
    await ownLog.recordAction(action, 'begun');
  });
}

async function withOwnLog<T>(directory: string, act: (ownLog: OwnLog) => Promise<T>): Promise<T> {
  const logFault = (error: unknown): void => {
    process.stderr.write(`unbroken: this could not be recorded: ${String(error)}\n`);
  };
  const ownLog = openOwnLog({ directory, rules: keepRules(directory), logFault });
  try {
    return await act(ownLog);
  } finally {
    await ownLog.close();
  }
}
