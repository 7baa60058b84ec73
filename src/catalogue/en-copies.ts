/** English text of copies of one log side by side over time. */
export const enCopies = {
  copies: {
    caption:
      'The copies over time, each from its first entry to its last: what it lacks and another holds, what no copy holds, and what reads differently.',
    holds: 'Holds entries',
    lacks: 'Lacks what another copy holds',
    ended: 'Ended before another copy',
    missing: 'Missing in every copy',
    differs: 'Reads differently',
    entriesOf: 'Entries of {{name}}',
  },
};
