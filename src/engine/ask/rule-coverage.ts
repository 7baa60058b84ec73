/**
 * What the log's own account of its rules says about each model and action, over the time of the log: audited, not
 * audited, or unknown, so that no entries is not read as no activity.
 *
 * Guaranteed: a span is `audited` or `not-audited` only where the entries on both of its sides agree, and no entry is
 * known to be missing in it. Not guaranteed: that the log has every change. Mandatory models are recorded whatever a rule
 * says, a change may have been rolled back, and what is missing elsewhere may hold changes.
 */
import type { EntryFilter } from '../../contract/entry.ts';
import type { Report } from '../../contract/report.ts';
import { DataMethod, LoggedAction } from '../../contract/rule.ts';
import type {
  ActionCoverage,
  AuditSpan,
  AuditState,
  ModelCoverage,
  RuleChange,
  RuleTold,
} from '../../contract/rule-history.ts';
import { formatTs, parseTs } from '../base/timestamp.ts';
import type { EntryQueries } from '../store/open-store.ts';
import { chooseSource, listGaps, selectSource } from './possible-gaps.ts';

const MAX_MODELS = 200;
const MAX_OTHER_ACTIONS = 20;
/** Spans in which the log says that nothing was recorded, and that are looked into for entries all the same. */
const MAX_COUNTED = 200;
/** Gaps nearer than this share of the log's time are told as one. */
const NEAR_SHARE = 1 / 400;

interface Extent {
  readonly fromMicros: number;
  readonly toMicros: number;
}

/** Tells of the fullest copy, in the time that was asked for; `moreModels` are those beyond what is told. */
export function tellRuleCoverage(
  entries: Pick<EntryQueries, 'activity' | 'count'>,
  report: Report,
): { models: ModelCoverage[]; moreModels: number } {
  const source = chooseSource(report, undefined);
  const copy = { ...selectSource(report, source), ...report.requested };
  const { firstTs, lastTs } = report.found;
  if (firstTs === undefined || lastTs === undefined) return { models: [], moreModels: 0 };
  const extent = { fromMicros: parseTs(firstTs), toMicros: parseTs(lastTs) + 1 };
  const { changes, unread, unreadAt = [] } = report.ruleChanges ?? { changes: [], unread: 0 };
  const gaps = joinGaps(listGaps(report, source, extent.fromMicros, extent.toMicros).gaps, extent);
  const counts = countByModel(entries, copy);
  const changesOf = Map.groupBy(changes, ({ model }) => model);
  const names = [...new Set([...changesOf.keys(), ...counts.keys()])].filter((name) => name !== '');
  let counted = 0;
  const countIn = (filter: EntryFilter): number => {
    counted++;
    return counted > MAX_COUNTED ? 0 : entries.count({ ...copy, ...filter });
  };
  const models = names.slice(0, MAX_MODELS).map((model): ModelCoverage => {
    const own = changesOf.get(model) ?? [];
    const perAction = counts.get(model) ?? new Map<string, number>();
    const turns = [...own, ...unreadAt.filter((at) => at.model === undefined || at.model === model)].sort(
      (a, b) => a.tsMicros - b.tsMicros,
    );
    const actions = listActions(own, perAction).map((action): ActionCoverage => {
      // Of changes that were too many to be told, not even the time is known.
      const isTold = unread === unreadAt.length;
      const spans = isTold ? coverAction(turns, action, extent, gaps) : [unknown(extent, 'unread')];
      const total = perAction.get(action) ?? 0;
      const unexplained = spans
        .filter(({ state }) => total > 0 && state === 'not-audited')
        .map(({ fromMicros, toMicros }) => ({ from: formatTs(fromMicros), to: formatTs(toMicros) }))
        .reduce((sum, time) => sum + countIn({ model: [model], action: [action], ...time }), 0);
      return { action, spans, entries: total, unexplained };
    });
    return { model, actions, changes: own };
  });
  return { models, moreModels: Math.max(0, names.length - MAX_MODELS) };
}

/** The three methods always; of the other actions those that there are entries of, or that a rule tells of. */
function listActions(changes: readonly RuleChange[], counts: ReadonlyMap<string, number>): string[] {
  const told = changes.flatMap(({ before, after }) => [
    ...Object.keys(before?.log ?? {}),
    ...Object.keys(after?.log ?? {}),
  ]);
  const others = [...new Set([...told, ...counts.keys()])].filter(
    (action) => !(DataMethod.options as string[]).includes(action) && !/^rule_/.test(action),
  );
  return [...DataMethod.options, ...others.slice(0, MAX_OTHER_ACTIONS)];
}

