/**
 * What a page of the desktop speaks to: this machine, or the server that is shown in its place. How a person wants to see
 * things stays on this machine, and so does what they do with servers; everything else is the server's.
 */
import { inspect } from 'node:util';
import { type CallName, calls, type EventName, type Reply } from '../../contract/api.ts';
import type { Mask } from '../../contract/mask.ts';
import type { Preferences } from '../../contract/preferences.ts';
import { createFailure, FailureError, readFailure } from '../../engine/base/failure.ts';
import { AT_THE_MACHINE } from '../caller.ts';
import type { Host } from '../dispatch.ts';
import type { DocumentShell } from '../documents/handle-document.ts';
import type { Handlers } from '../handlers.ts';
import { maskAnswers } from '../mask-answers.ts';
import { bringDown } from './bring-down.ts';
import type { AppInfo, ServerDesk, Shown } from './server-desk.ts';

export interface ShowHostOptions {
  readonly local: Host;
  readonly desk: ServerDesk;
  readonly chooseTarget: DocumentShell['chooseTarget'];
  /** What the person at this machine does not want to be shown. */
  readonly readMask: () => Mask;
}

/** The host, or the server, as a page sees it. */
export function showHost(options: ShowHostOptions): Pick<Host, 'call' | 'on'> {
  const { local, desk, chooseTarget } = options;
  const far = maskAnswers(askShown(desk), options.readMask);
  return {
    call: async (name, input) => {
      const { shown } = desk;
      const isSignIn = name === 'server.signIn';
      if (!shown || isLocal(name)) {
        const reply = await local.call(name, input);
        // What was open of this machine is not seen any more.
        if (isSignIn && reply.ok) await local.leave(AT_THE_MACHINE.session);
        return shown && name.startsWith('preferences.') ? withoutRecent(reply) : reply;
      }
      if (!Object.hasOwn(calls, name))
        return { ok: false, failure: { code: 'bad-request', message: 'there is no such call' } };
      if (name === 'app.info') return describeApp(await local.call(name, {}), shown);
      const ask = far[name as CallName] as (input: unknown) => unknown;
      return settle(async () => fetchMade(await ask(input), shown, chooseTarget));
    },
    on: (listener) => {
      const ends = [
        local.on((name, payload) => {
          if (!desk.shown) listener(name, payload);
          else if (name === 'preferences.changed')
            listener(name, { ...(payload as Preferences), recent: [] } satisfies Preferences);
        }),
        desk.on((name, payload) => listener(name as EventName, payload)),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

function isLocal(name: string): boolean {
  return /^(server|preferences|recent)\./.test(name) || name === 'app.licences' || name === 'app.log';
}

/** Paths that were opened here mean nothing there. */
function withoutRecent(reply: Reply<unknown>): Reply<unknown> {
  return reply.ok ? { ok: true, value: { ...(reply.value as Preferences), recent: [] } } : reply;
}

/** The app is this one; what there is to open, and who may, is the server's. */
function describeApp(reply: Reply<unknown>, { info }: Shown): Reply<unknown> {
  if (!reply.ok) return reply;
  const { startPaths, ownLog, account, shell } = info;
  return { ok: true, value: { ...(reply.value as AppInfo), startPaths, ownLog, account, shell } };
}

/** The server's calls as if they were answered here. */
function askShown(desk: ServerDesk): Handlers {
  const ask = (name: CallName) => async (input: unknown) => {
    if (!desk.shown) throw createFailure('session-ended', 'no server is shown any more');
    const reply = await desk.shown.server.call(name, input);
    if (!reply.ok) throw new FailureError(reply.failure);
    return reply.value;
  };
  const names = Object.keys(calls) as CallName[];
  return Object.fromEntries(names.map((name) => [name, ask(name)])) as unknown as Handlers;
}

/** What comes of it, as a reply; a bug crosses without its details. */
async function settle(work: () => Promise<unknown>): Promise<Reply<unknown>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const failure = readFailure(error);
    if (failure) return { ok: false, failure };
    process.stderr.write(`${inspect(error)}\n`);
    return { ok: false, failure: { code: 'internal', message: 'something went wrong beside the server' } };
  }
}

/** A file that the server made is brought where the person wants it. */
async function fetchMade(
  value: unknown,
  { server }: Shown,
  chooseTarget: DocumentShell['chooseTarget'],
): Promise<unknown> {
  const { download } = (value ?? {}) as { readonly download?: unknown };
  if (typeof download !== 'string') return value;
  const file = await bringDown(server, download, chooseTarget);
  return { ...(value as object), file, download: null };
}
