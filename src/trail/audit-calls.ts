/**
 * Functions and methods whose calls are recorded. An entry has the method's name as its action, and beside the keys of
 * the dialect: `outcome` (`returned`, `threw`, `resolved`, `rejected`), `duration_ms`, `arguments` by name where they
 * were named, and `error`, the name of what was thrown. Messages of errors are not recorded: they quote arguments.
 *
 * What is decorated behaves as before, `this`, results and errors included, and whether or not it can be recorded. It
 * is not waited for the backends.
 */
import { types } from 'node:util';
import { findOpenTrail, type Trail } from './trail.ts';
import type { RecordId, Values } from './write-entry.ts';
import { WrittenJson } from './write-json.ts';

export interface AuditOptions<This = unknown, Args extends readonly unknown[] = readonly unknown[]> {
  /** The one that was opened first, where it is left out. */
  readonly trail?: Trail;
  /** The name of the class, or of the function. */
  readonly model?: string;
  /** The name of the method, or of the function. */
  readonly action?: string;
  /** Which record a call is about. */
  readonly id?: (self: This, args: Args) => RecordId;
  /** Names of the first parameters, in order: their arguments are recorded. Without it none is. */
  readonly parameters?: readonly string[];
  /** Of these parameters only the name is recorded. */
  readonly mask?: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: every function fits, with whatever parameters.
type Method<This, Args extends any[], Result> = (this: This, ...args: Args) => Result;

/** Decorates a method (TC39): `@audit`, or `@audit({...})`. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export function audit<This, Args extends any[], Result>(
  method: Method<This, Args, Result>,
  context: ClassMethodDecoratorContext<This, Method<This, Args, Result>>,
): Method<This, Args, Result>;
// biome-ignore lint/suspicious/noExplicitAny: as above.
export function audit<This, Args extends any[]>(
  options: AuditOptions<This, Args>,
): <Result>(
  method: Method<This, Args, Result>,
  context: ClassMethodDecoratorContext<This, Method<This, Args, Result>>,
) => Method<This, Args, Result>;
export function audit(first: unknown, context?: unknown): unknown {
  if (typeof first === 'function') return decorate(first as Method<unknown, unknown[], unknown>, context, {});
  return (method: Method<unknown, unknown[], unknown>, given: unknown) =>
    decorate(method, given, first as AuditOptions<unknown, unknown[]>);
}

/** Wraps a function: the same, recorded. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export function audited<This, Args extends any[], Result>(
  method: Method<This, Args, Result>,
  options: AuditOptions<This, Args> = {},
): Method<This, Args, Result> {
  return wrap(method, options, () => method.name);
}

function decorate(
  method: Method<unknown, unknown[], unknown>,
  context: unknown,
  options: AuditOptions<unknown, unknown[]>,
): Method<unknown, unknown[], unknown> {
  const { name } = context as ClassMethodDecoratorContext;
  return wrap(method, { action: String(name), ...options }, nameClass);
}

/** A static method's `this` is the class itself. */
function nameClass(self: unknown): string {
  if (typeof self === 'function') return self.name;
  return (Object(self) as { constructor?: { name?: string } }).constructor?.name ?? 'Object';
}

// biome-ignore lint/suspicious/noExplicitAny: as above.
function wrap<This, Args extends any[], Result>(
  method: Method<This, Args, Result>,
  options: AuditOptions<This, Args>,
  nameModel: (self: This) => string,
): Method<This, Args, Result> {
  return new Proxy(method, {
    apply(target, self, args) {
      const call = attempt(() => describeCall(options, self, args as Args, nameModel(self), target.name));
      const started = performance.now();
      const tell = (outcome: string, error?: unknown): void =>
        attempt(() => record(options.trail, call, outcome, performance.now() - started, error));
      let result: Result;
      try {
        result = Reflect.apply(target, self, args) as Result;
      } catch (error) {
        tell('threw', error);
        throw error;
      }
      // Other thenables may begin to work only when they are asked (queries do), so they are not asked here.
      if (!types.isPromise(result)) {
        tell('returned');
        return result;
      }
      return result.then(
        (value) => {
          tell('resolved');
          return value;
        },
        (error: unknown) => {
          tell('rejected', error);
          throw error;
        },
      );
    },
  });
}

interface Call {
  readonly model: string;
  readonly id: RecordId;
  readonly action: string;
  readonly arguments: Values | undefined;
}

/** Before the call, which may change its arguments. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
function describeCall<This, Args extends any[]>(
  { model, action, id, parameters, mask = [] }: AuditOptions<This, Args>,
  self: This,
  args: Args,
  ownModel: string,
  ownName: string,
): Call {
  const unknown = mask.filter((name) => !parameters?.includes(name));
  const named = parameters
    ?.slice(0, args.length)
    .map((name, n) => [name, mask.includes(name) ? '<masked>' : new WrittenJson(args[n])] as const);
  return {
    model: model ?? ownModel,
    id: attempt(() => id?.(self, args)) ?? null,
    action: action ?? ownName,
    // A mask that fits no parameter was meant for one: then nothing of the arguments is told.
    arguments: named && unknown.length === 0 ? Object.fromEntries(named) : undefined,
  };
}

function record(
  trail: Trail | undefined,
  call: Call | undefined,
  outcome: string,
  durationMs: number,
  error: unknown,
): void {
  if (!call) return;
  const extra = {
    outcome,
    duration_ms: Math.round(durationMs * 1000) / 1000,
    arguments: call.arguments,
    error: error === undefined ? undefined : error instanceof Error ? error.name : typeof error,
  };
  const { model, id, action } = call;
  void (trail ?? findOpenTrail())?.recordAction({ model, id, action, extra }).catch(() => {});
}

/** What is audited goes on, whatever happens to its entry. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
