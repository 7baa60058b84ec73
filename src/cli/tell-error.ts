import { inspect } from 'node:util';
import { showMarks } from '../catalogue/show-marks.ts';
import { readFailure } from '../engine/base/failure.ts';

/** One sentence on what went wrong, fit for a terminal; a stack where it is a bug of ours. */
export function tellError(error: unknown): string {
  const failure = readFailure(error);
  if (failure) {
    const { message, subject } = failure;
    return showMarks(subject === undefined || message.includes(subject) ? message : `${message}: ${subject}`);
  }
  // What the system refused (a full disk, a file in place of a directory) is told in its own words.
  if (error instanceof Error && 'syscall' in error) return showMarks(error.message);
  return inspect(error).split('\n').map(showMarks).join('\n');
}
