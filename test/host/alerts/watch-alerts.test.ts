import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTranslate } from '../../../src/catalogue/translate.ts';
import { type Alert, AlertSettings } from '../../../src/contract/alert.ts';
import { verifyPaths } from '../../../src/engine/engine.ts';
import { listReportCauses } from '../../../src/host/alerts/list-causes.ts';
import { AlertWatch } from '../../../src/host/alerts/watch-alerts.ts';
import { SenderBook } from '../../../src/receiver/senders/sender-book.ts';
import { makeEntry, runReceiver, type TestReceiver, VALUE } from '../../receiver/running-receiver.ts';

const MINUTE_MS = 60_000;
let receiver: TestReceiver;
let alerts: Alert[];
let nowMs: number;
let watch: AlertWatch;

function open(chosen: Partial<AlertSettings> = {}): AlertWatch {
  return new AlertWatch({
    settings: AlertSettings.parse({ silentAfterMinutes: { openspp: 30 }, lowDiskBytes: 0, ...chosen }),
    data: receiver.data,
    translate: createTranslate('en'),
    notice: (text) => expect.fail(text),
    onAlert: (alert) => alerts.push(alert),
    now: () => nowMs,
  });
}

/** What is told after so many minutes more. */
function look(minutes: number): string[] {
  nowMs += minutes * MINUTE_MS;
  alerts = [];
  watch.look();
  return alerts.map(({ text }) => text);
}

async function post(...seqs: number[]): Promise<void> {
  for (const seq of seqs)
    await fetch(`${receiver.url}/ingest`, {
      method: 'POST',
      body: makeEntry(seq),
      headers: { authorization: VALUE },
    });
}

async function check(): Promise<void> {
  const spool = join(receiver.data, 'spool');
  watch.noteFound(listReportCauses(await verifyPaths([spool], { signal: new AbortController().signal })));
}

beforeEach(async () => {
  receiver = await runReceiver();
  alerts = [];
  nowMs = Date.now();
  watch = open();
});

afterEach(async () => {
  await watch.close();
  await receiver.close();
});

test('a gap is told once, also after a restart; one that closes in time is not', async () => {
  await post(1, 2, 4, 5);
  await check();
  expect(look(0)).toEqual([]);
  await post(3, 7, 8);
  await check();
  expect(look(10)).toEqual([]);
  expect(look(6)).toEqual(['1 new gap; at least 1 missing: vm']);
  expect(look(20)).toEqual(['1 sender has said nothing for longer than is expected: openspp']);
  await watch.close();
  watch = open();
  expect(look(1)).toEqual([]);
  await check();
  expect(look(6)).toEqual([]);
  expect(alerts).toEqual([]);
});

test('an alert has figures, names and places, and nothing of an entry', async () => {
  await post(1, 2, 9);
  await check();
  look(0);
  look(6);
  expect(alerts).toEqual([
    {
      format: 'unbroken.alert/1',
      kind: 'gap',
      state: 'began',
      at: new Date(nowMs).toISOString(),
      count: 1,
      entries: 6,
      places: ['vm'],
      text: '1 new gap; at least 6 missing: vm',
    },
  ]);
});

test('a name is told so that it can be seen, and calls nobody', () => {
  const place = `\u202eevil<!channel> @here ${'x'.repeat(200)}`;
  watch.noteFound([{ kind: 'rule-changed', id: 'r', place }]);
  expect(look(0)).toEqual([`1 change of what is audited: ⟨U+202E⟩evil·!channel· ·here ${'x'.repeat(51)}…`]);
});

test('a sender that was revoked may be silent', () => {
  expect(look(31)).toEqual([]);
  new SenderBook(receiver.data).revoke('openspp');
  expect(look(31)).toEqual([]);
});

test('only what was chosen is told', async () => {
  await watch.close();
  watch = open({ kinds: ['sender-silent'] });
  await post(1, 2, 4, 5);
  await check();
  look(0);
  expect(look(40)).toEqual(['1 sender has said nothing for longer than is expected: openspp']);
});
