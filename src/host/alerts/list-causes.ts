/** What holds now that somebody may want to be told of, from what the receiver and the last check say. */
import { z } from 'zod';
import type { AlertSettings } from '../../contract/alert.ts';
import type { ReceiverStatus } from '../../contract/receiver-status.ts';
import type { Report } from '../../contract/report.ts';
import type { Cause } from './decide-alerts.ts';

/** When a sender was last heard, or first waited for; outlives a restart. */
export const Heard = z.record(z.string(), z.number());
export type Heard = z.infer<typeof Heard>;

/** Refusals of who sends; others are of what was sent, or of our own making. */
const STRANGERS: Readonly<Record<string, string>> = {
  unauthorized: 'http',
  'too-many-attempts': 'http',
  'unknown-address': 'syslog',
};
/** Who was refused so long ago, and not again, has given up or was let in. */
const REFUSED_MS = 10 * 60_000;
const ANY_SENDER = '*';

/** Gaps that are certain, and changes of rules. */
export function listReportCauses({ findings, ruleChanges }: Report): Cause[] {
  const gaps = findings
    .filter(({ kind, provisional }) => kind === 'gap' && !provisional)
    .map(({ id, node = '', count }) => ({ kind: 'gap' as const, id, place: node, entries: count }));
  const changes = (ruleChanges?.changes ?? []).map(({ node, seq, tsMicros, model }) => ({
    kind: 'rule-changed' as const,
    id: `${node} ${seq} ${tsMicros}`,
    place: model,
  }));
  return [...gaps, ...changes];
}

/** What the receiver tells, over time. */
export class ReceiverCauses {
  readonly #settings: Pick<AlertSettings, 'silentAfterMinutes' | 'lowDiskBytes'>;
  readonly #heard: Map<string, number>;
  /** By reason: how many, and since when not more. */
  readonly #refused = new Map<string, { count: number; more: number; atMs: number }>();
  #freeBytes: number | undefined;
  #isFull = false;

  constructor(settings: Pick<AlertSettings, 'silentAfterMinutes' | 'lowDiskBytes'>, heard: Heard) {
    this.#settings = settings;
    this.#heard = new Map(Object.entries(heard));
  }

  get heard(): Heard {
    return Object.fromEntries(this.#heard);
  }

  note({ received, refused, freeBytes, trouble }: ReceiverStatus, nowMs: number): void {
    for (const { sender, lastAt } of received)
      this.#heard.set(sender, Math.max(this.#heard.get(sender) ?? 0, Date.parse(lastAt)));
    for (const { reason, count } of refused) {
      if (!Object.hasOwn(STRANGERS, reason)) continue;
      const before = this.#refused.get(reason) ?? { count: 0, more: 0, atMs: Number.NEGATIVE_INFINITY };
      if (count === before.count) continue;
      // One that was started again counts anew.
      const more = count > before.count ? count - before.count : count;
      const isGoingOn = nowMs - before.atMs < REFUSED_MS;
      this.#refused.set(reason, { count, more: isGoingOn ? before.more + more : more, atMs: nowMs });
    }
    this.#freeBytes = freeBytes;
    this.#isFull = trouble === 'full';
  }

  /** `senders`: all that may send. */
  list(senders: readonly string[], nowMs: number): Cause[] {
    const { silentAfterMinutes, lowDiskBytes } = this.#settings;
    const silent = senders.flatMap((sender): Cause[] => {
      const minutes = silentAfterMinutes[sender] ?? silentAfterMinutes[ANY_SENDER];
      const heardMs = this.#heard.get(sender) ?? nowMs;
      this.#heard.set(sender, heardMs);
      const isSilent = minutes !== undefined && nowMs - heardMs > minutes * 60_000;
      return isSilent ? [{ kind: 'sender-silent', id: sender, place: sender }] : [];
    });
    const isLow = this.#isFull || (this.#freeBytes !== undefined && this.#freeBytes < lowDiskBytes);
    const refused = [...this.#refused].flatMap(([reason, { more, atMs }]): Cause[] =>
      nowMs - atMs < REFUSED_MS
        ? [{ kind: 'sender-refused', id: reason, place: STRANGERS[reason] ?? '', entries: more }]
        : [],
    );
    return [
      ...silent,
      ...(isLow ? [{ kind: 'disk-low' as const, id: 'spool', place: 'spool' }] : []),
      ...refused,
    ];
  }
}
