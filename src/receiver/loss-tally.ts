/** Sums what was lost since it was last told, from what is counted for the metrics: a flood of losses is one line each. */
import { type Loss, Transport } from '../contract/spool.ts';
import { type Metrics, readLabels } from './metrics.ts';

export class LossTally {
  readonly #metrics: Metrics;
  /** What was counted when it was last told, by name and labels. */
  #told: ReadonlyMap<string, number> = new Map();

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  /** Has the losses since the last time told; where that fails, they are told the next time. */
  async tell(write: (losses: readonly Loss[]) => Promise<void>): Promise<void> {
    const counted = new Map<string, number>();
    const losses: Loss[] = [];
    for (const name of [
      'unbroken_lost_total',
      'unbroken_refused_total',
      'unbroken_sequence_missing',
    ] as const) {
      for (const [labels, value] of this.#metrics.list(name)) {
        const key = `${name} ${labels}`;
        counted.set(key, value);
        // A hole that a late message filled is fewer: what comes to be missing after that counts again.
        const count = value - (this.#told.get(key) ?? 0);
        if (count > 0) losses.push(makeLoss(name === 'unbroken_sequence_missing', labels, count));
      }
    }
    await write(losses);
    this.#told = counted;
  }
}

function makeLoss(isHole: boolean, labels: string, count: number): Loss {
  const { reason, sender, transport } = readLabels(labels);
  const kind = isHole ? 'sequence-hole' : reason === 'kernel' ? 'kernel-drops' : 'refused';
  return {
    kind,
    ...(transport !== undefined && { transport: Transport.parse(transport) }),
    ...(sender !== undefined && { sender }),
    ...(kind === 'refused' && reason !== undefined && { reason }),
    count,
  };
}