/** A change of a model's rule, or of any rule: of one that could not be read it is known when it was. */
export interface RuleTurn extends Partial<Pick<RuleChange, 'before' | 'after'>> {
  readonly tsMicros: number;
}

/** The spans of one action of one model, whose changes are in time order. */
export function coverAction(
  changes: readonly RuleTurn[],
  action: string,
  extent: Extent,
  gaps: readonly Extent[],
): AuditSpan[] {
  const spans: AuditSpan[] = [];
  const add = (span: AuditSpan): void => {
    const last = spans.at(-1);
    if (span.toMicros <= span.fromMicros) return;
    if (last && last.state === span.state && last.why === span.why)
      spans[spans.length - 1] = { ...last, toMicros: span.toMicros };
    else spans.push(span);
  };
  for (let at = 0; at <= changes.length; at++) {
    const [opened, closed] = [changes[at - 1], changes[at]];
    const between = {
      fromMicros: Math.max(extent.fromMicros, opened?.tsMicros ?? extent.fromMicros),
      toMicros: Math.min(extent.toMicros, closed?.tsMicros ?? extent.toMicros),
    };
    const sides = [...(opened ? [opened.after] : []), ...(closed ? [closed.before] : [])];
    const states = sides.map((rule) => (rule === undefined ? 'unknown' : readState(rule, action)));
    const known = new Set(states.filter((state) => state !== 'unknown'));
    const [state = 'unknown'] = known;
    const span: AuditSpan =
      known.size > 1
        ? unknown(between, 'contradicted')
        : state === 'unknown'
          ? unknown(between, sides.includes(undefined) ? 'unread' : 'not-told')
          : { state, ...between };
    for (const part of cutGaps(span, gaps)) add(part);
  }
  return spans;
}

function readState(rule: RuleTold | null, action: string): AuditState {
  if (!LoggedAction.safeParse(action).success) return 'unknown';
  if (!rule || rule.active === false) return 'not-audited';
  const flag = rule.log[action as LoggedAction];
  return flag === undefined ? 'unknown' : flag ? 'audited' : 'not-audited';
}

function* cutGaps(span: AuditSpan, gaps: readonly Extent[]): Iterable<AuditSpan> {
  let from = span.fromMicros;
  for (const gap of span.state === 'unknown' ? [] : gaps) {
    if (gap.toMicros <= from || gap.fromMicros >= span.toMicros) continue;
    yield { ...span, fromMicros: from, toMicros: Math.max(from, gap.fromMicros) };
    const to = Math.min(span.toMicros, gap.toMicros);
    yield unknown({ fromMicros: Math.max(from, gap.fromMicros), toMicros: to }, 'gap');
    from = to;
  }
  yield { ...span, fromMicros: from };
}

function unknown({ fromMicros, toMicros }: Extent, why: NonNullable<AuditSpan['why']>): AuditSpan {
  return { state: 'unknown', fromMicros, toMicros, why };
}

/** In time order, none overlapping another. Less is known between two near ones, never more. */
function joinGaps(gaps: readonly Extent[], extent: Extent): Extent[] {
  const near = (extent.toMicros - extent.fromMicros) * NEAR_SHARE;
  const joined: { fromMicros: number; toMicros: number }[] = [];
  for (const { fromMicros, toMicros } of [...gaps].sort((a, b) => a.fromMicros - b.fromMicros)) {
    const last = joined.at(-1);
    if (last && fromMicros - last.toMicros <= near) last.toMicros = Math.max(last.toMicros, toMicros);
    else joined.push({ fromMicros, toMicros });
  }
  return joined;
}

function countByModel(
  entries: Pick<EntryQueries, 'activity'>,
  copy: EntryFilter,
): Map<string, Map<string, number>> {
  const models = new Map<string, Map<string, number>>();
  const tuples = [...entries.activity(copy).tuples].sort((a, b) => b.count - a.count);
  for (const { tuple, count } of tuples) {
    const actions = models.get(tuple.model) ?? new Map<string, number>();
    actions.set(tuple.action, (actions.get(tuple.action) ?? 0) + count);
    models.set(tuple.model, actions);
  }
  return models;
}
