/**
 * The log of what people do with Unbroken: who opened, exported, reviewed or deleted what. A trail as any other, with
 * settings of its own (`UNBROKEN_AUDIT_*` and nothing else), so that an OpenSPP host's settings never make Unbroken write
 * into the evidence. It never writes into what is opened either.
 */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import { readOwnSettings, requireValues } from '../../config/read-settings.ts';
import { type CallName, calls, type Reply } from '../../contract/api.ts';
import type { Rule } from '../../contract/rule.ts';
import { createFailure } from '../../engine/base/failure.ts';
import { isInside, resolveReal } from '../../engine/base/places.ts';
import type { WatchWrites, WrittenModel } from '../../engine/engine.ts';
import { watchSqlite } from '../../trail/adapters/audit-sqlite.ts';
import type { DataChange } from '../../trail/data-change.ts';
import { openConfiguredTrail } from '../../trail/open-configured-trail.ts';
import type { AuditingChange, ChangeResult } from '../../trail/protect-change.ts';
import { actAs, findActor } from '../../trail/user-context.ts';
import type { Actor, Values } from '../../trail/write-entry.ts';
import { type AccountChange, describeAccount } from '../accounts/account-change.ts';
import type { DatabaseChange } from '../auditing/audit-settings.ts';
import type { RuleKeeper } from '../auditing/keep-rules.ts';
import { type OwnAction, ownActions, SETTING } from './own-actions.ts';

export interface OwnLogOptions {
  /** The person's data directory. */
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  readonly nativeBinding?: string | undefined;
  /** Unbroken's own, as they are kept. */
  readonly rules: Pick<RuleKeeper, 'list'>;
  /** Told why nothing is recorded, or that recording fails. */
  readonly logFault: (error: unknown) => void;
}

export interface OwnLog {
  /** What to open in order to look at it; undefined where there is no file. */
  readonly place: string | undefined;
  /** Who acts: the account in whose name this runs, or whoever is at the keyboard. */
  readonly user: string;
  /** Runs `act`, and all that it starts, in the name of an account; undefined: of whoever is at the keyboard. */
  as<T>(account: string | undefined, act: () => T): T;
  /** Backends that can witness a change to auditing. */
  readonly witnesses: readonly string[];
  /** Has a change of a rule witnessed, then carries it out. */
  changeRule(model: string, after: Rule | null, apply: () => void): Promise<ChangeResult<void>>;
  /** Has a change of a setting of an audit trail witnessed, then carries it out. */
  changeSetting(change: DatabaseChange, apply: () => void): Promise<ChangeResult<void>>;
  /** Has a change of an account or a token witnessed, then carries it out. Failure: `change-unwitnessed`. */
  changeAccount<T>(change: AccountChange, apply: () => T | Promise<T>): Promise<T>;
  /** Fails with `output-inside-evidence` where opening these paths would make this log a part of the evidence. */
  refuseOpening(paths: readonly string[]): void;
  /** Has what people write in a workspace recorded, with what it is about; undefined where nothing is recorded. */
  watch(evidence: readonly string[]): WatchWrites | undefined;
  /** Records what a person changed outside of a workspace. */
  recordWrite(model: string, before: Values, after: Values): void;
  /** Records a call that a person made, where it does something that is not recorded otherwise. */
  record(name: string, input: unknown, reply: Reply<unknown>): Promise<void>;
  /** Records what is no call. */
  recordAction(action: OwnAction, outcome: string): Promise<void>;
  close(): Promise<void>;
}

/** Data whose changes are recorded whatever a rule says. */
const alwaysRecorded: Readonly<Record<WrittenModel | typeof SETTING, true>> = {
  'unbroken.note': true,
  'unbroken.review': true,
  'unbroken.filter': true,
  'unbroken.source': true,
  [SETTING]: true,
};

