/**
 * English sentences for what is said of a finding: its cause, the evidence, and what would settle it.
 * Values are those of the statement: times as text, spans in seconds.
 */

/** Why a line is not an entry. */
const malformed = {
  torn: 'The line breaks off before its entry is complete.',
  glued: 'A broken entry and another entry stand on one line.',
  'nul-bytes': 'The line holds NUL bytes, as a crash or a full disk leaves them.',
  'invalid-utf8': 'The line is not valid UTF-8.',
  'not-json': 'The line is not JSON.',
  'not-an-object': 'The line is JSON, but not an object.',
  'control-character': 'The line holds a raw control character inside a string.',
  'missing-key': 'The line is an object without node, ts or seq.',
  'bad-ts': 'Its ts is not an ISO 8601 time.',
  'bad-seq': 'Its seq is not a positive whole number.',
  'bad-node': 'Its node is not a text.',
  'too-deep': 'Its values are nested more deeply than is read.',
  'too-long': 'The line is longer than is read.',
} as const;

/** Why a file, or a range of it, could not be read. */
const unreadable = {
  permission: 'Reading was not permitted.',
  vanished: 'It disappeared or changed while it was read.',
  'read-error': 'It could not be read: the system reported an error, or it is not a regular file.',
  'damaged-compression': 'The compressed data is damaged; what comes after that place could not be read.',
  'truncated-compression': 'The compressed data breaks off before its end.',
  'unsupported-compression': 'This variant of the compression cannot be read.',
  'trailing-bytes':
    'Bytes that are not compressed data follow the compressed content. All of the content was read.',
  'damaged-archive': 'The archive is damaged.',
  encrypted: 'It is encrypted.',
  'nested-archive': 'It is a zip archive inside another archive.',
  'broken-link': 'It is a link that leads nowhere.',
} as const;

export const enFinding = {
  malformed,
  unreadable,

  cause: {
    ...malformed,
    ...unreadable,
    'midnight-race':
      'Midnight race: while threads change to the next day’s file, an entry or two can be lost in the file copy.',
    'missing-file': 'Missing file: a whole day’s file is absent, and the stream goes on after it.',
    'torn-line':
      'Torn line: an entry was written in part only, as by a process that was killed or on a full disk.',
    'unreadable-file': 'Unreadable file: the entries may be in a file that could not be read.',
    unexplained: 'Unexplained; deletion is possible.',
    'not-delivered':
      'Not delivered: an HTTP receiver may have been down or slow, and a syslog message may have been cut or dropped. Nothing repeats them. Deletion is possible.',
    'content-differs': 'The copies differ in content. One of them was changed after it was written.',
    'same-content': 'The same entry was kept twice.',
    edited: 'The content is not what was recorded.',
    shortened: 'The content ends before what was recorded does; what is there is unchanged.',
    absent: 'What was recorded is not there any more.',
    'clock-set-back': 'The node’s clock was set back.',
    'quiet-or-removed': 'Nothing happened, auditing was off, or every entry of this time was removed.',
    'head-unknown':
      'Its first entries are missing, the log was pruned, or the process inherited its counter.',
  },

  evidence: {
    'day-boundary':
      'Midnight UTC ({{midnight}}) lies in it, and with it the change of file: the line before is {{beforeSeconds, number}} s earlier, the line after {{afterSeconds, number}} s later.',
    'absent-day_one': 'There is no file for {{first}}, and no entry of the node on that day.',
    'absent-day_other':
      'There is no file for {{count, number}} days from {{first}} to {{last}}, and no entry of the node on them.',
    'malformed-line_one': 'A malformed line lies between both sides: {{path}}:{{line}} ({{reason}}).',
    'malformed-line_other':
      '{{count, number}} malformed lines lie between both sides; the first is {{path}}:{{line}} ({{reason}}).',
    'unreadable-file': '{{path}} could not be read (in full), and covers this time.',
    coincides:
      '{{gaps, number}} gaps in {{streams, number}} streams may have come about at one moment, with {{missing, number}} entries missing in all.',
    'same-seq-streams':
      'Several processes stood at the same seq: $t(n.line, {"count": {{before}} }) may be the last before it, and $t(n.line, {"count": {{after}} }) the first after it.',
    'restart-within': 'The node was restarted within it, at {{ts}}.',
    'fork-base':
      'Forked processes of this time begin at seq {{base}}; the first entry of this one comes later.',
    'whole-node-silent': 'No other process of the node wrote anything at this time.',
    'no-other-sign':
      'No absent day, unreadable file, malformed line, change of file or restart lies between both sides.',

    'held-by': '{{source}} holds it.',
    'also-at': 'It stands also at {{path}}:{{line}}.',
    'differs-in': 'The copies differ in: {{keys}}.',
    'equal-bytes': 'The lines are equal byte for byte.',
    recorded: 'Recorded were {{bytes, number}} bytes with SHA-256 {{sha256}}.',
    'first-difference': 'The first difference is in line {{line}}.',
    'fewer-entries': 'There were {{before, number}} entries, and there are {{after, number}} now.',
    'stopped-at': 'Reading stopped after {{bytes, number}} bytes of content.',
    'stopped-at-byte': 'Reading stopped at byte {{byte, number}} of {{bytes, number}} in the line.',
    'clock-step': 'From one entry to the next the time falls back by {{backSeconds, number}} s.',
    'usual-rhythm':
      'On each of {{otherDays, number}} other days there were at least {{usualAtLeast, number}} entries in the same hours.',
    'streams-across':
      'Streams run on across it: $t(n.gap, {"count": {{gaps}} }) with $t(n.entry, {"count": {{missing}} }) missing.',
    'starts-at':
      'The stream starts at seq {{seq}}, and no ended stream, fork or beginning of the log explains it.',
  },

  wouldTell: {
    'syslog-copy': 'The same time in the syslog copy, if syslog was on.',
    'http-copy': 'The same time in the HTTP receiver’s copy, if HTTP was on.',
    'database-copy':
      'The entries of this time in OpenSPP’s database. They have no seq, so compare by time, model, record and user.',
    'earlier-report': 'A report of Unbroken, or checksums, from before the loss (--against).',
    'absent-file': 'The absent file, from a backup.',
    'unreadable-file': 'A readable copy of the file that could not be read.',
  },
} as const;
