/** A period that may be open at either end, as calls take it. */
import type { Calls } from '../../contract/api.ts';
import { readMicros } from './format.ts';

type OpenInput = Calls['workspace.open']['input'];

export interface Period {
  /** ISO 8601; inclusive. */
  readonly from?: string | undefined;
  /** ISO 8601; exclusive. */
  readonly to?: string | undefined;
}

/** Sets the period of what is asked; an end that is open is left out, so that equal questions are equal. */
export function setPeriod({ from: _from, to: _to, ...rest }: OpenInput, { from, to }: Period): OpenInput {
  return { ...rest, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** Whether all time is meant. */
export function isOpenPeriod({ from, to }: Period): boolean {
  return from === undefined && to === undefined;
}

/** The time that lies in both. */
export function narrowPeriod(one: Period, other: Period): Period {
  return {
    ...choose('from', one.from, other.from, (a, b) => a >= b),
    ...choose('to', one.to, other.to, (a, b) => a <= b),
  };
}

/** Whether nothing can lie in a period, since it ends before it begins. */
export function isEmptyPeriod({ from, to }: Period): boolean {
  return from !== undefined && to !== undefined && readMicros(from) >= readMicros(to);
}

function choose(
  key: keyof Period,
  one: string | undefined,
  other: string | undefined,
  isChosen: (one: number, other: number) => boolean,
): Period {
  if (one === undefined || other === undefined) {
    const only = one ?? other;
    return only === undefined ? {} : { [key]: only };
  }
  return { [key]: isChosen(readMicros(one), readMicros(other)) ? one : other };
}
