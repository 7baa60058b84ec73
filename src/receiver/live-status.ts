/** Counts what the spool takes, by sender and transport, and remembers the latest: what the receiver tells of itself. */
import { statfs } from 'node:fs/promises';
import type { Received, ReceiverStatus, RecentEntry, Refused } from '../contract/receiver-status.ts';
import { listMembers } from '../engine/parse/read-entry.ts';
import type { MetricName, Metrics } from './metrics.ts';
import type { Receipt, Spool } from './spool/spool.ts';
import type { Arrival } from './spool/spool-line.ts';

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
  readonly #received = new Map<string, Received>();
  #recent: Noted[] = [];
  #count = 0;
  #counted = { count: 0, atMs: performance.now() };

  /** The spool, with its receipts noted on their way. */
  watch(spool: Spool): Pick<Spool, 'append' | 'trouble' | 'waitingBytes'> {
    return {
      append: (arrival) => {
        const kept = spool.append(arrival);
        kept.then(
          (receipt) => this.#note(arrival, receipt),
          () => {},
        );
        return kept;
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
  async tell(
    spool: Pick<Spool, 'trouble' | 'waitingBytes'>,
    metrics: Metrics,
    directory: string,
  ): Promise<ReceiverStatus> {
    const disk = await statfs(directory).catch(() => undefined);
    const atMs = performance.now();
    const seconds = Math.max(atMs - this.#counted.atMs, 1) / 1000;
    const perSecond = (this.#count - this.#counted.count) / seconds;
    this.#counted = { count: this.#count, atMs };
    return {
      at: new Date().toISOString(),
      received: [...this.#received.values()],
      refused: listRefused(metrics, 'unbroken_refused_total'),
      lost: listRefused(metrics, 'unbroken_lost_total'),
      perSecond,
      waitingBytes: spool.waitingBytes,
      ...(disk && { freeBytes: disk.bavail * disk.bsize }),
      ...(spool.trouble && { trouble: spool.trouble }),
      recent: this.#recent.map(readRecent).reverse(),
    };
  }

  #note({ sender, transport, payload }: Arrival, { id, again, malformed }: Receipt): void {
    const lastAt = new Date().toISOString();
    const key = `${sender} ${transport}`;
    const before = this.#received.get(key);
    this.#received.set(key, {
      ...{ sender, transport, lastAt },
      entries: (before?.entries ?? 0) + 1,
      again: (before?.again ?? 0) + (again ? 1 : 0),
      malformed: (before?.malformed ?? 0) + (malformed ? 1 : 0),
      bytes: (before?.bytes ?? 0) + payload.length,
    });
    this.#count++;
    const result = again ? 'again' : malformed ? 'malformed' : 'kept';
    this.#recent.push({
      entry: { id, sender, transport, receivedAt: lastAt, bytes: payload.length, result },
      payload: payload.length <= MAX_READ_BYTES ? payload : undefined,
    });
    if (this.#recent.length > RECENT) this.#recent.shift();
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
