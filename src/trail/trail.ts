/**
 * The audit trail: what happens in a program comes in, entries in the documented dialect go out to every backend.
 *
 * Guaranteed: seqs count from 1 without a gap for as long as the process lives, and times never run backwards; every
 * backend is offered every entry, in order; the audited program never fails because of a backend, and waits `waitMs` at
 * most for one, once an outage.
 * Not guaranteed: what happened between the program's own commit and a crash of the process is not recorded; a backend
 * that is away loses what it cannot keep, which its state counts and its copy shows as gaps.
 */
import { hostname } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Rule } from '../contract/rule.ts';
import { formatTs } from '../engine/base/timestamp.ts';
import { type AuditRule, type LifecycleCall, type Recorded, readId } from './audit-rule.ts';
import type { Backend, Loss, RecordedEntry } from './backend.ts';
import { createClock } from './clock.ts';
import { type DataChange, describeData } from './data-change.ts';
import { type BackendNews, Outlet, type OutletState, settleWithin } from './outlet.ts';
import { type AuditingChange, type ChangeResult, protectChange } from './protect-change.ts';
import { completeRule, type NotRecorded, RuleBook, type RuleInput } from './rule-book.ts';
import { sumUp, type ThreadSummary } from './thread-summary.ts';
import { actAs, findActor } from './user-context.ts';
import {
  type Actor,
  type EntryContent,
  maskValues,
  type RecordId,
  type Values,
  writeEntry,
} from './write-entry.ts';

export interface TrailOptions {
  readonly rules: readonly RuleInput[];
  readonly backends: readonly Backend[];
  /** Recorded completely, whatever the rules say. */
  readonly mandatoryModels?: readonly string[];
  /** Who writes; the host's name where it is left out. */
  readonly node?: string;
  /** Gives microseconds since 1970. */
  readonly clock?: () => number;
  /** Fields whose values are left out, by model; under `*` those of every model. */
  readonly maskedFields?: Readonly<Record<string, readonly string[]>>;
  /** How long an entry's backends are waited for; 250 ms. */
  readonly waitMs?: number;
  /** How long backends have to confirm a change to auditing; 5 s. */
  readonly confirmMs?: number;
  /** Changes to auditing take effect even where no backend can record them: for repairs, from environment or file. */
  readonly permitUnwitnessedChanges?: boolean;
  /** Told once when an outage of a backend begins and once when it ends; a warning of the process where left out. */
  readonly onFailure?: (news: BackendNews) => void;
  /** Takes summaries for a record's thread, where its rule says Post to Chatter. */
  readonly onThread?: (summary: ThreadSummary) => void;
}

export interface TrailState {
  readonly node: string;
  /** Of the latest entry; 0 before the first. */
  readonly seq: number;
  readonly backends: readonly OutletState[];
}

/** An action that is recorded whatever the rules say. */
export interface RecordedAction {
  readonly model: string;
  readonly id: RecordId;
  readonly action: string;
  readonly old?: Values | undefined;
  readonly new?: Values | undefined;
  readonly extra?: Values | undefined;
}

export interface Trail {
  /** Records what happened to data, an entry a record, as the rules say. Answers for the changes in their order. */
  record(changes: readonly DataChange[]): Promise<Recorded[]>;
  recordCreate(model: string, id: RecordId, values: Values): Promise<Recorded>;
  recordWrite(model: string, id: RecordId, old: Values, now: Values): Promise<Recorded>;
  recordUnlink(model: string, id: RecordId, values: Values): Promise<Recorded>;
  /** Records an action that no rule is about, such as a decorated method's. */
  recordAction(action: RecordedAction): Promise<Recorded>;
  /** Witnesses a change to auditing itself before it takes effect. */
  recordChange<T>(change: AuditingChange, apply: () => T | Promise<T>): Promise<ChangeResult<T>>;
  /** The rule about a model; undefined where there is none and the model is not mandatory. */
  rule(model: string): AuditRule | undefined;
  rules(): Rule[];
  /** Sets the rule of its model, as a witnessed change. */
  setRule(rule: RuleInput, apply?: () => void | Promise<void>): Promise<ChangeResult<void>>;
  removeRule(model: string, apply?: () => void | Promise<void>): Promise<ChangeResult<void>>;
  /** Takes rules that were changed elsewhere, where that was witnessed. */
  loadRules(rules: readonly RuleInput[]): void;
  /** Runs code in the name of a user. */
  as<T>(user: Actor, act: () => T): T;
  state(): TrailState;
  /** Waits for what the backends hold, for `deadlineMs` at most (5 s), and closes them. Nothing is recorded afterwards. */
  close(deadlineMs?: number): Promise<void>;
}

/** Opens a trail. The first that is open is the one that decorated methods are recorded in, where they name none. */
export function openTrail(options: TrailOptions): Trail {
  const trail = new OpenTrail(options);
  openTrails.add(trail);
  return trail;
}

