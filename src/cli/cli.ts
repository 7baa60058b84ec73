/** The command line: unbroken verify | import | entries | report | sql | config | doctor | view. Thin over the engine; exits 0, 1 or 2. */
import { Command, CommanderError, Option } from 'commander';
import { showMarks } from '../catalogue/show-marks.ts';
import { DocumentPart } from '../contract/document.ts';
import { version } from '../engine/base/version.ts';
import { addAccountCommands } from './account-commands.ts';
import { readWholeNumber, refuseEmptyPaths } from './read-words.ts';
import { runConfig } from './run-config.ts';
import { runDoctorCommand } from './run-doctor.ts';
import { runEntries } from './run-entries.ts';
import { runImport } from './run-import.ts';
import { runReport } from './run-report.ts';
import { runSenderAdd, runSenderList, runSenderRevoke, runSenderRotate } from './run-sender.ts';
import type { ServeOptions } from './run-serve.ts';
import { runSql } from './run-sql.ts';
import { runVerify } from './run-verify.ts';
import { tellError } from './tell-error.ts';

/** Nothing to check, a wrong call, or a check that failed. */
const EXIT_FAILED = 2;
/** Whether the command goes on until it is ended. */
let isServing = false;

const workspace = new Option(
  '--workspace <file>',
  'the workspace, a database file outside the evidence',
).makeOptionMandatory();
const kept = [
  new Option('--workspace <file>', 'the workspace'),
  new Option(
    '--data <dir>',
    'a directory of `unbroken serve`: with all that was received up to now',
  ).conflicts('workspace'),
] as const;
const period = [
  new Option('--from <time>', 'tell of this time on (ISO 8601; a date alone is its UTC midnight)'),
  new Option('--to <time>', 'tell of what was before this time'),
] as const;

const sqlHelp = `
Tables:
  entries    id, ts, ts_micros, node, seq, model, res_id, action, user_id, user_login, path, line, salvaged
  files      path, source, bytes, sha256, compression, dialect, lines, entries, malformed, first_ts, last_ts, copy_of
  streams    id, node, source, first_seq, last_seq, entries, missing, first_ts, last_ts, start
  findings   id, kind, node, source, first_seq, last_seq, count, at_least, from_ts, to_ts, path, line, cause,
             confidence, streams, before, after, evidence (the last four as JSON)

entries('2025-03-01', '2025-03-02') reads that time only, which is quicker than a condition on ts. ts is UTC.
Functions of an entry's id: raw(id) is its line; old_values(id) and new_values(id) are JSON objects.

Examples:
  unbroken sql --workspace case-12.unbroken "select user_login, count(*) from entries group by 1 order by 2 desc"
  unbroken sql --workspace case-12.unbroken --csv "select * from findings where kind = 'gap'"
  unbroken sql --workspace case-12.unbroken --json \\
    "select ts, raw(id) as line from entries('2025-03-01', '2025-03-02') where model = 'res.partner'"`;

