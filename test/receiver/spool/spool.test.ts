import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SpoolLine } from '../../../src/contract/spool.ts';
import { verifyPaths } from '../../../src/engine/engine.ts';
import { diskFiles } from '../../../src/receiver/spool/file-layer.ts';
import { Refusal } from '../../../src/receiver/spool/outcomes.ts';
import { openSpool, type Spool, type SpoolOptions } from '../../../src/receiver/spool/spool.ts';
import { hashPayload } from '../../../src/receiver/spool/spool-line.ts';
import { appendOne } from './append-one.ts';
import { ForgetfulDisk } from './forgetful-disk.ts';

const DAY = '2026-11-24';
let root: string;
let disk: ForgetfulDisk;
let nowMs: number;
let troubles: string[];
let opened: Spool[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'unbroken-spool-'));
  disk = new ForgetfulDisk();
  nowMs = Date.parse(`${DAY}T10:00:00Z`);
  troubles = [];
  opened = [];
});

afterEach(async () => {
  for (const spool of opened) await spool.close();
  rmSync(root, { recursive: true });
});

function open(options: Partial<SpoolOptions> = {}): ReturnType<typeof openSpool> {
  const made = openSpool({
    directory: join(root, 'spool'),
    indexFile: join(root, 'index.sqlite'),
    minFreeBytes: 1000,
    maxWaitingBytes: 1e6,
    files: disk,
    now: () => nowMs,
    onTrouble: (what) => troubles.push(what),
    ...options,
  });
  opened.push(made.spool);
  return made;
}

/** What a power cut leaves: the spool is never closed, and what was not synced is gone. */
function cutPower(): void {
  disk = new ForgetfulDisk();
}

const entry = (seq: number, more = ''): Buffer =>
  Buffer.from(
    `{"model": "res.partner", "res_id": 1, "method": "write", "user_id": 2, "data": {"new": {"name": "x${more}"}}, ` +
      `"seq": ${seq}, "ts": "2026-11-24T10:00:00.000001+00:00", "node": "vm"}`,
  );

const arrive = (payload: Buffer | string, sender = 'openspp') =>
  ({ sender, transport: 'http', peer: '127.0.0.1:5000', payload: Buffer.from(payload) }) as const;

const file = (sender = 'openspp', day = DAY): string =>
  join(root, 'spool', 'senders', sender, `received-${day}.jsonl`);

const readLines = (sender?: string, day?: string): SpoolLine[] =>
  readFileSync(file(sender, day), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => SpoolLine.parse(JSON.parse(line)));

test('an entry is on the disk when its receipt comes, as it was received', async () => {
  const { spool } = open();
  const payload = Buffer.from('{"a": "\u2028 é \\ud83d\\ude00", "nan": NaN}\r\n');
  const receipt = await appendOne(spool, arrive(payload));
  expect(receipt).toEqual({
    id: 'openspp.2026-11-24.1',
    sha256: hashPayload(payload),
    position: { file: 'senders/openspp/received-2026-11-24.jsonl', line: 1 },
    again: false,
    malformed: { reason: 'missing-key', atByte: expect.any(Number) },
  });
  const [line] = readLines();
  expect(line).toMatchObject({
    receivedAt: '2026-11-24T10:00:00.000Z',
    transport: 'http',
    peer: '127.0.0.1:5000',
  });
  expect(Buffer.from(line?.payload ?? '')).toEqual(payload);
});

test.each([
  ['as it is', '<134>1 - vm openspp-audit 7 - [meta x="1"] ', undefined],
  ['whatever it holds', '{"a":1,"payload":"no","payloadBase64":"no", ', undefined],
  ['as base64 where it is not UTF-8', undefined, Buffer.from('<134>vm\xe9 ', 'latin1')],
])('what stood before a payload is kept %s, and is no part of the log', async (_, text, bytes) => {
  const { spool } = open({ files: diskFiles });
  const envelope = bytes ?? Buffer.from(text ?? '');
  await appendOne(spool, { ...arrive(entry(1)), envelope });
  const [line] = readLines();
  expect(line).toMatchObject(
    bytes ? { envelopeBase64: bytes.toString('base64') } : { envelope: envelope.toString() },
  );
  expect(line?.sha256).toBe(hashPayload(entry(1)));
  const report = await verifyPaths([join(root, 'spool')], { signal: new AbortController().signal });
  expect(report.totals).toMatchObject({ lines: 1, entries: 1, malformed: 0 });
});

