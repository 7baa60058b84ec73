/** Options that several commands have. */
import { Option } from 'commander';

/** Made where it is not there. */
export const workspace = new Option(
  '--workspace <file>',
  'the workspace, a database file outside the evidence',
).makeOptionMandatory();
/** What is asked afterwards. */
export const kept = [
  new Option('--workspace <file>', 'the workspace'),
  new Option(
    '--data <dir>',
    'a directory of `unbroken serve`: with all that was received up to now',
  ).conflicts('workspace'),
] as const;
/** What is told of. */
export const period = [
  new Option('--from <time>', 'tell of this time on (ISO 8601; a date alone is its UTC midnight)'),
  new Option('--to <time>', 'tell of what was before this time'),
] as const;
