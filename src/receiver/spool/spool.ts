/**
 * The spool: the one way by which entries of any transport are kept.
 *
 *   append(arrivals) -> queue -> one write and one sync for all that wait -> index -> a receipt each
 *
 * Guaranteed: a receipt is given after the entry's line is on the disk, and the same payload of the same sender again
 * gets its first receipt, also after a restart, as long as the day is kept. What cannot be parsed is kept as well.
 * When the disk is nearly full, or too much waits, it refuses before anything is written; after a failed sync, of which
 * nobody knows what it left, it refuses everything until it is started again.
 * Not guaranteed: that what has no receipt is not there. A sender that waited in vain sends again, and gets one.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SPOOL_FORMAT, SPOOL_MARK_FILE } from '../../contract/spool.ts';
import { createFailure } from '../../engine/base/failure.ts';
import { PayloadCheck, type Refused } from './check-payloads.ts';
import { checkSpool, nameDayFile, openIndex, type SpoolState } from './check-spool.ts';
import { type AppendFile, diskFiles, type FileLayer } from './file-layer.ts';
import {
  makeReceipt,
  type Outcome,
  Refusal,
  type RefusalCode,
  type Request,
  refuse,
  settle,
  type Waiting,
} from './outcomes.ts';
import type { IndexAddition, ReceiptIndex } from './receipt-index.ts';
import { type Arrival, hashPayload, nameId, type Origin, renderLine, renderOrigin } from './spool-line.ts';

export interface SpoolOptions {
  /** Of the spool. */
  readonly directory: string;
  /** Of the index, outside the spool. */
  readonly indexFile: string;
  /** Refuses when less than this would be left on the disk. */
  readonly minFreeBytes: number;
  /** Payloads that may wait. */
  readonly maxWaitingBytes: number;
  readonly files?: FileLayer;
  readonly now?: () => number;
  readonly nativeBinding?: string | undefined;
  /** Told of what is wrong with the disk. */
  readonly onTrouble: (what: 'full' | 'sync-failed' | 'index-failed', error: unknown) => void;
}

interface Written {
  readonly addition: IndexAddition;
  /** Those of the group that are on the disk: the first of it. */
  readonly kept: readonly Waiting[];
}

interface DayFile {
  readonly day: string;
  readonly file: AppendFile;
  lines: number;
}

/** What one sync is for: enough to share it, little enough that nobody waits long. */
const GROUP_BYTES = 8 * 1024 * 1024;
const GROUP_ENTRIES = 8192;
/** Where several send, a group begins no sooner than this after the last: a sync for a few of them costs more than they do. */
const PACE_MS = 1;
/** The disk is asked again how much is left after this much, or this long. */
const ASK_FREE_BYTES = 16 * 1024 * 1024;
const ASK_FREE_MS = 1000;

/** Checks the spool and opens it; made where there is none. Failure: `bad-request` where the directory is something else. */
export function openSpool(options: SpoolOptions): { readonly spool: Spool; readonly state: SpoolState } {
  const { directory, indexFile } = options;
  mkdirSync(directory, { recursive: true });
  const mark = join(directory, SPOOL_MARK_FILE);
  if (!existsSync(mark))
    writeFileSync(mark, `${JSON.stringify({ format: SPOOL_FORMAT })}\n`, { flush: true });
  else if (!readFileSync(mark, 'utf8').includes(`"${SPOOL_FORMAT}"`))
    throw createFailure('bad-request', 'this is a spool of another version', { subject: directory });
  const index = openIndex(
    indexFile,
    () => {
      for (const part of ['', '-wal', '-shm']) rmSync(indexFile + part, { force: true });
    },
    options.nativeBinding,
  );
  const state = checkSpool(directory, index);
  return { spool: new Spool(options, index), state };
}

export class Spool {
  readonly #options: SpoolOptions;
  readonly #files: FileLayer;
  readonly #now: () => number;
  readonly #index: ReceiptIndex;
  readonly #check = new PayloadCheck();
  /** Open files, one a sender. */
  readonly #open = new Map<string, DayFile>();
  #queue: Waiting[] = [];
  #waitingBytes = 0;
  #running: Promise<void> | undefined;
  #free = { bytes: 0, askedMs: Number.NEGATIVE_INFINITY };
  #stopped: 'halted' | 'closing' | undefined;
  #isFull = false;

  constructor(options: SpoolOptions, index: ReceiptIndex) {
    this.#options = options;
    this.#files = options.files ?? diskFiles;
    this.#now = options.now ?? Date.now;
    this.#index = index;
  }

