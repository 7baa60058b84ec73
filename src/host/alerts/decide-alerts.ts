/**
 * Which alerts are due: pure. A cause is told once when it has held for its settle time, and is forgotten when it has been
 * gone for as long: what comes and goes within that rings nobody, and what comes again later is told again.
 */
import { z } from 'zod';
import { AlertKind } from '../../contract/alert.ts';

/** Something that holds now. */
export interface Cause {
  readonly kind: AlertKind;
  /** The same cause has the same name each time it is seen. */
  readonly id: string;
  readonly place: string;
  readonly entries?: number | undefined;
}

const Remembered = z.strictObject({
  kind: AlertKind,
  place: z.string(),
  sinceMs: z.number(),
  isTold: z.boolean(),
  /** Since when it is not seen any more. */
  goneMs: z.number().optional(),
});
/** By kind and id, what holds or held a moment ago. */
export const AlertMemory = z.record(z.string(), Remembered);
export type AlertMemory = z.infer<typeof AlertMemory>;

/** What came up together is one. */
export interface DueAlert {
  readonly kind: AlertKind;
  readonly state: 'began' | 'ended';
  readonly count: number;
  readonly entries?: number;
  readonly places: readonly string[];
}

export interface Moment {
  readonly nowMs: number;
  readonly settleMs: number;
}

/** Kinds that are told at once: they have waited already, or do not pass. */
const AT_ONCE: ReadonlySet<AlertKind> = new Set(['sender-silent', 'disk-low', 'rule-changed']);
/** Kinds of which the end is news. */
const TELLS_END: ReadonlySet<AlertKind> = new Set(['sender-silent', 'disk-low']);
const MAX_PLACES = 10;

export function decideAlerts(
  memory: AlertMemory,
  causes: readonly Cause[],
  { nowMs, settleMs }: Moment,
): { readonly memory: AlertMemory; readonly due: readonly DueAlert[] } {
  const next: AlertMemory = {};
  const began: Cause[] = [];
  const ended: Cause[] = [];
  for (const cause of causes) {
    const { kind, id, place } = cause;
    const name = `${kind} ${id}`;
    if (Object.hasOwn(next, name)) continue;
    const known = Object.hasOwn(memory, name) ? memory[name] : undefined;
    const sinceMs = Math.min(known?.sinceMs ?? nowMs, nowMs);
    const isDue = !known?.isTold && nowMs - sinceMs >= (AT_ONCE.has(kind) ? 0 : settleMs);
    if (isDue) began.push(cause);
    next[name] = { kind, place, sinceMs, isTold: isDue || known?.isTold === true };
  }
  for (const [name, known] of Object.entries(memory)) {
    // What was not told yet, and is gone, was nothing.
    if (Object.hasOwn(next, name) || !known.isTold) continue;
    const goneMs = Math.min(known.goneMs ?? nowMs, nowMs);
    if (nowMs - goneMs < settleMs) next[name] = { ...known, goneMs };
    else if (TELLS_END.has(known.kind)) ended.push({ kind: known.kind, id: name, place: known.place });
  }
  return { memory: next, due: [...gather(began, 'began'), ...gather(ended, 'ended')] };
}

/** One alert a kind. */
function gather(causes: readonly Cause[], state: DueAlert['state']): DueAlert[] {
  return AlertKind.options.flatMap((kind) => {
    const own = causes.filter((cause) => cause.kind === kind);
    if (own.length === 0) return [];
    const counted = own.flatMap(({ entries }) => entries ?? []);
    return {
      kind,
      state,
      count: own.length,
      ...(counted.length > 0 && { entries: counted.reduce((sum, entries) => sum + entries, 0) }),
      places: [...new Set(own.map(({ place }) => place))].slice(0, MAX_PLACES),
    };
  });
}