function createProgram(): Command {
  const program = new Command('unbroken')
    .description('Verify OpenSPP audit logs: what is there, what is missing, and what cannot be known.')
    .version(version)
    .showHelpAfterError()
    .configureOutput({ outputError: (text, write) => write(text.split('\n').map(showMarks).join('\n')) })
    .hook('preAction', (_, command) => {
      refuseEmptyPaths(command);
      isServing = ['serve', 'view'].includes(command.name());
    })
    .exitOverride();

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

  program
    .command('entries')
    .description('list entries of a workspace, or of a directory that is served, oldest first')
    .addOption(kept[0])
    .addOption(kept[1])
    .option('--node <name...>', 'written by this node')
    .option('--model <name...>', 'about records of this model')
    .option('--record <id...>', 'about this record: MODEL,ID or an id alone')
    .option('--user <login...>', 'by this user (login or id)')
    .option('--action <name...>', 'this method or lifecycle action')
    .addOption(period[0])
    .addOption(period[1])
    .option('--text <text>', 'containing this text, ignoring case')
    .option('--pattern <regexp>', 'matching this regular expression, ignoring case')
    .option('--finding <id>', 'around this finding: the lines it names, and what its node wrote in its time')
    .option('--tag <tag...>', 'with this tag of yours')
    .option('--marked', 'with a tag or a note of yours')
    .option('--not-node <name...>', 'not written by this node')
    .option('--not-model <name...>', 'not about records of this model')
    .option('--not-record <id...>', 'not about this record')
    .option('--not-user <login...>', 'not by this user')
    .option('--not-action <name...>', 'not this method or lifecycle action')
    .option('--not-text <text>', 'not containing this text')
    .option('--not-pattern <regexp>', 'not matching this regular expression')
    .option('--not-tag <tag...>', 'without this tag')
    .option('--limit <n>', 'at most so many', readWholeNumber())
    .addOption(new Option('--json', 'one JSON object a line').conflicts(['raw', 'csv']))
    .addOption(new Option('--raw', 'the lines as they were written, byte for byte').conflicts('csv'))
    .option('--csv', 'a table for a spreadsheet, values included')
    .option('--mask', 'leave the values out of --raw and --csv, and keep the names of their keys')
    .addHelpText(
      'after',
      `
Examples:
  unbroken entries --workspace case-12.unbroken --record res.partner,42
  unbroken entries --workspace case-12.unbroken --user ana@example.org --from 2025-03-01 --raw`,
    )
    .action(runEntries);

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

  program
    .command('sql')
    .description('ask a workspace with SQL (SQLite); it reads and cannot change anything')
    .argument('<statement>', 'one statement, such as a select')
    .addOption(workspace)
    .addOption(new Option('--json', 'one JSON object a line').conflicts('csv'))
    .option('--csv', 'comma-separated values')
    .addHelpText('after', sqlHelp)
    .action(runSql);

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

  program
    .command('serve')
    .description('receive entries from OpenSPP without a display, and keep them in a spool')
    .requiredOption('--data <dir>', 'where the spool and the senders are kept; made where it is not')
    .option('--http <address>', 'where to listen, HOST:PORT; 127.0.0.1:8080 unless told')
    .option('--http-tls', 'HTTPS there: with the certificate of the settings, or one made at first start')
    .option('--syslog-udp <address>', 'syslog over UDP, which acknowledges nothing')
    .option('--syslog-tcp <address>', 'syslog over TCP, which acknowledges nothing')
    .option('--syslog-tls <address>', 'syslog over TLS, which acknowledges nothing')
    .option('--relp <address>', 'RELP, from rsyslog: acknowledged once it is on the disk')
    .option('--ui <address>', 'the screens for a browser, HOST:PORT; people sign in, see `unbroken user`')
    .option('--ui-tls', 'HTTPS there')
    .option(
      '--ui-behind <origin>',
      'where a reverse proxy with HTTPS serves it, such as https://audit.example.org',
    )
    .option('--tail <path...>', 'logs that are checked and followed beside what is received')
    .option('--config <file>', 'settings as JSON, comments allowed: see resources/serve.example.json')
    .addHelpText(
      'after',
      `
Examples:
  unbroken sender add openspp --data /var/lib/unbroken
  unbroken serve --data /var/lib/unbroken --http 0.0.0.0:8080
  unbroken sender add relay --no-auth --allow 10.0.0.5 --data /var/lib/unbroken
  unbroken serve --data /var/lib/unbroken --relp 0.0.0.0:2514
  unbroken verify --data /var/lib/unbroken`,
    )
    .action(async (options: ServeOptions) => {
      const { runServe } = await import('./run-serve.ts');
      await runServe(options);
    });

  addSenderCommands(program);
  addAccountCommands(program);

  program
    .command('view')
    .description('serve the screens to a browser on this machine, and print the link')
    .argument('[path...]', 'directories, files or archives to open at once')
    .option('--port <n>', 'the port; any free one unless told', readWholeNumber(65_535), 0)
    .addHelpText('after', '\nExample:\n  unbroken view /var/log/openspp')
    .action(async (paths: string[], options: { port: number }) => {
      // The HTTP framework takes a while to load, and only this command needs it.
      const { runView } = await import('./run-view.ts');
      await runView(paths, options);
    });
  return program;
}

function addSenderCommands(program: Command): void {
  const sender = program.command('sender').description('who may send entries to `unbroken serve`');
  const data = ['--data <dir>', 'the directory that is served'] as const;
  const value = ['--value-stdin', 'take the Authorization value from standard input'] as const;
  sender
    .command('add')
    .description('add a sender; the Authorization value of its requests is printed once, as the last line')
    .argument('<name>')
    .requiredOption(...data)
    .option(...value)
    .option('--no-auth', 'known by where it sends from, without a value')
    .option('--allow <address...>', 'with --no-auth: addresses or networks such as 10.0.0.0/24')
    .option('--certificate <file>', 'known by the certificate it shows over TLS: its file, or its SHA-256')
    .action(runSenderAdd);
  sender
    .command('list')
    .description('list senders')
    .requiredOption(...data)
    .action(runSenderList);
  sender
    .command('rotate')
    .description('give a sender another value')
    .argument('<name>')
    .requiredOption(...data)
    .option(...value)
    .option('--certificate <file>', 'know it by another certificate: its file, or its SHA-256')
    .action(runSenderRotate);
  sender
    .command('revoke')
    .description('take nothing from a sender any more; what it sent stays')
    .argument('<name>')
    .requiredOption(...data)
    .action(runSenderRevoke);
}

function withOutputs(command: Command): Command {
  return command
    .addOption(new Option('--json', 'the report as JSON on standard output').conflicts(['html', 'csv']))
    .option('--html <file>', 'the report as one self-contained HTML file')
    .option('--csv <file>', 'the findings as CSV')
    .option('--mask', 'leave the values of entries out of what is written');
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