  /** Why nothing is taken now; undefined where all is well. */
  get trouble(): RefusalCode | undefined {
    return this.#stopped ?? (this.#isFull ? 'full' : undefined);
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** Keeps entries of one origin; resolves when each is on the disk or refused, with what became of each. Never rejects. */
  append(origin: Origin, arrivals: readonly Arrival[]): Promise<readonly Outcome[]> {
    const { promise, resolve } = Promise.withResolvers<readonly Outcome[]>();
    const request: Request = { origin, outcomes: [], missing: arrivals.length, resolve };
    if (arrivals.length === 0) resolve([]);
    for (const [index, arrival] of arrivals.entries()) {
      const waiting = { request, index, arrival, sha256: hashPayload(arrival.payload) };
      if (this.#stopped) settle(waiting, new Refusal(this.#stopped));
      else if (this.#waitingBytes + arrival.payload.length > this.#options.maxWaitingBytes)
        settle(waiting, new Refusal('busy'));
      else {
        this.#queue.push(waiting);
        this.#waitingBytes += arrival.payload.length;
      }
    }
    if (this.#queue.length > 0) this.#running ??= this.#run();
    return promise;
  }

  /** Writes what waits, and closes. */
  async close(): Promise<void> {
    this.#stopped ??= 'closing';
    await this.#running;
    await Promise.all([...this.#open.values()].map(({ file }) => file.close()));
    this.#open.clear();
    this.#index.close();
  }

  /** Lets go of a day's file and forgets its receipts: it is to be removed. Not for the day that is being written. */
  async forgetDay(sender: string, day: string): Promise<void> {
    await this.#running;
    const open = this.#open.get(sender);
    if (open?.day === day) {
      this.#open.delete(sender);
      await open.file.close();
    }
    this.#index.removeFile(sender, day);
  }

  async #run(): Promise<void> {
    // Whoever arrives with the same look at the network goes into the same group.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      const startedMs = performance.now();
      const group = this.#takeGroup();
      try {
        await this.#commit(group);
      } catch (error) {
        this.#halt(error);
      }
      for (const { arrival } of group) this.#waitingBytes -= arrival.payload.length;
      refuse(group, 'halted');
      const earlyMs = startedMs + PACE_MS - performance.now();
      if (group.length > 1 && earlyMs > 0) await pause(earlyMs);
    }
    this.#running = undefined;
  }

  #takeGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#queue.length && count < GROUP_ENTRIES && (count === 0 || bytes < GROUP_BYTES))
      bytes += this.#queue[count++]?.arrival.payload.length ?? 0;
    return this.#queue.splice(0, count);
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    if (this.#stopped === 'halted') return;
    const malformed = this.#check.check(group.map(({ arrival }) => arrival.payload));
    const refused = new Map(group.flatMap((waiting, i) => (malformed[i] ? [[waiting, malformed[i]]] : [])));
    const bySender = Map.groupBy(group, ({ request }) => request.origin.sender);
    const repeats: [Waiting, Waiting][] = [];
    for (const [sender, all] of bySender) {
      const fresh = new Map<string, Waiting>();
      const places = this.#index.find(
        sender,
        all.map(({ sha256 }) => sha256),
      );
      for (const [i, waiting] of all.entries()) {
        const place = places[i];
        const first = fresh.get(waiting.sha256);
        if (place) settle(waiting, makeReceipt(place, waiting.sha256, refused.get(waiting), true));
        else if (first) repeats.push([waiting, first]);
        else fresh.set(waiting.sha256, waiting);
      }
      bySender.set(sender, [...fresh.values()]);
    }
    await this.#keep(bySender, refused);
    for (const [waiting, { request, index }] of repeats) {
      const outcome = request.outcomes[index];
      if (outcome) settle(waiting, outcome instanceof Refusal ? outcome : { ...outcome, again: true });
    }
  }

  /** Writes what was not received before. */
  async #keep(
    bySender: ReadonlyMap<string, readonly Waiting[]>,
    refused: ReadonlyMap<Waiting, Refused>,
  ): Promise<void> {
    const all = [...bySender].filter(([, group]) => group.length > 0);
    if (all.length === 0) return;
    if (!(await this.#hasRoom(all.flatMap(([, group]) => group)))) {
      for (const [, group] of all) refuse(group, 'full');
      return;
    }
    const receivedAt = new Date(this.#now()).toISOString();
    const written = await Promise.all(
      all.map(([sender, group]) =>
        this.#write(sender, group, receivedAt).catch((error: unknown) => this.#halt(error)),
      ),
    );
    this.#addToIndex(written.flatMap((part) => (part ? [part.addition] : [])));
    for (const { addition, kept } of written.filter((part) => part !== undefined)) {
      const { sender, day, receipts } = addition;
      for (const [i, waiting] of kept.entries()) {
        const place = { sender, day, line: receipts[i]?.line ?? 0 };
        settle(waiting, makeReceipt(place, waiting.sha256, refused.get(waiting), false));
      }
    }
  }

  /** Writes and syncs one sender's part of a group; those that a full disk left out are refused. */
  async #write(sender: string, group: readonly Waiting[], receivedAt: string): Promise<Written | undefined> {
    const open = await this.#openDay(sender, receivedAt.slice(0, 10)).catch((error: unknown) => {
      this.#tellFull(error);
      refuse(group, 'full');
    });
    if (!open) return undefined;
    const { day, file } = open;
    const lines: string[] = [];
    let request: Request | undefined;
    let origin = '';
    for (const waiting of group) {
      if (waiting.request !== request) {
        request = waiting.request;
        origin = renderOrigin(request.origin, receivedAt);
      }
      const id = nameId({ sender, day, line: open.lines + lines.length + 1 });
      lines.push(renderLine(id, origin, waiting.arrival, waiting.sha256));
    }
    const bytes = Buffer.from(lines.join(''), 'utf8');
    const startBytes = file.sizeBytes;
    let kept = group;
    try {
      await file.append(bytes);
    } catch (error) {
      // The disk is full, most likely. What has got there as whole lines counts; the rest is cut off at once.
      const got = bytes.subarray(0, file.sizeBytes - startBytes);
      const wholeBytes = got.lastIndexOf(0x0a) + 1;
      await file.cut(startBytes + wholeBytes);
      kept = group.slice(0, countLines(got.subarray(0, wholeBytes)));
      refuse(group.slice(kept.length), 'full');
      this.#tellFull(error);
    }
    await file.sync();
    const receipts = kept.map(({ sha256 }, i) => ({ sha256, line: open.lines + i + 1 }));
    open.lines += kept.length;
    return { addition: { sender, day, receipts, bytes: file.sizeBytes, lines: open.lines }, kept };
  }

  async #openDay(sender: string, day: string): Promise<DayFile> {
    const open = this.#open.get(sender);
    if (open?.day === day) return open;
    if (open) {
      this.#open.delete(sender);
      await open.file.close();
    }
    const path = join(this.#options.directory, nameDayFile(sender, day));
    const next = {
      day,
      file: await this.#files.openAppend(path),
      lines: this.#index.readFile(sender, day).lines,
    };
    this.#open.set(sender, next);
    return next;
  }

  #addToIndex(additions: readonly IndexAddition[]): void {
    try {
      this.#index.add(additions);
    } catch (error) {
      this.#options.onTrouble('index-failed', error);
    }
  }

