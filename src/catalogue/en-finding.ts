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
    truncated: 'The message was cut on its way, as a relay with a limit does (rsyslog: at 8 kB unless told).',
    'receiver-down':
      'Receiver down: Unbroken’s own receiver was not there to take the entries, and HTTP senders send nothing twice.',
    'midnight-race':
      'Midnight race: while threads change to the next day’s file, an entry or two can be lost in the file copy.',
    'missing-file': 'Missing file: a whole day’s file is absent, and the stream goes on after it.',
    'torn-line':
      'Torn line: an entry was written in part only, as by a process that was killed or on a full disk.',
    'unreadable-file': 'Unreadable file: the entries may be in a file that could not be read.',
    unexplained: 'Unexplained; deletion is possible.',
    'not-delivered':
      'Not delivered, or not kept: an HTTP receiver may have been down or slow, a syslog message cut or dropped, a file rotated away. Nothing repeats an entry. Deletion from this copy is possible.',
    edited: 'The content is not what was recorded.',
    shortened: 'The content is shorter than what was recorded.',
    absent: 'What was recorded is not there any more.',
  },

  evidence: {
    'day-boundary':
      'The gap spans midnight UTC ({{midnight}}) and the change of file. It begins {{beforeSeconds, number}} s before and ends {{afterSeconds, number}} s after.',
    'receiver-down_one':
      'The receiver has written down itself that it was not running from {{since}} to {{until}}.',
    'receiver-down_other':
      'The receiver has written down itself that it was not running {{count, number}} times between {{since}} and {{until}}.',
    'receiver-kernel-drops_one':
      'The receiver has written down that the system threw {{count, number}} datagram away unread between {{since}} and {{until}}.',
    'receiver-kernel-drops_other':
      'The receiver has written down that the system threw {{count, number}} datagrams away unread between {{since}} and {{until}}.',
    'receiver-sequence-hole_one':
      'The receiver has written down that, by the sender’s own count, {{count, number}} message came to be missing between {{since}} and {{until}}.',
    'receiver-sequence-hole_other':
      'The receiver has written down that, by the sender’s own count, {{count, number}} messages came to be missing between {{since}} and {{until}}.',
    'receiver-refused_one':
      'The receiver has written down that it did not take or keep {{count, number}} message between {{since}} and {{until}} ({{reasons}}).',
    'receiver-refused_other':
      'The receiver has written down that it did not take or keep {{count, number}} messages between {{since}} and {{until}} ({{reasons}}).',
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
      'Forked processes of this time begin at seq {{base}}; the first entry of this one has a later seq.',
    'whole-node-silent': 'No other process of the node wrote anything at this time.',
    'no-other-sign': 'No absent day, unreadable file, malformed line or change of file accounts for it.',

    'could-be-read': 'Before it breaks off it tells: {{action}} of {{model}}, record {{record}}.',
    'could-be-read-masked': 'Before it breaks off it tells: {{action}} of {{model}}.',
    'stops-at-byte': 'Reading stopped at byte {{byte, number}} of {{bytes, number}} in the line.',
    'lines-in-a-row_one': '{{count, number}} line, up to line {{last}}.',
    'lines-in-a-row_other': '{{count, number}} lines in a row are so, up to line {{last}}.',
    'system-said': 'Reported was: {{detail}}',
    'read-up-to': 'Read were {{bytes, number}} bytes of content before it.',
    'same-entry-twice_one': 'The same entry stands in two lines.',
    'same-entry-twice_other': 'A stretch of {{count, number}} entries stands twice.',
    'other-content': 'Node, ts and seq are the same in both lines, and the content is not.',
    differs: '{{key}} is {{one}} in the first line and {{other}} in the other.',
    'differs-first-only': '{{key}} stands in the first line only, as {{one}}.',
    'differs-other-only': '{{key}} stands in the other line only, as {{other}}.',
    'differs-masked': '{{key}} differs; its values are left out.',
    'differs-more_one': '{{count, number}} more key differs.',
    'differs-more_other': '{{count, number}} more keys differ.',
    'no-predecessor': 'No ended stream, fork or beginning of the log explains a start at seq {{seq}}.',
    'clock-set-back': 'The clock was set back: ts falls by {{seconds, number}} s while the seq goes on.',
    'unusual-silence':
      'On each of {{days, number}} other days there were at least {{usual, number}} entries in the same hours.',
    'streams-jump-across':
      'There is no entry of {{day}}, and $t(n.stream, {"count": {{streams}} }) jump across it: $t(n.gap, {"count": {{gaps}} }) with $t(n.entry, {"count": {{missing}} }) missing.',

    'rule-of': 'The rule is {{rule}}, about {{model}}.',
    'rule-deleted': 'The rule was deleted: nothing is recorded by it any more.',
    'rule-inactive': 'The rule was made inactive: nothing is recorded by it any more.',
    'rule-actions-off': 'No longer recorded: {{actions}}.',
    'rule-fields-off': 'Changes of these fields are no longer recorded: {{fields}}.',
    'rule-fields-only': 'Changes of every field were recorded, and now of these alone: {{fields}}.',

    'held-by_one': '{{holder}} holds it, and {{source}} does not.',
    'held-by_other': '{{holder}} holds them, and {{source}} does not.',
    'ran-further':
      '{{source}} ends before, and {{holder}} ran further: the tail of {{source}} may have been cut, or it was taken earlier.',
    'node-absent': '{{source}} has no entry of this node at all.',
    'held-elsewhere': 'Another copy, {{holder}}, holds entries of these seqs and times that this one lacks.',
    recorded: 'Recorded were {{bytes, number}} bytes with SHA-256 {{sha256}}.',
    'recorded-hash': 'Recorded was SHA-256 {{sha256}}.',
    'found-now': 'Found now are {{bytes, number}} bytes with SHA-256 {{sha256}}.',
    'fewer-entries': 'There were {{before, number}} entries, and there are {{after, number}} now.',
  },

  wouldTell: {
    'syslog-copy': 'The same time in the syslog copy, if syslog was on.',
    'http-copy': 'The same time in the HTTP receiver’s copy, if HTTP was on.',
    'database-copy':
      'The entries of this time in OpenSPP’s database. They have no seq, so compare by time, model, record and user.',
    'earlier-report': 'A report of Unbroken, or checksums, from before the loss, to compare with.',
    'absent-file': 'The absent file, from a backup.',
    'unreadable-file': 'A readable copy of the file that could not be read.',
  },
} as const;
