/** What the log says of its own auditing over time, as bands of a chart: so that no entries is not read as no activity. */
import { DataMethod } from '../../contract/rule.ts';
import type { AuditState, ModelCoverage } from '../../contract/rule-history.ts';
import type { TimeRange } from './time-range.ts';

/** `in-part`: of what the chart counts together, some is audited and some is not. */
export type BandState = AuditState | 'in-part';

export interface AuditBand extends TimeRange {
  readonly state: BandState;
}

export interface RuleCoverage {
  readonly models: readonly ModelCoverage[];
  readonly moreModels: number;
}

/** The bands of a model's chart, over its data methods, or of an action's, over all models. */
export function layBands(
  { models, moreModels }: RuleCoverage,
  by: 'model' | 'action',
  name: string,
): AuditBand[] {
  const actions = models
    .filter(({ model }) => by === 'action' || model === name)
    .flatMap((model) => model.actions)
    .filter(({ action }) => (by === 'action' ? action === name : DataMethod.safeParse(action).success));
  const turns = actions.flatMap(({ spans }) =>
    spans.flatMap(({ state, fromMicros, toMicros }) => [
      { atMs: fromMicros / 1000, state, by: 1 },
      { atMs: toMicros / 1000, state, by: -1 },
    ]),
  );
  turns.sort((a, b) => a.atMs - b.atMs);
  const counts = { audited: 0, 'not-audited': 0, unknown: 0 };
  // Of models that are not told, nothing is known.
  if (by === 'action' && moreModels > 0) counts.unknown++;
  const bands: AuditBand[] = [];
  for (const [index, turn] of turns.entries()) {
    counts[turn.state] += turn.by;
    const toMs = turns[index + 1]?.atMs;
    if (toMs === undefined || toMs === turn.atMs) continue;
    const state = combine(counts);
    const last = bands.at(-1);
    if (last?.state === state) bands[bands.length - 1] = { ...last, toMs };
    else bands.push({ state, fromMs: turn.atMs, toMs });
  }
  return bands;
}

function combine(counts: Readonly<Record<AuditState, number>>): BandState {
  if (counts.unknown > 0) return 'unknown';
  if (counts.audited > 0 && counts['not-audited'] > 0) return 'in-part';
  return counts.audited > 0 ? 'audited' : 'not-audited';
}

/** The state that holds for most of a time, and for how much of it; undefined where nothing is said of it. */
export function sumUp(
  bands: readonly AuditBand[],
  { fromMs, toMs }: TimeRange,
): { readonly state: BandState; readonly share: number } | undefined {
  const within = bands
    .map((band) => ({ ...band, ms: Math.min(band.toMs, toMs) - Math.max(band.fromMs, fromMs) }))
    .filter(({ ms }) => ms > 0);
  const all = within.reduce((sum, { ms }) => sum + ms, 0);
  const sums = [...Map.groupBy(within, ({ state }) => state)].map(([state, own]) => ({
    state,
    share: own.reduce((sum, { ms }) => sum + ms, 0) / all,
  }));
  const [most] = sums.sort((a, b) => b.share - a.share);
  // What is not all of it must not be told as all.
  return most && sums.length > 1 ? { ...most, share: Math.min(most.share, 0.99) } : most;
}
