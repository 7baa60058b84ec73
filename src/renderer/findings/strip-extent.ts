/** The part of the plane that a drawing of strips shows: the streams concerned and the missing range, with some room. */
import { scaleLinear } from 'd3-scale';
import type { StreamStrip } from '../../contract/api.ts';
import type { Finding } from '../../contract/finding.ts';
import { readMicros } from '../ui/format.ts';

export interface Extent {
  readonly fromMs: number;
  readonly toMs: number;
  readonly fromSeq: number;
  readonly toSeq: number;
}

/** Other streams may stand at seqs far away; they are shown only as far as they come near. */
export function measureStrips(finding: Finding, strips: readonly StreamStrip[]): Extent {
  const points = strips.flatMap((strip) => strip.points);
  const near = strips.filter(({ concerned }) => concerned).flatMap((strip) => strip.points);
  const times = [
    ...points.map(({ tsMicros }) => tsMicros / 1000),
    readMicros(finding.fromTs ?? '') / 1000,
    readMicros(finding.toTs ?? '') / 1000,
  ].filter((ms) => !Number.isNaN(ms));
  const seqs = [
    ...(near.length > 0 ? near : points).map(({ seq }) => seq),
    ...[finding.firstSeq, finding.lastSeq].filter((seq) => seq !== undefined),
  ];
  const [fromMs, toMs] = widen(times, 0.02, 1);
  const [fromSeq, toSeq] = widen(seqs, 0.06, 2);
  return { fromMs, toMs, fromSeq: Math.max(0, Math.floor(fromSeq)), toSeq: Math.ceil(toSeq) };
}

/** Round seqs for the axis; a seq is whole. */
export function listSeqTicks({ fromSeq, toSeq }: Extent): number[] {
  return scaleLinear().domain([fromSeq, toSeq]).ticks(6).filter(Number.isInteger);
}

function widen(values: readonly number[], share: number, atLeast: number): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (low > high) return [0, 1];
  const room = Math.max(atLeast, (high - low) * share);
  return [low - room, high + room];
}