/** The trail that was opened first and is not closed. */
export function findOpenTrail(): Trail | undefined {
  const [first] = openTrails;
  return first;
}

const openTrails = new Set<Trail>();

class OpenTrail implements Trail {
  readonly #book: RuleBook;
  readonly #outlets: readonly Outlet[];
  readonly #node: string;
  readonly #clock: () => number;
  readonly #masked: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #options: TrailOptions;
  #seq = 0;
  #closed = false;
  #ruleChange: Promise<unknown> = Promise.resolve();

  constructor(options: TrailOptions) {
    this.#options = options;
    this.#book = new RuleBook(options.rules, options.mandatoryModels ?? []);
    this.#outlets = options.backends.map((backend) => new Outlet(backend, (news) => this.#tell(news)));
    for (const backend of options.backends) backend.onLoss?.((loss) => this.#recordLoss(loss));
    this.#node = options.node ?? hostname();
    this.#clock = createClock(options.clock);
    this.#masked = new Map(
      Object.entries(options.maskedFields ?? {}).map(([model, fields]) => [model, new Set(fields)]),
    );
  }

  record(changes: readonly DataChange[]): Promise<Recorded[]> {
    const results = changes.map((change) => this.#recordData(change));
    return this.#wait(results.flatMap(({ sent }) => sent)).then(() => results.map(({ result }) => result));
  }

  async recordCreate(model: string, id: RecordId, values: Values): Promise<Recorded> {
    return this.#recordOne({ method: 'create', model, id, new: values });
  }

  async recordWrite(model: string, id: RecordId, old: Values, now: Values): Promise<Recorded> {
    return this.#recordOne({ method: 'write', model, id, old, new: now });
  }

  async recordUnlink(model: string, id: RecordId, values: Values): Promise<Recorded> {
    return this.#recordOne({ method: 'unlink', model, id, old: values });
  }

  async recordAction({ model, id, action, extra, ...values }: RecordedAction): Promise<Recorded> {
    const about = { model, resId: id, what: { action }, user: findActor() };
    const { result, sent } = this.#add({ ...about, oldValues: values.old, newValues: values.new, extra });
    await this.#wait(sent);
    return result;
  }

  async recordChange<T>(change: AuditingChange, apply: () => T | Promise<T>): Promise<ChangeResult<T>> {
    return protectChange(change, apply, {
      outlets: this.#outlets,
      deadlineMs: this.#options.confirmMs ?? 5000,
      permitUnwitnessed: this.#options.permitUnwitnessedChanges ?? false,
      stamp: (content) => this.#stamp(this.#mask(content)),
      user: findActor(),
    });
  }

