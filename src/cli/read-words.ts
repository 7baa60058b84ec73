/** What the words of a call have to be, whatever the command. */
import { existsSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { createFailure } from '../engine/base/failure.ts';

/** Reads a whole number, not below 0. */
export function readWholeNumber(greatest = Number.MAX_SAFE_INTEGER): (word: string) => number {
  return (word) => {
    const number = Number(word);
    if (/^\d+$/.test(word) && number <= greatest) return number;
    throw new InvalidArgumentError(`It is a whole number from 0 to ${greatest}.`);
  };
}

/**
 * Refuses a path of no letters, as a shell gives for a variable that is not set: it would be taken for the current
 * directory. What is a path is known by its name in the help. Failure: `bad-request`.
 */
export function refuseEmptyPaths(command: Command): void {
  const options = command.options.filter(({ flags }) => /<(?:file|dir|path)/.test(flags));
  const words = [
    ...command.registeredArguments.flatMap((argument, i) =>
      argument.name() === 'path' ? [command.processedArgs[i]] : [],
    ),
    ...options.map((option) => command.getOptionValue(option.attributeName())),
  ];
  if (words.flat().includes('')) throw createFailure('bad-request', 'a path is empty');
}

/** What may begin a directory that is served; the others would tell of an empty one. */
const BEGIN_DATA: ReadonlySet<string> = new Set(['add', 'serve']);

/** Refuses a directory that is not there, such as a mistyped one. Failure: `path-not-found`. */
export function refuseAbsentData(command: Command): void {
  const data: unknown = command.getOptionValue('data');
  if (typeof data !== 'string' || BEGIN_DATA.has(command.name()) || existsSync(data)) return;
  throw createFailure('path-not-found', 'there is no such directory', { subject: data });
}
