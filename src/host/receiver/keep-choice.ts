/** What a person decided about the receiver of the app, in one file of their configuration directory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReceiverChoice } from '../../contract/receiver-calls.ts';
import { keepJson } from '../../engine/base/keep-json.ts';

/** A file that is not there, or that says something else than ours would, stands for the defaults. */
export function readReceiverChoice(directory: string): ReceiverChoice {
  try {
    return ReceiverChoice.parse(JSON.parse(readFileSync(toFile(directory), 'utf8')));
  } catch {
    return ReceiverChoice.parse({});
  }
}

export function writeReceiverChoice(directory: string, choice: ReceiverChoice): void {
  keepJson(toFile(directory), choice);
}

/** Where a receiver keeps what it receives, unless the person chose another place. */
export function findReceiverData({ data }: ReceiverChoice, dataDirectory: string): string {
  return data ?? join(dataDirectory, 'received');
}

function toFile(directory: string): string {
  return join(directory, 'receiver.json');
}
