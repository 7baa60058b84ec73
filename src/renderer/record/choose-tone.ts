/** How much a contradiction stands out: one that a rolled-back transaction explains is told more calmly. */
import type { Contradiction } from '../../contract/record.ts';

/** Of several the strongest; undefined where there is none. */
export function chooseTone(...contradictions: readonly Contradiction[]) {
  if (contradictions.length === 0) return undefined;
  return contradictions.every(({ asIfUndone }) => asIfUndone) ? 'incomplete' : 'contradicted';
}
