/** Calls about a record's thread: notes, which the workspace keeps, and what our rule makes of the record's entries. */
import type { RecordName } from '../../contract/record.ts';
import type { Rule } from '../../contract/rule.ts';
import type { RecordThread } from '../../contract/thread.ts';
import { createFailure } from '../../engine/base/failure.ts';
import type { Engine } from '../../engine/engine.ts';
import { RuleBook } from '../../trail/rule-book.ts';
import type { RuleKeeper } from '../auditing/keep-rules.ts';
import type { Handlers } from '../handlers.ts';
import type { OwnLog } from '../own-log/own-log.ts';

type Names = Extract<keyof Handlers, `thread.${string}`>;

/** So many of the record's latest entries are summed up, and so many keys of each. */
const MAX_ENTRIES = 100;
const MAX_CHANGES = 6;

export interface ThreadHandlerOptions {
  readonly find: (workspace: string) => Engine;
  readonly rules: Pick<RuleKeeper, 'list'>;
  readonly ownLog: Pick<OwnLog, 'user'>;
}

export function createThreadHandlers({ find, rules, ownLog }: ThreadHandlerOptions): Pick<Handlers, Names> {
  return {
    'thread.read': ({ workspace, record, source }) => {
      const engine = find(workspace);
      const notes = engine.marks
        .listNotes(record)
        .map((note) => ({ ...note, isOwn: note.author === ownLog.user }));
      return { notes, ...sumUp(engine, readRules(rules), record, source) };
    },
    'thread.write': ({ workspace, record, text }) => {
      find(workspace).marks.addNote(record, text, ownLog.user);
      return {};
    },
    'thread.remove': ({ workspace, record, id }) => {
      const { marks } = find(workspace);
      const note = marks.listNotes(record).find((other) => other.id === id);
      if (!note) throw createFailure('not-found', 'there is no such note', { subject: String(id) });
      if (note.author !== ownLog.user)
        throw createFailure('not-allowed', 'somebody else wrote this note', { subject: note.author });
      marks.removeNote(id);
      return {};
    },
  };
}

/** Rules that cannot be read do not keep anybody from their notes. */
function readRules(rules: Pick<RuleKeeper, 'list'>): Rule[] | undefined {
  try {
    return rules.list();
  } catch {
    return undefined;
  }
}

/** What is told of the record's entries: those that our rule would have recorded, where it posts to Chatter. */
function sumUp(
  engine: Engine,
  rules: readonly Rule[] | undefined,
  record: RecordName,
  source: number | undefined,
): Omit<RecordThread, 'notes'> {
  const rule = rules?.find(({ model }) => model === record.model);
  const book = new RuleBook(rule ? [rule] : [], []);
  const posts = rules === undefined ? null : book.postsToChatter(record.model);
  if (!posts) return { posts, summaries: [], earlier: 0 };
  const question = { record, source };
  const { total } = engine.history({ ...question, offset: 0, limit: 1 });
  const offset = Math.max(0, total - MAX_ENTRIES);
  const { entries } = engine.history({ ...question, offset, limit: MAX_ENTRIES });
  const fields = book.fieldsOf(record.model);
  const summaries = entries.flatMap(({ row, values, moreKeys }): RecordThread['summaries'] => {
    const { id, tsMicros, action, userLogin, userId } = row;
    const wanted = values.filter(({ key }) => !fields || fields.has(key));
    if (/^rule_/.test(action) || book.refuse(record.model, action) !== undefined) return [];
    if (action === 'write' && wanted.length === 0) return [];
    const changes = wanted.slice(0, MAX_CHANGES).map(({ key, old, new: now }) => ({
      key,
      ...(old === undefined ? {} : { old }),
      ...(now === undefined ? {} : { new: now }),
    }));
    const moreChanges = wanted.length - changes.length + (fields ? 0 : moreKeys);
    return [{ id, tsMicros, user: userLogin || userId, action, changes, moreChanges }];
  });
  return { posts, summaries: summaries.reverse(), earlier: offset };
}
