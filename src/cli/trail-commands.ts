/** `unbroken config` and `doctor`: how an audit trail is set, and whether it works. */
import { type Command, Option } from 'commander';
import { runConfig } from './run-config.ts';
import { runDoctorCommand } from './run-doctor.ts';

export function addTrailCommands(program: Command): void {
  const trail = {
    conf: new Option('--conf <file>', 'an odoo.conf in place of the one that Odoo would read').conflicts(
      'own',
    ),
    own: new Option(
      '--own',
      "of Unbroken's own trail: UNBROKEN_AUDIT_* in the environment, and nothing else",
    ),
  };
  program
    .command('config')
    .description('show each setting of the audit trail, and whether environment, file or database decides it')
    .addOption(trail.conf)
    .addOption(trail.own)
    .option('--json', 'an array of {key, value, layer, ...}; secrets are masked in it too')
    .addHelpText(
      'after',
      `
Exit code: 0 every setting has a value, 1 one has none, 2 the settings cannot be read.

Examples:
  unbroken config
  unbroken config --conf /etc/odoo/odoo.conf --json`,
    )
    .action(runConfig);

  program
    .command('doctor')
    .description('examine the backends of the audit trail, and say what to do')
    .addOption(trail.conf)
    .addOption(trail.own)
    .option('--json', 'what was found as JSON')
    .option('--send-test-entry', 'post an entry that is marked as a test, and send it by UDP')
    .addHelpText(
      'after',
      `
Exit code: 0 nothing is wrong in what could be looked at, 1 something is, 2 the settings cannot be read.

Examples:
  unbroken doctor --conf /etc/odoo/odoo.conf
  unbroken doctor --send-test-entry`,
    )
    .action(runDoctorCommand);
}