test('bytes that are not UTF-8 are kept as base64', async () => {
  const payload = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
  const receipt = await appendOne(open().spool, arrive(payload));
  expect(receipt.malformed?.reason).toBe('invalid-utf8');
  expect(Buffer.from(readLines()[0]?.payloadBase64 ?? '', 'base64')).toEqual(payload);
});

test.each([
  ['an entry', entry(1).toString(), undefined],
  ['an entry over several lines', entry(1).toString().replaceAll(', ', ',\n'), undefined],
  ['no JSON', 'hello', 'not-json'],
  ['half an entry', entry(1).toString().slice(0, 60), 'torn'],
  ['two entries', `${entry(1)}${entry(2)}`, 'glued'],
  ['a list', '[1]', 'not-json'],
])('%s is read as the engine reads it', async (_, payload, reason) => {
  expect((await appendOne(open().spool, arrive(payload))).malformed?.reason).toBe(reason);
});

test('many that wait share a sync, and a malformed one among them is told apart', async () => {
  const { spool } = open();
  const payloads = [...Array.from({ length: 200 }, (_, i) => entry(i + 1)), Buffer.from('no')];
  const receipts = await Promise.all(payloads.map((payload) => appendOne(spool, arrive(payload))));
  expect(disk.syncs).toBe(1);
  expect(receipts.map(({ position }) => position.line)).toEqual(payloads.map((_, i) => i + 1));
  expect(receipts.filter(({ malformed }) => malformed)).toEqual([receipts[200]]);
});

test('the same payload gets its first receipt: at once, later, after a restart and without an index', async () => {
  const { spool } = open();
  const [first, atOnce] = await Promise.all([
    appendOne(spool, arrive(entry(1))),
    appendOne(spool, arrive(entry(1))),
  ]);
  expect(atOnce).toEqual({ ...first, again: true });
  await appendOne(spool, arrive(entry(2)));
  expect(await appendOne(spool, arrive(entry(1)))).toEqual({ ...first, again: true });
  await spool.close();
  const next = open().spool;
  expect(await appendOne(next, arrive(entry(1)))).toEqual({ ...first, again: true });
  await next.close();
  writeFileSync(
    join(root, 'index.sqlite'),
    'this is no database, and long enough to be taken for one'.repeat(99),
  );
  const { spool: last, state } = open();
  expect(state.caughtUp).toBe(2);
  expect(await appendOne(last, arrive(entry(1)))).toEqual({ ...first, again: true });
  expect(readLines()).toHaveLength(2);
});

test('the same of another sender is another entry, and other content of the same seq is kept', async () => {
  const { spool } = open();
  await appendOne(spool, arrive(entry(1)));
  expect((await appendOne(spool, arrive(entry(1), 'relay'))).again).toBe(false);
  expect((await appendOne(spool, arrive(entry(1, 'y')))).again).toBe(false);
  expect([readLines().length, readLines('relay').length]).toEqual([2, 1]);
});

test('a new day is a new file, and a clock that jumps back goes on in the old one', async () => {
  const { spool } = open();
  await appendOne(spool, arrive(entry(1)));
  nowMs += 24 * 3600e3;
  expect((await appendOne(spool, arrive(entry(2)))).id).toBe('openspp.2026-11-25.1');
  nowMs -= 24 * 3600e3;
  expect((await appendOne(spool, arrive(entry(3)))).id).toBe('openspp.2026-11-24.2');
  expect(readLines().map(({ id }) => id)).toEqual(['openspp.2026-11-24.1', 'openspp.2026-11-24.2']);
});

test.each(['open', 'append', 'sync', 'synced'] as const)(
  'after a power cut at "%s" every entry with a receipt is there once, and can be sent again',
  async (step) => {
    const { spool } = open();
    const kept = await Promise.all([1, 2, 3].map((seq) => appendOne(spool, arrive(entry(seq)))));
    if (step === 'open') nowMs += 24 * 3600e3;
    disk.onStep = (at) => {
      if (at === step) throw new Error('power cut');
    };
    await expect(appendOne(spool, arrive(entry(4)))).rejects.toBeInstanceOf(Refusal);
    cutPower();
    const { spool: next } = open();
    for (const [i, receipt] of kept.entries())
      expect(await appendOne(next, arrive(entry(i + 1)))).toEqual({ ...receipt, again: true });
    await appendOne(next, arrive(entry(4)));
    const days = readdirSync(join(root, 'spool', 'senders', 'openspp')).map((name) => name.slice(9, 19));
    const found = days.flatMap((day) => readLines('openspp', day)).map(({ payload }) => payload);
    expect(found.toSorted()).toEqual([1, 2, 3, 4].map((seq) => entry(seq).toString()));
  },
);

