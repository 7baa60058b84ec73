import { type Receipt, Refusal } from '../../../src/receiver/spool/outcomes.ts';
import type { Spool } from '../../../src/receiver/spool/spool.ts';
import type { Arrival, Origin } from '../../../src/receiver/spool/spool-line.ts';

/** Keeps one entry; rejects with the refusal where it is not kept. */
export async function appendOne(
  spool: Spool,
  { payload, envelope, ...origin }: Origin & Arrival,
): Promise<Receipt> {
  const [outcome] = await spool.append(origin, [{ payload, envelope }]);
  if (!outcome || outcome instanceof Refusal) throw outcome;
  return outcome;
}
