/** The missing seqs between the times on both sides, hatched; never so small that it cannot be seen. */
import { useId } from 'react';
import { usePlotArea } from 'recharts';
import type { Extent } from './strip-extent.ts';

interface Props {
  readonly fromMs: number;
  readonly toMs: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly extent: Extent;
}

const SMALLEST = 10;

export function MissingRange({ fromMs, toMs, firstSeq, lastSeq, extent }: Props) {
  const area = usePlotArea();
  const hatch = useId();
  if (!area || Number.isNaN(fromMs + toMs)) return null;
  const scaleX = (ms: number) => area.x + ((ms - extent.fromMs) / (extent.toMs - extent.fromMs)) * area.width;
  const scaleY = (seq: number) =>
    area.y + area.height - ((seq - extent.fromSeq) / (extent.toSeq - extent.fromSeq)) * area.height;
  const left = scaleX(fromMs);
  const top = scaleY(lastSeq + 0.5);
  const width = Math.max(SMALLEST, scaleX(toMs) - left);
  const height = Math.max(SMALLEST, scaleY(firstSeq - 0.5) - top);
  const x = (left + scaleX(toMs)) / 2 - width / 2;
  const y = (top + scaleY(firstSeq - 0.5)) / 2 - height / 2;
  return (
    <g pointerEvents="none">
      <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="2" height="6" fill="var(--incomplete)" opacity="0.5" />
      </pattern>
      <rect x={x} y={area.y} width={width} height={area.height} fill="var(--incomplete)" opacity="0.07" />
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx="2"
        fill={`url(#${hatch})`}
        stroke="var(--incomplete)"
        strokeWidth="1"
      />
    </g>
  );
}
