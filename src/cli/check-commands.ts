/** `unbroken verify`, `import` and `report`: what makes a verdict, and tells it. */
import { type Command, Option } from 'commander';
import { DocumentPart } from '../contract/document.ts';
import { runImport } from './run-import.ts';
import { runReport } from './run-report.ts';
import { runVerify } from './run-verify.ts';
import { kept, period, workspace } from './shared-options.ts';

export function addCheckCommands(program: Command): void {
  withOutputs(
    program
      .command('verify')
      .description('check logs straight from their files; keeps nothing unless a workspace is named')
      .argument('[path...]', 'directories, files or archives'),
  )
    .addOption(period[0])
    .addOption(period[1])
    .option(
      '--against <file>',
      'an earlier report (JSON) or a SHA256SUMS: is what was there then still there?',
    )
    .option('--workspace <file>', 'also import into this workspace')
    .option('--data <dir>', 'what a directory of `unbroken serve` received, compared with the paths, if any')
    .addHelpText(
      'after',
      `
Exit code: 0 intact, 1 incomplete or contradicted, 2 nothing to check or the check failed.

Examples:
  unbroken verify /var/log/openspp
  unbroken verify audit-2024-01.zip --html report.html
  unbroken verify copy-a copy-b --json > report.json
  unbroken verify /var/log/openspp --against last-month.json
  unbroken verify --data /var/lib/unbroken /var/log/openspp`,
    )
    .action(runVerify);

  program
    .command('import')
    .description('import logs into a workspace and check them; opening again imports nothing twice')
    .argument('<path...>', 'directories, files or archives')
    .addOption(workspace)
    .addHelpText('after', '\nExample:\n  unbroken import /var/log/openspp --workspace case-12.unbroken')
    .action(runImport);

  withOutputs(
    program
      .command('report')
      .description('tell the last check of a workspace again, or check a directory that is served')
      .addOption(kept[0])
      .addOption(kept[1]),
  )
    .option('--pdf <file>', 'the report as PDF, printed by the Chromium, Chrome or Edge of this machine')
    .option('--case <name>', 'the name of the case; as the workspace has it unless told')
    .option('--examiner <name>', 'who examined; as the workspace has it unless told')
    .option('--parts <list>', `only these parts: ${DocumentPart.options.join(',')}`)
    .option(
      '--entries <list>',
      'with entries of these origins: marks (yours), findings (lines that they name)',
    )
    .option('--tag <tag...>', 'of the marked entries only those with one of these tags')
    .addHelpText(
      'after',
      `
With --pdf, --case, --examiner, --parts, --entries or --tag the report is a composed document: with the reviews of findings, in its JSON
(unbroken.document/1) and CSV too.

Examples:
  unbroken report --workspace case-12.unbroken --html report.html
  unbroken report --workspace case-12.unbroken --pdf report.pdf --case 'Case 12' --entries marks --mask`,
    )
    .action(runReport);
}

function withOutputs(command: Command): Command {
  return command
    .addOption(new Option('--json', 'the report as JSON on standard output').conflicts(['html', 'csv']))
    .option('--html <file>', 'the report as one self-contained HTML file')
    .option('--csv <file>', 'the findings as CSV')
    .option('--mask', 'leave the values of entries out of what is written');
}
