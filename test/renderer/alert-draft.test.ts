import { expect, test } from 'vitest';
import { AlertChoice, KEPT_SECRET } from '../../src/contract/alert-calls.ts';
import { draftAlerts, readDraft } from '../../src/renderer/receiver/alert-draft.ts';

const full = AlertChoice.parse({
  ...{ kinds: ['gap', 'disk-low'], settleSeconds: 5, lowDiskBytes: 123_456_789, desktop: false },
  silentAfterMinutes: { '*': 30, openspp: 5 },
  webhook: { url: 'https://chat.example.org/a', authorization: KEPT_SECRET, timeoutMs: 500 },
  command: ['/bin/tell', 'with spaces', '--now'],
});

test.each([full, AlertChoice.parse({})])('what is not touched is as it was', (choice) => {
  expect(readDraft(draftAlerts(choice), choice)).toEqual(choice);
});

test('what is emptied is off, and what the fields do not show stays', () => {
  const empty = { silentMinutes: '', url: ' ', command: '\n', lowDiskGib: 1 };
  const { webhook: _, command: __, ...others } = full;
  expect(readDraft({ ...draftAlerts(full), ...empty }, full)).toEqual({
    ...others,
    silentAfterMinutes: { openspp: 5 },
    lowDiskBytes: 1024 ** 3,
  });
});

test.each(['chat.example.org', 'ftp://chat.example.org', 'https://ana:secret@chat.example.org'])(
  '%s is no webhook',
  (url) => expect(readDraft({ ...draftAlerts(full), url }, full)).toBeUndefined(),
);
