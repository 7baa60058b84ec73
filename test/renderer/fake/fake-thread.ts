/** A thread of two notes, one of them somebody else's, between what was changed. */
import type { Calls } from '../../../src/contract/api.ts';
import type { ThreadNote } from '../../../src/contract/thread.ts';

type Names = 'thread.read' | 'thread.write' | 'thread.remove';

export function tellFakeThread(): { [N in Names]: (input: Calls[N]['input']) => Calls[N]['output'] } {
  let notes: ThreadNote[] = [
    {
      ...{ id: 2, author: 'amina', writtenAt: '2025-03-03T09:00:00Z', isOwn: true },
      text: 'Asked the registrar.\nHe does not remember it.',
    },
    { id: 1, author: 'جمانة', writtenAt: '2025-03-01T15:00:00Z', isOwn: false, text: 'Who is this? \u202e' },
  ];
  return {
    'thread.read': () => ({
      notes,
      posts: true,
      earlier: 12,
      summaries: [
        {
          ...{ id: '7', tsMicros: Date.UTC(2025, 2, 2, 8) * 1000, user: 'registrar', action: 'write' },
          changes: [
            { key: 'phone', old: '"+63 900 1"', new: '"+63 900 2"' },
            { key: 'bank_ids', new: '[4, 5]' },
          ],
          moreChanges: 3,
        },
        {
          ...{ id: '3', tsMicros: Date.UTC(2025, 1, 28, 8) * 1000, user: 'admin', action: 'approve' },
          changes: [],
          moreChanges: 0,
        },
      ],
    }),
    'thread.write': ({ text }) => {
      const id = (notes[0]?.id ?? 0) + 1;
      notes = [{ id, text, author: 'amina', writtenAt: new Date().toISOString(), isOwn: true }, ...notes];
      return {};
    },
    'thread.remove': ({ id }) => {
      notes = notes.filter((note) => note.id !== id);
      return {};
    },
  };
}
