/** What a person decided about the receiver of the app, in one file of their configuration directory. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReceiverChoice } from '../../contract/receiver-calls.ts';

/** A file that is not there, or that says something else than ours would, stands for the defaults. */
export function readReceiverChoice(directory: string): ReceiverChoice {
  try {
    return ReceiverChoice.parse(JSON.parse(readFileSync(toFile(directory), 'utf8')));
  } catch {
    return ReceiverChoice.parse({});
  }
}

/** At any time the file is whole. */
export function writeReceiverChoice(directory: string, choice: ReceiverChoice): void {
  mkdirSync(directory, { recursive: true });
  const scratch = `${toFile(directory)}.${process.pid}`;
  writeFileSync(scratch, `${JSON.stringify(choice, null, 2)}\n`, { mode: 0o600 });
  renameSync(scratch, toFile(directory));
}

/** Where a receiver keeps what it receives, unless the person chose another place. */
export function findReceiverData({ data }: ReceiverChoice, dataDirectory: string): string {
  return data ?? join(dataDirectory, 'received');
}

function toFile(directory: string): string {
  return join(directory, 'receiver.json');
}
