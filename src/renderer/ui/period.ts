/** A period that may be open at either end, as calls take it. */
import type { Calls } from '../../contract/api.ts';

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
