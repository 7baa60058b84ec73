/** Counts what the spool takes, by sender and transport, and remembers the latest: what the receiver tells of itself. */
import { statfs } from 'node:fs/promises';
import type { Received, ReceiverStatus, RecentEntry, Refused } from '../contract/receiver-status.ts';
import { listMembers } from '../engine/parse/read-entry.ts';
import type { MetricName, Metrics } from './metrics.ts';
import { type Outcome, Refusal, type Spool } from './spool/spool.ts';
import type { Arrival, Origin } from './spool/spool-line.ts';

/** So many entries are remembered, and of longer ones nothing but their length. */
const RECENT = 20;
const MAX_READ_BYTES = 256 * 1024;
/** Of a value that is shown. */
const MAX_CHARACTERS = 120;

interface Noted {
  readonly entry: Omit<RecentEntry, 'model' | 'method' | 'seq'>;
  readonly payload: Buffer | undefined;
}

export class LiveStatus {
  readonly #metrics: Metrics;
  readonly #received = new Map<string, Received>();
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
      received: [...this.#received.values()],
      refused: listRefused(this.#metrics, 'unbroken_refused_total'),
      lost: listRefused(this.#metrics, 'unbroken_lost_total'),
      perSecond,
      waitingBytes: spool.waitingBytes,
      ...(disk && { freeBytes: disk.bavail * disk.bsize }),
      ...(spool.trouble && { trouble: spool.trouble }),
      recent: this.#recent.map(readRecent).reverse(),
    };
  }

  #note({ sender, transport }: Origin, arrivals: readonly Arrival[], outcomes: readonly Outcome[]): void {
    const lastAt = new Date().toISOString();
    const key = `${sender} ${transport}`;
    const before = this.#received.get(key) ?? { entries: 0, again: 0, malformed: 0, bytes: 0 };
    const received = { ...before, sender, transport, lastAt };
    const recent: Noted[] = [];
    const counts = new Map<RecentEntry['result'], number>();
    for (const [i, outcome] of outcomes.entries()) {
      const payload = arrivals[i]?.payload;
      if (outcome instanceof Refusal || !payload) continue;
      const { id, again, malformed } = outcome;
      const result = again ? 'again' : malformed ? 'malformed' : 'kept';
      counts.set(result, (counts.get(result) ?? 0) + 1);
      received.entries++;
      received.bytes += payload.length;
      if (again) received.again++;
      if (malformed) received.malformed++;
      if (i < outcomes.length - RECENT) continue;
      recent.push({
        entry: { id, sender, transport, receivedAt: lastAt, bytes: payload.length, result },
        payload: payload.length <= MAX_READ_BYTES ? payload : undefined,
      });
    }
    if (received.entries === before.entries) return;
    this.#received.set(key, received);
    this.#count += received.entries - before.entries;
    this.#recent = [...this.#recent, ...recent].slice(-RECENT);
    for (const [result, count] of counts)
      this.#metrics.count(
        'unbroken_entries_total',
        `sender="${sender}",transport="${transport}",result="${result}"`,
        count,
      );
    this.#metrics.set('unbroken_last_entry_timestamp_seconds', Date.now() / 1000, `sender="${sender}"`);
  }
}

function readRecent({ entry, payload }: Noted): RecentEntry {
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

/** Labels of our own making: no value of theirs has an escape. */
function readLabels(labels: string): Record<string, string> {
  return Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
}
