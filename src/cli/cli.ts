/** The command line, `unbroken`: its commands put together, and what becomes of a call that fails. Exits 0, 1 or 2. */
import { Command, CommanderError } from 'commander';
import { showMarks } from '../catalogue/show-marks.ts';
import { version } from '../engine/base/version.ts';
import { addAccountCommands } from './account-commands.ts';
import { addCheckCommands } from './check-commands.ts';
import { addQueryCommands } from './query-commands.ts';
import { refuseAbsentData, refuseEmptyPaths } from './read-words.ts';
import { recordCommand } from './record-command.ts';
import { addSenderCommands, addServeCommands } from './serve-commands.ts';
import { tellError } from './tell-error.ts';
import { addTrailCommands } from './trail-commands.ts';

/** Nothing to check, a wrong call, or a check that failed. */
const EXIT_FAILED = 2;
/** Whether the command goes on until it is ended. */
let isServing = false;

function createProgram(): Command {
  const program = new Command('unbroken')
    .description('Verify OpenSPP audit logs: what is there, what is missing, and what cannot be known.')
    .version(version)
    .showHelpAfterError()
    .configureOutput({ outputError: (text, write) => write(text.split('\n').map(showMarks).join('\n')) })
    .hook('preAction', async (_, command) => {
      refuseEmptyPaths(command);
      refuseAbsentData(command);
      isServing = ['serve', 'view'].includes(command.name());
      await recordCommand(command);
    })
    .exitOverride();
  addCheckCommands(program);
  addQueryCommands(program);
  addTrailCommands(program);
  addServeCommands(program);
  addSenderCommands(program);
  addAccountCommands(program);
  return program;
}

async function main(): Promise<void> {
  try {
    await createProgram().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : EXIT_FAILED;
      return;
    }
    giveUp(error);
  }
}

/** Says why it did not work, and sets the exit code. */
function giveUp(error: unknown): void {
  process.exitCode = EXIT_FAILED;
  process.stderr.write(`unbroken: ${tellError(error)}\n`);
}

// A reader that closes early (head, less) ends the output; that is no failure, and no reason for a server to end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' && isServing) return;
  if (error.code !== 'EPIPE') giveUp(error);
  process.exit();
});
// Nowhere is left to say it.
process.stderr.on('error', () => {});
// By itself Node would end with 1, which is a verdict.
process.on('uncaughtException', (error) => {
  giveUp(error);
  process.exit();
});

await main();
