/**
 * What the log itself reports of its rules: every change in time order, and as findings those after which less is
 * recorded than before. Not guaranteed: that a change took effect (its transaction may have been rolled back), or that
 * the log has them all; the module writes no entry when it is the subscribed fields alone that change.
 */
import type { RuleChange, RuleChanges } from '../../contract/rule-history.ts';
import { clipText } from '../base/clip-text.ts';
import type { Census } from '../gather/census.ts';
import type { RuleChangeAt } from '../gather/count-batch.ts';
import { recoverEntry } from '../parse/parse-lines.ts';
import { type RuleSide, readRuleChange, type WrittenRuleChange } from '../parse/read-rule-change.ts';
import type { FoundFinding, Said } from '../report/build-report.ts';
import type { PlaceBook } from './place-book.ts';

const MAX_TOLD = 200;

type Unread = NonNullable<RuleChanges['unreadAt']>[number];

/** Reads the changes that were counted; `sourceOf` gives the source of a place. */
export async function readRuleChanges(
  census: Census,
  book: PlaceBook,
  sourceOf: (ref: number) => number,
): Promise<RuleChanges> {
  const found = [...census.ruleChanges].sort(
    (a, b) => a.tsMicros - b.tsMicros || a.seq - b.seq || a.ref - b.ref,
  );
  await book.learnTimes(found);
  const lines = new Map<number, Uint8Array>();
  for await (const { ref, bytes } of book.fetch(new Set(found.map(({ ref }) => ref)))) lines.set(ref, bytes);
  const changes: RuleChange[] = [];
  const unreadAt: Unread[] = [];
  const known = new Set<string>();
  const ended = new Set<string>();
  const read = found.flatMap((at) => {
    const { bytes, isWhole } = findBytes(at, lines.get(at.ref) ?? new Uint8Array());
    const written = readRuleChange(bytes);
    if (!isWhole) {
      const model = written?.after?.model || written?.before?.model;
      unreadAt.push({ tsMicros: at.tsMicros, ...(model ? { model } : {}) });
      return [];
    }
    // Settings and users change in entries of the same type.
    if (!written) return [];
    if (written.intentSeq !== undefined) ended.add(JSON.stringify([at.node, written.intentSeq]));
    return [{ at, written }];
  });
  for (const { at: place, written } of read) {
    const { ref, tsMicros, seq, node } = place;
    // The same entry in another copy, or twice in one, is one change.
    const key = JSON.stringify([node, tsMicros, seq]);
    if (known.has(key)) continue;
    known.add(key);
    if (!tookEffect(written, ended.has(JSON.stringify([node, seq])))) continue;
    const { before, after, change, ruleId, ruleName, user } = written;
    const { path, line, ts = '' } = book.placeOf({ ref, tsMicros });
    const at = { node, seq, ts, tsMicros, path, line, source: sourceOf(ref) };
    const tell = (of: RuleChange['change'], one?: RuleSide, other?: RuleSide): void => {
      const model = (other ?? one)?.model ?? '';
      changes.push({
        ...{ change: of, model, ruleId, ruleName, user, ...at },
        ...{ before: one?.rule ?? null, after: other?.rule ?? null },
      });
    };
    if (before && after && before.model !== after.model) {
      tell('deleted', before);
      tell('created', undefined, after);
    } else tell(change, before, after);
  }
  const unread = census.moreRuleChanges + unreadAt.length;
  return { changes, unread, ...(unreadAt.length > 0 && { unreadAt }) };
}

/** An entry's own bytes; of a broken line, those that were recovered, which may not be the whole of it. */
function findBytes(
  { salvaged, seq, tsMicros }: RuleChangeAt,
  line: Uint8Array,
): { readonly bytes: Uint8Array; readonly isWhole: boolean } {
  if (!salvaged) return { bytes: line, isWhole: true };
  return recoverEntry(line, seq, tsMicros) ?? { bytes: new Uint8Array(), isWhole: false };
}

/** An intent of which no end is told may have taken effect: then it is what there is of the change. */
function tookEffect({ phase }: WrittenRuleChange, isEnded: boolean): boolean {
  return phase === 'outcome' || (phase === 'intent' && !isEnded);
}

/** A finding for each change after which less is recorded. */
export function tellWeakened({ changes }: RuleChanges): FoundFinding[] {
  return changes.flatMap((change): FoundFinding[] => {
    const less = listLess(change);
    if (less.length === 0) return [];
    const { node, source, seq, ts, tsMicros, path, line, model, ruleName } = change;
    return [
      {
        kind: 'rule-weakened',
        ...{ node, source, firstSeq: seq, lastSeq: seq, fromTs: ts, toTs: ts, path, line },
        evidence: [{ code: 'rule-of', values: { rule: ruleName, model } }, ...less],
        fromMicros: tsMicros,
        toMicros: tsMicros,
      },
    ];
  });
}

/** What is no longer recorded after a change, as evidence. */
export function listLess({ before, after }: Pick<RuleChange, 'before' | 'after'>): Said[] {
  if (!before || before.active === false) return [];
  if (!after) return [{ code: 'rule-deleted', values: {} }];
  if (after.active === false) return [{ code: 'rule-inactive', values: {} }];
  const less: Said[] = [];
  const off = Object.entries(before.log)
    .filter(([action, was]) => was && after.log[action as keyof typeof after.log] === false)
    .map(([action]) => action);
  if (off.length > 0) less.push({ code: 'rule-actions-off', values: { actions: off.join(', ') } });
  const fields = after.fields ?? [];
  if (before.fields && fields.length > 0) {
    const gone = before.fields.filter((field) => !fields.includes(field));
    const tell = (code: string, list: readonly string[]): void => {
      less.push({ code, values: { fields: clipText(list.join(', '), MAX_TOLD) } });
    };
    if (before.fields.length === 0) tell('rule-fields-only', fields);
    else if (gone.length > 0) tell('rule-fields-off', gone);
  }
  return less;
}
