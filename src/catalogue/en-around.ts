/** English text of an entry's neighbours. */
export const enAround = {
  title: 'Before and after it',
  keys: 'P, N: record · Shift: user · B, F: stream',
  record: 'Record',
  user: 'User',
  before: 'the entry before',
  after: 'the entry after',
  beforeNone: 'none before',
  afterNone: 'none after',
  stream: {
    seqs: 'seq {{first}}–{{last}}',
    sure: 'No entry says which process wrote it: this is how the check divides them.',
    mixed_one:
      'Beside a gap it stood at the same seq as {{count, number}} other stream: what is missing there may be the other’s.',
    mixed_other:
      'Beside gaps it stood at the same seq as {{count, number}} other streams: what is missing there may be theirs.',
    unknown:
      'Its stream is not known: it was read after the last check, or the report does not tell that stream.',
    none: 'Not known',
    dividing: 'The streams are being told apart…',
    ofFinding: 'Streams that it is about',
    open: 'Show the entries of this stream',
  },
  outside: 'This entry does not match the filter.',
  drop: 'Drop the filter and show it',
  gap: {
    title: 'The same users and records before and after',
    on: { before: 'of the line before', after: 'of the line after', both: 'of both lines' },
    meanwhile_one: '{{count, number}} entry in the gap’s time',
    meanwhile_other: '{{count, number}} entries in the gap’s time',
    meanwhileNone: 'no entry in the gap’s time',
    open: 'Show among the entries',
  },
} as const;
