/** What becomes of what is handed to the spool: a receipt or a refusal for each entry, told when all of them are known. */
import { nameSpoolFile, SPOOL_SENDERS } from '../../contract/spool.ts';
import type { Refused } from './check-payloads.ts';
import { type Arrival, nameId, type Origin, type Place } from './spool-line.ts';

/** Given for an entry that is on the disk. */
export interface Receipt {
  readonly id: string;
  readonly sha256: string;
  readonly position: { readonly file: string; readonly line: number };
  /** Whether the payload was received before: then this is its first receipt. */
  readonly again: boolean;
  /** Set where the payload is kept and is no entry. */
  readonly malformed?: Refused;
}

/** `full`: the disk; `busy`: too much waits; `halted`: a sync failed; `closing`: it is being stopped. */
export type RefusalCode = 'full' | 'busy' | 'halted' | 'closing';

/** Why an arrival was not kept. */
export class Refusal {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    this.code = code;
  }
}

/** What became of an arrival. */
export type Outcome = Receipt | Refusal;

/** What was handed over at once, and is answered at once. */
export interface Request {
  readonly origin: Origin;
  readonly outcomes: Outcome[];
  /** Outcomes that are not known. */
  missing: number;
  readonly resolve: (outcomes: readonly Outcome[]) => void;
}

/** An entry of a request, whose outcome is not known. */
export interface Waiting {
  readonly request: Request;
  /** Its place in the request. */
  readonly index: number;
  readonly arrival: Arrival;
  readonly sha256: string;
}

/** Says what became of one; the first that is said stands. */
export function settle({ request, index }: Waiting, outcome: Outcome): void {
  if (request.outcomes[index]) return;
  request.outcomes[index] = outcome;
  if (--request.missing === 0) request.resolve(request.outcomes);
}

/** Refuses those of a group of which nothing was said. */
export function refuse(group: readonly Waiting[], code: RefusalCode): void {
  const refusal = new Refusal(code);
  for (const waiting of group) settle(waiting, refusal);
}

export function makeReceipt(
  place: Place,
  sha256: string,
  malformed: Refused | undefined,
  again: boolean,
): Receipt {
  return {
    id: nameId(place),
    sha256,
    position: { file: `${SPOOL_SENDERS}/${place.sender}/${nameSpoolFile(place.day)}`, line: place.line },
    again,
    ...(malformed && { malformed }),
  };
}