  async #hasRoom(group: readonly Waiting[]): Promise<boolean> {
    // A byte takes six in a line at most, as an escaped control character.
    const bytes = group.reduce((sum, { arrival }) => sum + estimateLine(arrival), 0);
    const nowMs = performance.now();
    const { minFreeBytes, directory } = this.#options;
    const isOld = nowMs - this.#free.askedMs > ASK_FREE_MS;
    if (isOld || this.#free.bytes - bytes < minFreeBytes + ASK_FREE_BYTES)
      this.#free = { bytes: await this.#files.readFreeBytes(directory), askedMs: nowMs };
    const hasRoom = this.#free.bytes - bytes >= minFreeBytes;
    if (hasRoom) {
      this.#free.bytes -= bytes;
      this.#isFull = false;
    } else this.#tellFull(new Error(`${this.#free.bytes} bytes are left`));
    return hasRoom;
  }

  #tellFull(error: unknown): void {
    if (!this.#isFull) this.#options.onTrouble('full', error);
    this.#isFull = true;
  }

  #halt(error: unknown): void {
    if (this.#stopped !== 'halted') this.#options.onTrouble('sync-failed', error);
    this.#stopped = 'halted';
  }
}

function estimateLine({ payload, envelope }: Arrival): number {
  return (payload.length + (envelope?.length ?? 0)) * 2 + 512;
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines++;
  return lines;
}