export function openOwnLog({
  directory,
  environment,
  nativeBinding,
  rules,
  logFault,
}: OwnLogOptions): OwnLog {
  try {
    const settings = requireValues(readOwnSettings(directory, environment));
    if (settings.backend_file) refuseForeign(settings.file_path);
    const trail = openConfiguredTrail(settings, {
      rules: readRules(rules, logFault),
      mandatoryModels: Object.keys(alwaysRecorded),
      nativeBinding,
      // A person does little, and waits for much longer on a busy machine before anything is amiss.
      waitMs: 2_000,
      onFailure: ({ backend, what, message }) =>
        logFault(new Error(`own log, ${backend}: ${what}: ${message}`)),
    });
    const file = settings.backend_file ? resolve(settings.file_path) : undefined;
    const keyboard = findUser();
    const user = (): Actor => findActor() ?? keyboard;
    /** The paths of each workspace that was opened, by the name that later calls give. */
    const evidence = new Map<string, readonly string[]>();
    let recorded: Promise<unknown> = Promise.resolve();
    const recordChanges = (changes: readonly DataChange[]): void => {
      recorded = Promise.all([recorded, trail.as(user(), () => trail.record(changes))]);
    };
    return {
      get user() {
        const { id, login = id } = user();
        return String(login);
      },
      as: actAsAccount,
      witnesses: trail
        .state()
        .backends.map(({ name }) => name)
        .filter((name) => name !== 'database'),
      changeRule: (model, after, apply) =>
        trail.as(user(), () => (after ? trail.setRule(after, apply) : trail.removeRule(model, apply))),
      changeSetting: (change, apply) =>
        trail.as(user(), () => trail.recordChange(describeSetting(change), apply)),
      changeAccount: async (change, apply) => {
        const result = await trail.as(user(), () => trail.recordChange(describeAccount(change), apply));
        return result.applied ? result.value : refuseUnwitnessed(change);
      },
      place: file === undefined ? undefined : isDefault(file, directory) ? dirname(file) : file,
      refuseOpening: (paths) => {
        if (file === undefined) return;
        const own = [file, ...(isDefault(file, directory) ? [dirname(file)] : [])].map(resolveReal);
        const foreign = paths.filter((path) => !own.includes(resolveReal(path)));
        if (!isInside(file, foreign)) return;
        throw createFailure('output-inside-evidence', 'the log of what people do with Unbroken lies in it', {
          subject: file,
        });
      },
      watch: (paths) => (connection, tables) =>
        watchSqlite(connection, {
          tables,
          record: (changes) =>
            recordChanges(changes.map((change) => ({ ...change, extra: { evidence: paths } }))),
          onFault: logFault,
        }),
      recordWrite: (model, old, now) => recordChanges([{ method: 'write', model, id: null, old, new: now }]),
      record: async (name, input, reply) => {
        await recorded;
        const action = describe(name, input, reply);
        if (!action) return;
        if (name === 'workspace.open') keepPaths(evidence, reply);
        const { workspace } = input as { readonly workspace?: string };
        const paths = workspace === undefined ? undefined : evidence.get(workspace);
        const outcome = reply.ok ? 'done' : reply.failure.code;
        // A workspace is told by its paths: its name is another at every opening.
        const isWorkspace = action.model === 'unbroken.workspace';
        const id = isWorkspace ? (action.id ?? paths ?? null) : action.id;
        const extra = isWorkspace ? { outcome } : { outcome, evidence: paths };
        await trail.as(user(), () => trail.recordAction({ ...action, id, extra }));
      },
      recordAction: async (action, outcome) => {
        await trail.as(user(), () => trail.recordAction({ ...action, extra: { outcome } }));
      },
      close: () => trail.close(),
    };
  } catch (error) {
    logFault(error);
    return {
      user: 'unknown',
      as: actAsAccount,
      witnesses: [],
      // Where nothing can be recorded, what is audited stays as it is.
      changeRule: async () => ({ applied: false, reason: 'no-witness', missing: [] }),
      place: undefined,
      changeSetting: async () => ({ applied: false, reason: 'no-witness', missing: [] }),
      changeAccount: async (change) => refuseUnwitnessed(change),
      refuseOpening: () => {},
      watch: () => undefined,
      recordWrite: () => {},
      record: async () => {},
      recordAction: async () => {},
      close: async () => {},
    };
  }
}

function actAsAccount<T>(account: string | undefined, act: () => T): T {
  return account === undefined ? act() : actAs({ id: account, login: account }, act);
}

/** Rules that cannot be read do not keep the log from what needs none. */
function readRules(rules: Pick<RuleKeeper, 'list'>, logFault: (error: unknown) => void): Rule[] {
  try {
    return rules.list();
  } catch (error) {
    logFault(error);
    return [];
  }
}

function refuseUnwitnessed({ name }: AccountChange): never {
  throw createFailure('change-unwitnessed', 'no backend could record the change', { subject: name });
}

/** As a parameter of the database that it is: its name and its text. */
function describeSetting({ name, isSecret, before, after }: DatabaseChange): AuditingChange {
  const tell = (value: string | undefined) => (value === undefined ? undefined : { key: name, value });
  return {
    kind: 'setting',
    id: name,
    name,
    old: tell(before),
    new: tell(after),
    secretFields: isSecret ? ['value'] : [],
  };
}

function describe(name: string, input: unknown, reply: Reply<unknown>): OwnAction | undefined {
  if (!Object.hasOwn(ownActions, name)) return undefined;
  const tell = ownActions[name as CallName] as
    | ((input: unknown, output: unknown) => OwnAction | undefined)
    | null;
  const parsed = tell && calls[name as CallName].input.safeParse(input);
  return tell && parsed?.success ? tell(parsed.data, reply.ok ? reply.value : undefined) : undefined;
}

function keepPaths(evidence: Map<string, readonly string[]>, reply: Reply<unknown>): void {
  if (!reply.ok) return;
  const { workspace, paths } = reply.value as { workspace: string; paths: readonly string[] };
  evidence.set(workspace, paths);
}

/** In its own directory nothing else lies; a file that the environment names may lie among others. */
function isDefault(file: string, directory: string): boolean {
  return resolveReal(dirname(file)) === resolveReal(resolve(directory, 'audit'));
}

function findUser(): Actor {
  try {
    const { uid, username } = userInfo();
    // Windows has no number.
    return { id: uid < 0 ? username : uid, login: username };
  } catch {
    // A container may run as somebody whom its system does not know.
    const id = process.getuid?.() ?? 'unknown';
    return { id, login: String(id) };
  }
}

/** Enough for some lines. */
const HEAD_BYTES = 64 * 1024;

/** A file whose first lines are not ours is evidence of somebody else's, whatever the environment says. */
function refuseForeign(file: string): void {
  if (!existsSync(file)) return;
  const head = Buffer.alloc(HEAD_BYTES);
  const handle = openSync(file, 'r');
  try {
    const text = head.toString('utf8', 0, readSync(handle, head, 0, HEAD_BYTES, 0));
    // A log may begin with changes to auditing, which are about other models; only our trail tells of their phases.
    if (text.trim() === '' || /"(model": "unbroken\.|phase": "intent")/.test(text)) return;
  } finally {
    closeSync(handle);
  }
  throw createFailure('output-inside-evidence', 'the file for the log of Unbroken itself holds another log', {
    subject: file,
  });
}
