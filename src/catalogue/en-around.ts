/** English text of an entry's neighbours. */
export const enAround = {
  title: 'Before and after it',
  keys: 'P, N: record · Shift: user',
  record: 'Record',
  user: 'User',
  before: 'the entry before',
  after: 'the entry after',
  beforeNone: 'none before',
  afterNone: 'none after',
  stream:
    'Which process wrote an entry is not in it: its stream is not known here. The findings show streams.',
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
