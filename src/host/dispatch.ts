/**
 * The engine served as the contract: a call's name and input in, a reply out. Every message is parsed here, whatever
 * it came through; a failure crosses with its code, a bug with nothing but `internal`.
 */
import { inspect } from 'node:util';
import { type CallName, calls, type EventName, type Events, type Reply } from '../contract/api.ts';
import type { Failure } from '../contract/failure.ts';
import { isPermitted } from '../contract/group.ts';
import { readFailure } from '../engine/base/failure.ts';
import type { AccountChange } from './accounts/account-change.ts';
import { keepRules } from './auditing/keep-rules.ts';
import { AT_THE_MACHINE, type Caller } from './caller.ts';
import type { Download } from './documents/handle-document.ts';
import { createHandlers, type Handlers, type HostOptions } from './handlers.ts';
import type { OwnAction } from './own-log/own-actions.ts';
import { openOwnLog } from './own-log/own-log.ts';
import { openReceiverDesk } from './receiver/handle-receiver.ts';
import { keepWorkspaces } from './workspaces/open-workspaces.ts';

type Listener = (name: EventName, payload: unknown) => void;

/** `caller` is whoever sits at the machine, where it is left out. */
export interface Host {
  call(name: string, input: unknown, caller?: Caller): Promise<Reply<unknown>>;
  /** Tells what is the caller's to know; returns a function that ends the subscription. */
  on(listener: Listener, caller?: Caller): () => void;
  /** Gives what `document.save` left to be fetched, once. */
  takeDownload(id: string, caller?: Caller): Download | undefined;
  /** Records what somebody did that is no call: signing in and out. */
  record(action: OwnAction, outcome: string, account: string): Promise<void>;
  /** Has a change of an account witnessed, then carries it out, in the name of one. Failure: `change-unwitnessed`. */
  changeAccount<T>(change: AccountChange, apply: () => T | Promise<T>, account: string): Promise<T>;
  /** Closes what a session opened. */
  leave(session: string): Promise<void>;
  close(): Promise<void>;
}

/** So many faults are kept for whoever looks into one. */
const MAX_FAULTS = 50;

/** Makes a host: handlers for each session, over the same workspaces, rules and own log. */
export function createHost(options: HostOptions): Host {
  const listeners = new Map<Listener, Caller>();
  const tell = <N extends EventName>(
    name: N,
    payload: Events[N],
    isFor: (caller: Caller) => boolean,
  ): void => {
    for (const [listener, caller] of listeners) if (isFor(caller)) listener(name, payload);
  };
  const faults: string[] = [];
  const logBug = (error: unknown): void => {
    faults.push(`${new Date().toISOString()} ${inspect(error)}`);
    if (faults.length > MAX_FAULTS) faults.shift();
    options.logBug(error);
  };
  const { dataDirectory: directory, environment, nativeBinding, served } = options;
  const rules = keepRules(directory);
  const ownLog = openOwnLog({ directory, environment, nativeBinding, rules, logFault: logBug });
  // So that there is a log to look at from the beginning.
  void ownLog.recordAction({ model: 'unbroken.app', id: null, action: 'start' }, 'done');
  const workspaces = keepWorkspaces({
    nativeBinding,
    logBug,
    onReport: options.onReport,
    watch: ownLog.watch,
    emit: (name, payload) =>
      tell(name, payload, ({ session }) => workspaces.isOpenFor(payload.workspace, session)),
  });
  if (served) workspaces.serve(served);
  const receiver = openReceiverDesk({
    given: options.receiver,
    protect: ownLog.changeAccount,
    ...{ dataDirectory: directory, configDirectory: options.configDirectory, nativeBinding, logBug },
    emit: (changed) => tell('receiver.changed', changed, () => true),
  });

  const desks = new Map<string, ReturnType<typeof createHandlers>>();
  const findDesk = (caller: Caller): ReturnType<typeof createHandlers> => {
    const known = desks.get(caller.session);
    if (known) return known;
    const desk = createHandlers(
      { ...options, logBug },
      {
        ...{ caller, workspaces, ownLog, rules, receiver, faults },
        emit: (name, payload) =>
          tell(name, payload, ({ session, account }) =>
            name === 'preferences.changed' ? account === caller.account : session === caller.session,
          ),
      },
    );
    desks.set(caller.session, desk);
    return desk;
  };
  return {
    call: (name, input, caller = AT_THE_MACHINE) =>
      ownLog.as(caller.account, async () => {
        const reply = await dispatch(findDesk(caller).handlers, { name, input, caller }, logBug);
        await ownLog.record(name, input, reply);
        return reply;
      }),
    on: (listener, caller = AT_THE_MACHINE) => {
      listeners.set(listener, caller);
      return () => listeners.delete(listener);
    },
    takeDownload: (id, caller = AT_THE_MACHINE) => findDesk(caller).takeDownload(id),
    record: (action, outcome, account) => ownLog.as(account, () => ownLog.recordAction(action, outcome)),
    changeAccount: (change, apply, account) => ownLog.as(account, () => ownLog.changeAccount(change, apply)),
    leave: async (session) => {
      desks.delete(session);
      await workspaces.leave(session);
    },
    close: async () => {
      await receiver.close();
      await workspaces.closeAll();
      await ownLog.close();
    },
  };
}

interface Call {
  readonly name: string;
  readonly input: unknown;
  readonly caller: Caller;
}

async function dispatch(
  handlers: Handlers,
  { name, input, caller }: Call,
  logBug: (error: unknown) => void,
): Promise<Reply<unknown>> {
  if (!Object.hasOwn(calls, name)) return refuse('bad-request', 'there is no such call', name);
  const call = name as CallName;
  if (!isPermitted(caller.group, call)) return refuse('not-allowed', 'this needs an Audit Manager', name);
  const parsed = calls[call].input.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse(
      'bad-request',
      `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as the contract says'}`,
      name,
    );
  }
  try {
    return { ok: true, value: await (handlers[call] as (input: unknown) => unknown)(parsed.data) };
  } catch (error) {
    const failure = readFailure(error);
    if (failure) return { ok: false, failure };
    logBug(error);
    return refuse('internal', 'something went wrong inside Unbroken; its log has the details', name);
  }
}

function refuse(code: Failure['code'], message: string, subject: string): Reply<never> {
  return { ok: false, failure: { code, message, subject } };
}
