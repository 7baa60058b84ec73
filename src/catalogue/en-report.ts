/**
 * English sentences of reports and of the command line, by code.
 *
 * A sentence that takes text from a log (a path, a node) must not nest another with `$t(`: i18next leaves the nesting
 * undone when a value contains `$t(`, and a log could spoil the sentence so. A test holds that.
 */
import { enCopies } from './en-copies.ts';
import { enFinding } from './en-finding.ts';
import { enReportWords } from './en-report-words.ts';

export const enReport = {
  ...enCopies,
  ...enFinding,
  ...enReportWords,

  /** Counted nouns, for nesting in a sentence of figures. */
  n: {
    conflict_one: '{{count, number}} conflict',
    conflict_other: '{{count, number}} conflicts',
    day_one: '{{count, number}} day',
    day_other: '{{count, number}} days',
    duplicate_one: '{{count, number}} duplicate',
    duplicate_other: '{{count, number}} duplicates',
    entry_one: '{{count, number}} entry',
    entry_other: '{{count, number}} entries',
    file_one: '{{count, number}} file',
    file_other: '{{count, number}} files',
    finding_one: '{{count, number}} finding',
    finding_other: '{{count, number}} findings',
    gap_one: '{{count, number}} gap',
    gap_other: '{{count, number}} gaps',
    line_one: '{{count, number}} line',
    line_other: '{{count, number}} lines',
    malformed_one: '{{count, number}} malformed line',
    malformed_other: '{{count, number}} malformed lines',
    node_one: '{{count, number}} node',
    node_other: '{{count, number}} nodes',
    gapsMissing_zero: 'has no gap',
    gapsMissing_one: 'lacks at least {{count, number}} entry in its gaps',
    gapsMissing_other: 'lacks at least {{count, number}} entries in its gaps',
    lacking_zero: 'no copy lacks an entry that another holds',
    lacking_one: '{{count, number}} entry that one copy holds is missing in another',
    lacking_other: '{{count, number}} entries that one copy holds are missing in another',
    salvaged_one: '{{count, number}} recovered',
    salvaged_other: '{{count, number}} recovered',
    stream_one: '{{count, number}} stream',
    stream_other: '{{count, number}} streams',
  },

  /** Sentences a judge would understand. Values: entries, streams, nodes, from, to; and count, gaps where they say so. */
  verdict: {
    intact:
      'No gap in $t(n.entry, {"count": {{entries}} }) of $t(n.stream, {"count": {{streams}} }) on $t(n.node, {"count": {{nodes}} }), from {{from}} to {{to}}.',
    'intact-open':
      'No gap so far in $t(n.entry, {"count": {{entries}} }) of $t(n.stream, {"count": {{streams}} }) on $t(n.node, {"count": {{nodes}} }), from {{from}} to {{to}}. The log is being written to, and its last seconds are not decided yet.',
    'incomplete-gaps_one':
      'At least {{count, number}} entry is missing, in $t(n.gap, {"count": {{gaps}} }) among $t(n.entry, {"count": {{entries}} }) of $t(n.stream, {"count": {{streams}} }) on $t(n.node, {"count": {{nodes}} }), from {{from}} to {{to}}.',
    'incomplete-gaps_other':
      'At least {{count, number}} entries are missing, in $t(n.gap, {"count": {{gaps}} }) among $t(n.entry, {"count": {{entries}} }) of $t(n.stream, {"count": {{streams}} }) on $t(n.node, {"count": {{nodes}} }), from {{from}} to {{to}}.',
    'incomplete-damaged':
      'No gap in the $t(n.entry, {"count": {{entries}} }) that could be read, from {{from}} to {{to}}; but not everything could be read: $t(n.finding, {"count": {{count}} }) of damaged lines or files.',
    'intact-copies':
      'No gap in any of {{sources, number}} copies, and they agree. The fullest holds $t(n.entry, {"count": {{entries}} }) of $t(n.stream, {"count": {{streams}} }) on $t(n.node, {"count": {{nodes}} }), from {{from}} to {{to}}.',
    'incomplete-copies':
      'Of {{sources, number}} copies the fullest $t(n.gapsMissing, {"count": {{missing}} }), and $t(n.lacking, {"count": {{lacking}} }). The fullest holds $t(n.entry, {"count": {{entries}} }) of $t(n.stream, {"count": {{streams}} }) on $t(n.node, {"count": {{nodes}} }), from {{from}} to {{to}}.',
    'incomplete-other-copy':
      'Of {{sources, number}} copies the fullest has no gap, but another has $t(n.gap, {"count": {{gaps}} }). The fullest holds $t(n.entry, {"count": {{entries}} }) of $t(n.stream, {"count": {{streams}} }) on $t(n.node, {"count": {{nodes}} }), from {{from}} to {{to}}.',
    'contradicted-conflict_one':
      'The log is contradicted: {{count, number}} of its $t(n.entry, {"count": {{entries}} }) from {{from}} to {{to}} reads differently in another line.',
    'contradicted-conflict_other':
      'The log is contradicted: {{count, number}} of its $t(n.entry, {"count": {{entries}} }) from {{from}} to {{to}} read differently in another line.',
    'contradicted-copies_one':
      'The copies contradict each other: {{count, number}} entry reads differently in one than in another, and $t(n.lacking, {"count": {{lacking}} }). The fullest holds $t(n.entry, {"count": {{entries}} }) from {{from}} to {{to}}.',
    'contradicted-copies_other':
      'The copies contradict each other: {{count, number}} entries read differently in one than in another, and $t(n.lacking, {"count": {{lacking}} }). The fullest holds $t(n.entry, {"count": {{entries}} }) from {{from}} to {{to}}.',
    'contradicted-rewritten':
      'The log is contradicted: $t(n.file, {"count": {{count}} }) recorded earlier can no longer be found byte for byte. It now holds $t(n.entry, {"count": {{entries}} }) from {{from}} to {{to}}.',
    'contradicted-both':
      'The log is contradicted by other lines of the same entries and by what was recorded earlier, with $t(n.finding, {"count": {{count}} }). It holds $t(n.entry, {"count": {{entries}} }) from {{from}} to {{to}}.',
    'none-no-entry': 'There was nothing to check: no entry was found in $t(n.file, {"count": {{files}} }).',
    'none-in-period':
      'There was nothing to tell: $t(n.entry, {"count": {{entries}} }) were found, and none lies in the period asked for.',
  },
  verdictName: {
    intact: 'Intact',
    incomplete: 'Incomplete',
    contradicted: 'Contradicted',
    none: 'No verdict',
  },
  /** What each verdict means, for the reader who sees one for the first time. */
  verdictSays: {
    intact:
      'Every seq that a stream needs is there, every line and file could be read, and nothing that was compared disagrees.',
    'intact-open':
      'Nothing that is certain is missing or disagrees. What the last seconds lack may still be on its way.',
    incomplete: 'Entries are missing, or part of the log could not be read.',
    contradicted: 'A copy of the log, or an earlier record of it, says something else than the log says now.',
    none: 'Nothing was checked, so nothing can be said.',
  },

  kind: {
    gap: 'Gap',
    malformed: 'Malformed line',
    unreadable: 'Unreadable',
    'missing-in-copy': 'Missing in copy',
    conflict: 'Conflict',
    rewritten: 'Rewritten',
    duplicate: 'Duplicate',
    clock: 'Clock',
    silence: 'Silence',
    'missing-day': 'Missing day',
    'unexplained-start': 'Unexplained start',
    'rule-weakened': 'Weakened rule',
  },
  kinds: {
    gap: 'Gaps',
    malformed: 'Malformed lines',
    unreadable: 'Unreadable files and ranges',
    'missing-in-copy': 'Missing in a copy',
    conflict: 'Conflicts',
    rewritten: 'Rewritten',
    duplicate: 'Duplicates',
    clock: 'Clock',
    silence: 'Silence',
    'missing-day': 'Missing days',
    'unexplained-start': 'Unexplained starts',
    'rule-weakened': 'Weakened rules',
  },
  kindSays: {
    gap: 'A stream counts its entries; these seqs are missing inside it.',
    malformed: 'A line that is not one whole entry. What could be recovered from it counts as present.',
    unreadable: 'A file, or a range of one, that could not be read.',
    'missing-in-copy': 'One copy of the log lacks entries that another holds.',
    conflict: 'The same entry (node, ts and seq) reads differently in two lines.',
    rewritten: 'What was recorded earlier is no longer there byte for byte.',
    duplicate: 'The same line stands more than once in one source. Proves nothing by itself.',
    clock: 'Times that run against the seqs by more than threads explain. Proves nothing by itself.',
    silence: 'A quiet period against the usual rhythm. A quiet period is not a gap.',
    'missing-day': 'A day without any entry that streams jump across.',
    'rule-weakened':
      'The log reports a change of a rule after which less is recorded. Who may change rules may do so.',
    'unexplained-start':
      'A stream that begins at a seq which nothing before it explains. Its first entries may be missing, or the log was pruned.',
  },
  confidence: { high: 'high', medium: 'medium', low: 'low' },
  dialect: { documented: 'documented', observed: 'observed', mixed: 'mixed', unknown: 'unknown' },

  /** Why a stream begins where it does. */
  start: {
    one: 'at seq 1: a fresh process',
    'fork-base': 'at the fork base: a forked worker',
    'log-start': 'it was running already when the log begins',
    gap: 'its first entries are missing',
    unexplained: 'nothing before it explains where it starts',
  },

  /** What this check could not have seen. */
  notVisible: {
    'cut-tail':
      'Entries removed from the very end of a stream. Nothing after them shows that they existed; a copy that ran further, or an earlier report to compare with, would.',
    'whole-process':
      'A process all of whose entries were removed. No entry of it is left that could jump across the hole.',
    'nothing-compared':
      'An entry edited in place, or a file cut short at its end. Nothing was compared: there was one copy only, and neither an earlier report nor checksums.',
    'copy-not-compared':
      'An entry edited in place before the earlier report or checksums were made, or added since and edited.',
    'edited-everywhere': 'An entry edited in the same way in every copy that was compared.',
    'hidden-by-end':
      'An entry removed exactly where another stream of the same node ends just before it. The two then read as one unbroken stream.',
    'auditing-off':
      'What was never audited: a rule that was switched off, or whose subscribed fields were emptied (field_to_log_ids), leaves no entry here.',
    truth:
      'Whether an entry is true. It was checked that entries are there and fit together, not that what they say happened.',
    'before-log': 'What was written before {{from}}, where the log begins.',
    'removed-by-retention_one':
      'What the receiver removed since it had kept it long enough, by its own word: {{count, number}} line of {{first}} to {{last}}. Its hash was written down.',
    'removed-by-retention_other':
      'What the receiver removed since it had kept it long enough, by its own word: {{count, number}} lines of {{first}} to {{last}}. Their files’ hashes were written down.',
    'period-limited':
      'Findings outside the period asked for ({{from}} to {{to}}). The whole log was analysed; only this period is told.',
    'skipped-files_one': 'What {{count, number}} skipped file holds.',
    'skipped-files_other': 'What {{count, number}} skipped files hold.',
    'unreadable-ranges_one': 'What {{count, number}} unreadable file or range holds.',
    'unreadable-ranges_other': 'What {{count, number}} unreadable files or ranges hold.',
    'open-end':
      'The log was being written to. Lines not at their end yet: {{pending, number}}; findings of its last seconds, which decide nothing yet: {{provisional, number}}.',
    'taken-as-unchanged_one':
      'Whether {{count, number}} file was changed without changing its size and times: it was hashed when the log was opened, and was not hashed again for this report.',
    'taken-as-unchanged_other':
      'Whether {{count, number}} files were changed without changing their sizes and times: they were hashed since the log was opened, and were not hashed again for this report.',
    'salvaged-values_one': 'The values of {{count, number}} entry that was recovered from a malformed line.',
    'salvaged-values_other':
      'The values of {{count, number}} entries that were recovered from malformed lines.',
  },

  /** Why a file was not read. */
  skipped: {
    'no-entries': 'Its name fits no naming scheme, and its first lines are no entries (no node, ts and seq).',
    empty: 'It is empty.',
    'special-file': 'It is not a regular file ({{kind}}).',
    'same-file': 'It is the same file as {{of}}, and counted there.',
    'linked-directory': 'It is a link to {{target}}, a directory that is not followed.',
    'broken-link': 'It is a link that leads nowhere.',
    'link-in-archive': 'It is a link inside an archive, to {{target}}.',
    'unsupported-format': 'Its format cannot be read ({{format}}).',
  },

  /** What was done, in words. */
  method: {
    hashing:
      'Each file was hashed with SHA-256 as it is stored, and, where it is compressed, its decompressed content as well.',
    reading:
      'Nothing was written to what was opened. Lines were divided at the byte LF only, and each line was read to its end, not only where node, ts and seq stand.',
    salvaging:
      'A line that is not one whole entry is malformed. Entries that could be recovered from it count as present.',
    streams:
      'The entries of each node were divided into streams, one for each process, by seq and ts: each entry follows an earlier one with the seq just below it that no other entry took.',
    starts:
      'A stream that starts at seq 1, at a fork base or where the log begins explains itself. Any other start continues an ended stream, and the seqs between are a gap.',
    'lower-bound':
      'The count of a gap is the least number of entries that must be missing under every division that explains the lines equally well; more may be missing. The times and places on both sides are wide enough for each of these divisions.',
    processes:
      'Where syslog names the process of every entry of a node, streams are those of the processes, and nothing of them is inferred. What seqs and times alone would have told is given beside it, as a check of the inference.',
    'quiet-periods': 'A period without entries is not a gap. Only missing seqs are.',
    copies:
      'Entries of several sources were joined by node, ts and seq and compared by their parsed content, with numbers compared as they are written.',
    comparing:
      'The files were compared byte for byte, decompressed where needed, with what was recorded earlier.',
    times: 'Times are given as the log has them, with their offset. Days are UTC days.',
    causes:
      'A cause is the likeliest explanation that fits the evidence. It is not proof, and the confidence says how well it fits.',
  },
} as const;