test('a torn end is cut off into a file of its own, and told', async () => {
  const { spool } = open();
  await appendOne(spool, arrive(entry(1)));
  await spool.close();
  const torn = `{"spool":1,"id":"openspp.2026-11-24.2","rec`;
  appendFileSync(file(), torn);
  const { spool: next, state } = open();
  expect(state.cut).toEqual([
    {
      file: join('senders', 'openspp', `received-${DAY}.jsonl`),
      bytes: torn.length,
      keptIn: expect.any(String),
    },
  ]);
  expect(readFileSync(join(root, 'spool', state.cut[0]?.keptIn ?? ''), 'utf8')).toBe(torn);
  expect((await appendOne(next, arrive(entry(2)))).id).toBe('openspp.2026-11-24.2');
  expect(readLines()).toHaveLength(2);
});

test('what is damaged before a whole line is left where it is, and counted', async () => {
  const { spool } = open();
  await appendOne(spool, arrive(entry(1)));
  await appendOne(spool, arrive(entry(2)));
  await spool.close();
  const [first = '', second = ''] = readFileSync(file(), 'utf8').trimEnd().split('\n');
  writeFileSync(file(), `${first.replace('res.partner', 'res.parrots')}\n${second}\n${'\0'.repeat(80)}\n`);
  rmSync(join(root, 'index.sqlite'));
  const { state } = open();
  expect(state).toMatchObject({ damagedLines: 1, caughtUp: 2, cut: [{ bytes: 81 }] });
  expect(readFileSync(file(), 'utf8').split('\n')).toHaveLength(3);
});

test('a file that is shorter than the index knew is read afresh', async () => {
  const { spool } = open();
  await appendOne(spool, arrive(entry(1)));
  const before = readFileSync(file()).length;
  await appendOne(spool, arrive(entry(2)));
  await spool.close();
  truncateSync(file(), before);
  const next = open().spool;
  expect((await appendOne(next, arrive(entry(1)))).again).toBe(true);
  expect((await appendOne(next, arrive(entry(2)))).again).toBe(false);
});

test('a disk that is nearly full refuses, and takes again when there is room', async () => {
  const { spool } = open({ minFreeBytes: 50e6 });
  disk.freeBytes = 40e6;
  await expect(appendOne(spool, arrive(entry(1)))).rejects.toMatchObject({ code: 'full' });
  expect([spool.trouble, ...troubles]).toEqual(['full', 'full']);
  disk.freeBytes = 90e6;
  await appendOne(spool, arrive(entry(1)));
  expect(spool.trouble).toBeUndefined();
});

test('a disk that fills up in the middle of a write keeps whole lines only', async () => {
  const { spool } = open();
  await appendOne(spool, arrive(entry(1)));
  disk.roomBytes = readFileSync(file()).length * 2.5;
  const answers = await Promise.allSettled([2, 3, 4, 5].map((seq) => appendOne(spool, arrive(entry(seq)))));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
  expect(readLines()).toHaveLength(3);
  disk.roomBytes = 1e9;
  expect((await appendOne(spool, arrive(entry(4)))).id).toBe('openspp.2026-11-24.4');
});

test('a failed sync halts: nothing is acknowledged any more, and a restart finds what is there', async () => {
  const { spool } = open();
  await appendOne(spool, arrive(entry(1)));
  disk.syncFails = true;
  await expect(appendOne(spool, arrive(entry(2)))).rejects.toMatchObject({ code: 'halted' });
  disk.syncFails = false;
  await expect(appendOne(spool, arrive(entry(3)))).rejects.toMatchObject({ code: 'halted' });
  expect([spool.trouble, ...troubles]).toEqual(['halted', 'sync-failed']);
  cutPower();
  const next = open().spool;
  expect((await appendOne(next, arrive(entry(1)))).again).toBe(true);
  expect((await appendOne(next, arrive(entry(2)))).again).toBe(false);
});

test('more than may wait is refused, and what waits is written before it closes', async () => {
  const { spool } = open({ maxWaitingBytes: 500 });
  const first = appendOne(spool, arrive(entry(1)));
  await expect(appendOne(spool, arrive('x'.repeat(499)))).rejects.toMatchObject({ code: 'busy' });
  await spool.close();
  expect((await first).again).toBe(false);
  await expect(appendOne(spool, arrive(entry(2)))).rejects.toMatchObject({ code: 'closing' });
});
