import { expect, test } from 'vitest';
import type { Received, ReceiverStatus } from '../../../src/contract/receiver-status.ts';
import { ReceiverCauses } from '../../../src/host/alerts/list-causes.ts';

const MINUTE_MS = 60_000;
const settings = { silentAfterMinutes: { openspp: 10, '*': 60 }, lowDiskBytes: 1000 };
const at = (ms: number): string => new Date(ms).toISOString();

function makeStatus(told: Partial<ReceiverStatus>): ReceiverStatus {
  return {
    ...{ at: at(0), received: [], refused: [], lost: [], perSecond: 0, waitingBytes: 0, recent: [] },
    ...told,
  };
}

function hear(sender: string, ms: number): Received {
  return { sender, transport: 'http', entries: 1, again: 0, malformed: 0, bytes: 1, lastAt: at(ms) };
}

test('a sender is silent after its own time, or that of all others', () => {
  const causes = new ReceiverCauses(settings, {});
  const list = (ms: number): string[] => causes.list(['openspp', 'relay'], ms).map(({ place }) => place);
  expect(list(0)).toEqual([]);
  expect(list(10 * MINUTE_MS)).toEqual([]);
  expect(list(11 * MINUTE_MS)).toEqual(['openspp']);
  expect(list(61 * MINUTE_MS)).toEqual(['openspp', 'relay']);
  causes.note(makeStatus({ received: [hear('openspp', 61 * MINUTE_MS)] }), 61 * MINUTE_MS);
  expect(list(62 * MINUTE_MS)).toEqual(['relay']);
  const restarted = new ReceiverCauses(settings, causes.heard);
  expect(restarted.list(['openspp', 'relay'], 72 * MINUTE_MS).map(({ place }) => place)).toEqual([
    'openspp',
    'relay',
  ]);
});

test('without a time nobody is ever silent', () => {
  const causes = new ReceiverCauses({ ...settings, silentAfterMinutes: {} }, {});
  causes.list(['a'], 0);
  expect(causes.list(['a'], 1e12)).toEqual([]);
});

test.each([
  [{ freeBytes: 1000 }, []],
  [{ freeBytes: 999 }, ['disk-low']],
  [{ trouble: 'full' as const }, ['disk-low']],
  [{ trouble: 'busy' as const }, []],
])('of the disk: %j', (told, expected) => {
  const causes = new ReceiverCauses(settings, {});
  causes.note(makeStatus(told), 0);
  expect(causes.list([], 0).map(({ kind }) => kind)).toEqual(expected);
});

test('strangers are told of for as long as they try, also after a restart of the receiver', () => {
  const causes = new ReceiverCauses(settings, {});
  const refuse = (ms: number, unauthorized: number): unknown => {
    const refused = [
      { reason: 'unauthorized', count: unauthorized },
      { reason: 'body-too-large', count: 7 },
    ];
    causes.note(makeStatus({ refused }), ms);
    return causes.list([], ms).map(({ place, entries }) => [place, entries]);
  };
  expect(causes.list([], 0)).toEqual([]);
  expect(refuse(1, 3)).toEqual([['http', 3]]);
  expect(refuse(2, 5)).toEqual([['http', 5]]);
  expect(refuse(3, 1)).toEqual([['http', 6]]);
  expect(refuse(11 * MINUTE_MS, 1)).toEqual([]);
  expect(refuse(12 * MINUTE_MS, 2)).toEqual([['http', 1]]);
});