  rule(model: string): AuditRule | undefined {
    const rule = this.#book.find(model);
    if (!rule && !this.#book.isMandatory(model)) return undefined;
    return { model, rule, logLifecycleAction: (call) => this.#logLifecycleAction(model, call) };
  }

  rules(): Rule[] {
    return this.#book.list();
  }

  async setRule(input: RuleInput, apply?: () => void | Promise<void>): Promise<ChangeResult<void>> {
    const rule = completeRule(input);
    return this.#changeRule(rule.model, rule, apply);
  }

  async removeRule(model: string, apply?: () => void | Promise<void>): Promise<ChangeResult<void>> {
    return this.#changeRule(model, undefined, apply);
  }

  loadRules(rules: readonly RuleInput[]): void {
    this.#book.replaceAll(rules);
  }

  as<T>(user: Actor, act: () => T): T {
    return actAs(user, act);
  }

  state(): TrailState {
    return { node: this.#node, seq: this.#seq, backends: this.#outlets.map((outlet) => outlet.state()) };
  }

  async close(deadlineMs = 5000): Promise<void> {
    this.#closed = true;
    openTrails.delete(this);
    await Promise.all(this.#outlets.map((outlet) => outlet.close(deadlineMs)));
  }

  /** One after the other, so that each tells of what the one before left. */
  #changeRule(
    model: string,
    rule: Rule | undefined,
    apply: (() => void | Promise<void>) | undefined,
  ): Promise<ChangeResult<void>> {
    const change = async (): Promise<ChangeResult<void>> => {
      const old = this.#book.find(model);
      const name = (rule ?? old)?.name ?? model;
      return this.recordChange({ kind: 'rule', id: model, name, model, old, new: rule }, async () => {
        await apply?.();
        if (rule) this.#book.set(rule);
        else this.#book.remove(model);
      });
    };
    const changed = this.#ruleChange.then(change);
    this.#ruleChange = changed.then(ignore, ignore);
    return changed;
  }

  async #recordOne(change: DataChange): Promise<Recorded> {
    const { result, sent } = this.#recordData(change);
    await this.#wait(sent);
    return result;
  }

  async #logLifecycleAction(model: string, { action, records, extraData }: LifecycleCall): Promise<Recorded> {
    const reason = this.#book.refuse(model, action);
    if (reason) return { recorded: false, reason };
    if (this.#closed) return { recorded: false, reason: 'closed' };
    const user = findActor();
    const added = records.map((record) =>
      this.#add({ model, resId: readId(record), what: { action }, user, extra: extraData }),
    );
    await this.#wait(added.flatMap(({ sent }) => sent));
    return { recorded: true, seqs: added.flatMap(({ result }) => (result.recorded ? result.seqs : [])) };
  }

  #recordData(change: DataChange): Added {
    const described = describeData(change, this.#book);
    if ('refused' in described) return refuse(described.refused);
    return this.#add({ ...described, user: change.user ?? findActor() });
  }

  /** Counts an entry and offers it to every backend at once. */
  #add(unmasked: EntryContent): Added {
    if (this.#closed) return refuse('closed');
    const content = this.#mask(unmasked);
    const entry = this.#stamp(content);
    const sent = this.#outlets
      .map((outlet) => ({ outlet, done: outlet.send(entry) }))
      .filter(({ outlet }) => !outlet.isLate);
    if (this.#book.postsToChatter(content.model)) this.#postSummary(content, entry);
    return { result: { recorded: true, seqs: [entry.seq] }, sent };
  }

  #stamp(content: EntryContent): RecordedEntry {
    const stamp = { seq: ++this.#seq, ts: formatTs(this.#clock()), node: this.#node };
    return { ...stamp, model: content.model, line: writeEntry(stamp, content) };
  }

  #mask(content: EntryContent): EntryContent {
    const everywhere = this.#masked.get('*');
    const here = this.#masked.get(content.model);
    if (!everywhere && !here) return content;
    const { oldValues, newValues, extra } = content;
    const mask = (values: Values | undefined): Values | undefined =>
      maskValues(values, (field) => everywhere?.has(field) === true || here?.has(field) === true);
    return { ...content, oldValues: mask(oldValues), newValues: mask(newValues), extra: mask(extra) };
  }

  /** Waits for the backends, for the bound at most; a backend that takes longer is not waited for again until it has caught up. */
  async #wait(sent: Added['sent']): Promise<void> {
    // A program that never leaves its microtasks would keep a late backend from ever catching up.
    if (this.#outlets.some((outlet) => outlet.isLate)) await nextTurn();
    const { waitMs = 250 } = this.#options;
    const all = Promise.all(sent.map(({ done }) => done));
    if (sent.length === 0 || (await settleWithin(all, waitMs))) return;
    const settled = new Set<Outlet>();
    await Promise.all(
      sent.map(async ({ outlet, done }) => {
        if ((await Promise.race([done, PENDING])) !== undefined) settled.add(outlet);
      }),
    );
    for (const { outlet } of sent) if (!settled.has(outlet)) outlet.declareLate(waitMs);
  }

  /** Of entries that a backend lost for want of room, an entry tells in every copy. Rejects where nobody has taken it. */
  async #recordLoss({ backend, count, node, first, last }: Loss): Promise<void> {
    const { result, sent } = this.#add({
      ...{ model: 'unbroken.trail', resId: null, user: undefined, what: { action: 'entries_lost' } },
      extra: {
        backend,
        count,
        lost_node: node,
        first_seq: first.seq,
        last_seq: last.seq,
        from: first.ts,
        to: last.ts,
      },
    });
    const taken = await Promise.all(sent.map(({ done }) => done));
    if (!result.recorded || !taken.includes(true)) throw new Error('no backend has taken the entry');
  }

  #postSummary(content: EntryContent, entry: RecordedEntry): void {
    try {
      this.#options.onThread?.(sumUp(content, entry));
    } catch (error) {
      process.emitWarning(`a summary could not be posted: ${String(error)}`, 'AuditTrailWarning');
    }
  }

  #tell(news: BackendNews): void {
    const { onFailure = warn } = this.#options;
    try {
      onFailure(news);
    } catch {
      // Who is told of failures must not make more of them.
    }
  }
}

interface Added {
  readonly result: Recorded;
  /** The backends that are waited for. */
  readonly sent: readonly { readonly outlet: Outlet; readonly done: Promise<boolean> }[];
}

const PENDING = Promise.resolve(undefined);
const ignore = (): void => {};

function refuse(reason: NotRecorded): Added {
  return { result: { recorded: false, reason }, sent: [] };
}

function warn({ backend, what, message }: BackendNews): void {
  process.emitWarning(
    what === 'outage-began'
      ? `the audit backend ${backend} fails: ${message}`
      : `the audit backend ${backend} works again: ${message}`,
    'AuditTrailWarning',
  );
}
