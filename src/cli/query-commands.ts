/** `unbroken entries` and `sql`: what a workspace holds. */
import { type Command, Option } from 'commander';
import { readWholeNumber } from './read-words.ts';
import { runEntries } from './run-entries.ts';
import { runSql } from './run-sql.ts';
import { kept, period, workspace } from './shared-options.ts';

const sqlHelp = `
Tables:
  entries    id, ts, ts_micros, node, seq, model, res_id, action, user_id, user_login, path, line, salvaged
  files      path, source, bytes, sha256, compression, dialect, lines, entries, malformed, first_ts, last_ts, copy_of
  streams    id, node, source, first_seq, last_seq, entries, missing, first_ts, last_ts, start
  findings   id, kind, node, source, first_seq, last_seq, count, at_least, from_ts, to_ts, path, line, cause,
             confidence, streams, before, after, evidence (the last four as JSON)

entries('2025-03-01', '2025-03-02') reads that time only, which is quicker than a condition on ts. ts is UTC.
Functions of an entry's id: raw(id) is its line; old_values(id) and new_values(id) are JSON objects.
A whole number beyond 2^53 is told as its digits (in JSON a text), a blob as hexadecimal digits.

Examples:
  unbroken sql --workspace case-12.unbroken "select user_login, count(*) from entries group by 1 order by 2 desc"
  unbroken sql --workspace case-12.unbroken --csv "select * from findings where kind = 'gap'"
  unbroken sql --workspace case-12.unbroken --json \\
    "select ts, raw(id) as line from entries('2025-03-01', '2025-03-02') where model = 'res.partner'"`;

export function addQueryCommands(program: Command): void {
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

  program
    .command('sql')
    .description('ask a workspace with SQL (SQLite); it reads and cannot change anything')
    .argument('<statement>', 'one statement, such as a select')
    .addOption(workspace)
    .addOption(new Option('--json', 'one JSON object a line').conflicts('csv'))
    .option('--csv', 'comma-separated values')
    .addHelpText('after', sqlHelp)
    .action(runSql);
}
