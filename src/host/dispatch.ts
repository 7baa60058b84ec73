/**
 * The engine served as the contract: a call's name and input in, a reply out. Every message is parsed here, whatever
 * it came through; a failure crosses with its code, a bug with nothing but `internal`.
 */
import { inspect } from 'node:util';
import { type CallName, calls, type EventName, type Events, type Reply } from '../contract/api.ts';
import type { Failure } from '../contract/failure.ts';
import { type Group, isPermitted } from '../contract/group.ts';
import { readFailure } from '../engine/base/failure.ts';
import type { Download } from './handle-document.ts';
import { createHandlers, type Handlers, type HostOptions } from './handlers.ts';
import { keepRules } from './keep-rules.ts';
import { openOwnLog } from './own-log.ts';

export interface Host {
  /** `group`: the caller's; whoever sits at the machine, or opened the link on loopback, is its Manager. */
  call(name: string, input: unknown, group?: Group): Promise<Reply<unknown>>;
  /** Returns a function that ends the subscription. */
  on(listener: (name: EventName, payload: unknown) => void): () => void;
  /** Gives what `document.save` left to be fetched, once. */
  takeDownload(id: string): Download | undefined;
  close(): Promise<void>;
}

/** So many faults are kept for whoever looks into one. */
const MAX_FAULTS = 50;

/** Makes a host: handlers, and the events they send to all who listen. */
export function createHost(options: HostOptions): Host {
  const listeners = new Set<(name: EventName, payload: unknown) => void>();
  const emit = <N extends EventName>(name: N, payload: Events[N]): void => {
    for (const listener of listeners) listener(name, payload);
  };
  const faults: string[] = [];
  const logBug = (error: unknown): void => {
    faults.push(`${new Date().toISOString()} ${inspect(error)}`);
    if (faults.length > MAX_FAULTS) faults.shift();
    options.logBug(error);
  };
  const { dataDirectory: directory, environment, nativeBinding } = options;
  const rules = keepRules(directory);
  const ownLog = openOwnLog({ directory, environment, nativeBinding, rules, logFault: logBug });
  const { handlers, takeDownload, close } = createHandlers(
    { ...options, logBug },
    emit,
    faults,
    ownLog,
    rules,
  );
  return {
    call: async (name, input, group = 'manager') => {
      const reply = await dispatch(handlers, { name, input, group }, logBug);
      await ownLog.record(name, input, reply);
      return reply;
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    takeDownload,
    close: async () => {
      await close();
      await ownLog.close();
    },
  };
}

async function dispatch(
  handlers: Handlers,
  { name, input, group }: { readonly name: string; readonly input: unknown; readonly group: Group },
  logBug: (error: unknown) => void,
): Promise<Reply<unknown>> {
  if (!Object.hasOwn(calls, name)) return refuse('bad-request', 'there is no such call', name);
  const call = name as CallName;
  if (!isPermitted(group, call)) return refuse('not-allowed', 'this needs an Audit Manager', name);
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
