/** English text of following what grows: its state in the sidebar, new entries, and findings that are not certain yet. */
export const enFollow = {
  following: 'Following',
  paused: 'Not followed: paused',
  stopped: 'Not followed any more',
  changed: 'Last change {{time}}',
  unchecked_one: 'Findings checked up to {{time}}; {{count, number}} newer entry being checked',
  unchecked_other: 'Findings checked up to {{time}}; {{count, number}} newer entries being checked',
  uncheckedYet_one: '{{count, number}} newer entry being checked',
  uncheckedYet_other: '{{count, number}} newer entries being checked',
  noChange: 'No change so far',
  pause: 'Pause following',
  resume: 'Follow again',
  newEntries_one: '{{count, number}} new entry',
  newEntries_other: '{{count, number}} new entries',
  provisional: 'Provisional',
  provisionalText:
    'The log was still being written to here: what is missing may be on its way. This decides nothing until a later check finds it as well.',
};
