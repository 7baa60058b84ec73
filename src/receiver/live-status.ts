/** Counts what the spool takes, by sender and transport, and remembers the latest: what the receiver tells of itself. */
import { statfs } from 'node:fs/promises';
import type { Received, ReceiverStatus, RecentEntry, Refused } from '../contract/receiver-status.ts';
import { listMembers } from '../engine/parse/read-entry.ts';
import { type MetricName, type Metrics, readLabels } from './metrics.ts';
import { type Outcome, type Receipt, Refusal } from './spool/outcomes.ts';
import type { Spool } from './spool/spool.ts';
import type { Arrival, Origin } from './spool/spool-line.ts';

/** So many entries are remembered, and of longer ones nothing but their length. */
const RECENT = 20;
const MAX_READ_BYTES = 256 * 1024;
/** Of a value that is shown. */
const MAX_CHARACTERS = 120;

/** An acknowledged entry; read and written out only when somebody asks. */
interface Noted {
  readonly origin: Origin;
  readonly receipt: Receipt;
  readonly bytes: number;
  readonly payload: Buffer | undefined;
  readonly atMs: number;
}

interface Tally extends Omit<Received, 'lastAt'> {
  lastMs: number;
}

export class LiveStatus {
  readonly #metrics: Metrics;
  readonly #received = new Map<string, Tally>();
  #recent: Noted[] = [];
  #count = 0;
  #counted = { count: 0, atMs: performance.now() };

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  /** The spool, with its receipts noted on their way. */
  watch(spool: Spool): Pick<Spool, 'append' | 'trouble' | 'waitingBytes'> {
    return {
      append: async (origin, arrivals) => {
        const outcomes = await spool.append(origin, arrivals);
        this.#note(origin, arrivals, outcomes);
        return outcomes;
      },
      get trouble() {
        return spool.trouble;
      },
      get waitingBytes() {
        return spool.waitingBytes;
      },
    };
  }

  /** How it stands; the rate is that since the last time it was asked for. */
  async tell(spool: Pick<Spool, 'trouble' | 'waitingBytes'>, directory: string): Promise<ReceiverStatus> {
    const disk = await statfs(directory).catch(() => undefined);
    const atMs = performance.now();
    const seconds = Math.max(atMs - this.#counted.atMs, 1) / 1000;
    const perSecond = (this.#count - this.#counted.count) / seconds;
    this.#counted = { count: this.#count, atMs };
    return {
      at: new Date().toISOString(),
      received: [...this.#received.values()].map(({ lastMs, ...tally }) => ({
        ...tally,
        lastAt: new Date(lastMs).toISOString(),
      })),
      refused: listRefused(this.#metrics, 'unbroken_refused_total'),
      lost: listRefused(this.#metrics, 'unbroken_lost_total'),
      perSecond,
      waitingBytes: spool.waitingBytes,
      ...(disk && { freeBytes: disk.bavail * disk.bsize }),
      ...(spool.trouble && { trouble: spool.trouble }),
      recent: this.#recent.map(readRecent).reverse(),
    };
  }

  #note(origin: Origin, arrivals: readonly Arrival[], outcomes: readonly Outcome[]): void {
    if (outcomes.every((outcome) => outcome instanceof Refusal)) return;
    const { sender, transport } = origin;
    const atMs = Date.now();
    const tally = this.#tallyOf(origin);
    const counts = { kept: 0, again: 0, malformed: 0 };
    for (const [i, receipt] of outcomes.entries()) {
      const payload = arrivals[i]?.payload;
      if (receipt instanceof Refusal || !payload) continue;
      counts[nameResult(receipt)]++;
      tally.bytes += payload.length;
      if (receipt.malformed) tally.malformed++;
      if (i < outcomes.length - RECENT) continue;
      const bytes = payload.length;
      const short = bytes <= MAX_READ_BYTES ? payload : undefined;
      this.#recent.push({ origin, receipt, bytes, payload: short, atMs });
    }
    if (this.#recent.length > RECENT) this.#recent.splice(0, this.#recent.length - RECENT);
    const count = counts.kept + counts.again + counts.malformed;
    this.#count += count;
    tally.entries += count;
    tally.again += counts.again;
    tally.lastMs = atMs;
    const labels = `sender="${sender}"`;
    this.#metrics.set('unbroken_last_entry_timestamp_seconds', atMs / 1000, labels);
    for (const result of ['kept', 'again', 'malformed'] as const) {
      if (counts[result] === 0) continue;
      const all = `${labels},transport="${transport}",result="${result}"`;
      this.#metrics.count('unbroken_entries_total', all, counts[result]);
    }
  }

  #tallyOf({ sender, transport }: Origin): Tally {
    const key = `${sender} ${transport}`;
    let tally = this.#received.get(key);
    if (!tally) {
      tally = { sender, transport, entries: 0, again: 0, malformed: 0, bytes: 0, lastMs: 0 };
      this.#received.set(key, tally);
    }
    return tally;
  }
}

function nameResult({ again, malformed }: Receipt): RecentEntry['result'] {
  return again ? 'again' : malformed ? 'malformed' : 'kept';
}

function readRecent({ origin, receipt, bytes, payload, atMs }: Noted): RecentEntry {
  const { sender, transport } = origin;
  const entry = {
    ...{ id: receipt.id, sender, transport, bytes },
    receivedAt: new Date(atMs).toISOString(),
    result: nameResult(receipt),
  };
  if (!payload) return entry;
  const members = listMembers(payload, 0);
  const read = (...keys: string[]): string | undefined => {
    const found = members.findLast(({ key }) => keys.includes(key));
    return found && readText(payload.toString('utf8', found.from, found.to)).slice(0, MAX_CHARACTERS);
  };
  const told = { model: read('model'), method: read('method', 'action'), seq: read('seq') };
  return { ...entry, ...Object.fromEntries(Object.entries(told).filter(([, text]) => text !== undefined)) };
}

function readText(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : json;
  } catch {
    return json;
  }
}

function listRefused(metrics: Metrics, name: MetricName): Refused[] {
  return [...metrics.list(name)].map(([labels, count]) => {
    const { reason = '', sender, transport } = readLabels(labels);
    return {
      ...{ reason, count },
      ...(sender === undefined ? {} : { sender }),
      ...(transport === undefined ? {} : { transport }),
    };
  });
}
