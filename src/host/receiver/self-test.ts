/**
 * Sends a marked entry by each way that the receiver listens on, and follows it: sent, acknowledged, on the disk, read by
 * the engine. Its sender is known only while the test runs, and what it sent is left out of what is checked.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SelfTestWay } from '../../contract/receiver-calls.ts';
import type { Listener } from '../../contract/receiver-status.ts';
import {
  nameSpoolFile,
  SELF_TEST_SENDER,
  SPOOL_SENDERS,
  SpoolLine,
  type Transport,
} from '../../contract/spool.ts';
import { createFailure } from '../../engine/base/failure.ts';
import { openEngine } from '../../engine/engine.ts';
import type { KeptReceiver, ReceiverStart } from '../../receiver/keep-receiver.ts';
import { SenderBook } from '../../receiver/senders/sender-book.ts';
import { SendFailed, sendTestEntry } from './send-test-entry.ts';

export interface SelfTestOptions {
  readonly kept: Pick<KeptReceiver, 'state'>;
  readonly start: ReceiverStart;
  readonly nativeBinding: string | undefined;
}

/** Syslog knows senders by their address, so the test has one of this machine's own that hardly anybody else uses. */
const TEST_ADDRESS = '127.83.80.80';
const MODEL = 'unbroken.self-test';
/** Until then the receiver has read of a new sender. */
const KNOWN_AFTER_MS = 2200;
const ON_DISK_WITHIN_MS = 3000;
const READ_WITHIN_MS = 30_000;

/** Failure: `bad-request` where the receiver does not run. */
export async function runSelfTest(options: SelfTestOptions): Promise<SelfTestWay[]> {
  const { kept, start } = options;
  const { listeners } = kept.state;
  if (kept.state.state !== 'running') throw createFailure('bad-request', 'the receiver does not run');
  const book = new SenderBook(start.data, options.nativeBinding);
  const value = book.admitSelfTest(TEST_ADDRESS);
  const isAddressOurs = book.identify(undefined, TEST_ADDRESS) === SELF_TEST_SENDER;
  const folder = join(start.data, 'spool', SPOOL_SENDERS, SELF_TEST_SENDER);
  try {
    await pause(KNOWN_AFTER_MS);
    const ways: SelfTestWay[] = [];
    for (const listener of listeners)
      ways.push(await sendOne(listener, { ...options, value, isAddressOurs, folder }));
    return ways;
  } finally {
    book.revoke(SELF_TEST_SENDER);
  }
}

interface SendOptions extends SelfTestOptions {
  readonly value: string;
  readonly isAddressOurs: boolean;
  readonly folder: string;
}

async function sendOne({ transport, address }: Listener, options: SendOptions): Promise<SelfTestWay> {
  const { kept, start, value, isAddressOurs, folder } = options;
  // The id of the entry's record.
  const nonce = randomUUID();
  const entry = writeEntry(nonce);
  const sinceMs = performance.now();
  const elapsed = (): number => Math.round((performance.now() - sinceMs) * 10) / 10;
  let way: SelfTestWay = { transport, address, steps: {} };
  const note = (step: keyof SelfTestWay['steps']): void => {
    way = { ...way, steps: { ...way.steps, [step]: elapsed() } };
  };
  const isHttp = transport === 'http' || transport === 'https';
  if (!isHttp && !isAddressOurs) return { ...way, failed: 'own-address' };
  try {
    const { settings } = start;
    const answer = await sendTestEntry({
      ...{ transport, address, entry, value, certificate: kept.state.tls },
      from: TEST_ADDRESS,
      path: settings.http.paths[0] ?? '/',
      tag: settings.syslog.tag,
      onSent: () => note('sent'),
    });
    if (answer === 'acknowledged') note('acknowledged');
    if (!(await findOnDisk(folder, entry, transport))) return { ...way, failed: 'not-on-disk' };
    note('onDisk');
    if (!(await isRead(folder, nonce, options.nativeBinding))) return { ...way, failed: 'not-read' };
    note('read');
  } catch (error) {
    if (!(error instanceof SendFailed)) throw error;
    way = { ...way, failed: error.code, detail: error.message };
  }
  return way;
}

/** As the module writes one, so that nothing on its way takes it for something else. */
function writeEntry(nonce: string): string {
  const entry = {
    ...{ rule_name: 'Self-test', model: MODEL, res_id: nonce, method: 'create', user_id: 0 },
    user_login: SELF_TEST_SENDER,
    data: { old: {}, new: { test: true } },
    ...{ seq: 1, ts: new Date().toISOString().replace('Z', '000+00:00'), node: hostname() },
  };
  return JSON.stringify(entry);
}

async function findOnDisk(folder: string, entry: string, transport: Transport): Promise<boolean> {
  const untilMs = performance.now() + ON_DISK_WITHIN_MS;
  for (;;) {
    if (isOnDisk(folder, entry, transport)) return true;
    if (performance.now() > untilMs) return false;
    await pause(50);
  }
}

function isOnDisk(folder: string, entry: string, transport: Transport): boolean {
  // The day may just have ended.
  return [0, 60_000].some((agoMs) => {
    const file = join(folder, nameSpoolFile(new Date(Date.now() - agoMs).toISOString().slice(0, 10)));
    if (!existsSync(file)) return false;
    return readFileSync(file, 'utf8')
      .split('\n')
      .some((line) => isLineOf(line, entry, transport));
  });
}

function isLineOf(line: string, entry: string, transport: Transport): boolean {
  if (!line.includes(`"transport":"${transport}"`)) return false;
  try {
    return SpoolLine.parse(JSON.parse(line)).payload === entry;
  } catch {
    return false;
  }
}

/** Whether the engine finds the entry: it reads what is on the disk as it reads any log. */
async function isRead(folder: string, nonce: string, nativeBinding: string | undefined): Promise<boolean> {
  const scratch = mkdtempSync(join(tmpdir(), 'unbroken-self-test-'));
  const engine = openEngine({ workspace: join(scratch, 'test.unbroken'), evidence: [folder], nativeBinding });
  try {
    await engine.importPaths([folder], { signal: AbortSignal.timeout(READ_WITHIN_MS) });
    const page = { order: 'newest-first', offset: 0, limit: 1000 } as const;
    const { rows } = engine.entries.page({ model: [MODEL] }, page);
    return rows.some(({ resId }) => resId.includes(nonce));
  } finally {
    await engine.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}
