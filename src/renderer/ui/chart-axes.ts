/** What the axes of all charts over time have in common, as properties of recharts' axes. */

/** Milliseconds from left to right, over points with `at`. */
export function timeAxis(fromMs: number, toMs: number) {
  return {
    dataKey: 'at',
    type: 'number',
    domain: [fromMs, toMs],
    tickLine: false,
    axisLine: { stroke: 'var(--line-strong)' },
    minTickGap: 24,
  } as const;
}

/** Counts from nothing to the most. */
export function countAxis(most: number, tickFormatter: (value: number) => string) {
  return {
    ticks: [0, most],
    domain: [0, Math.max(1, most)],
    tickFormatter,
    tickLine: false,
    axisLine: false,
  } as const;
}
