/**
 * What a page of the desktop speaks to: this machine, or the server that is shown in its place. How a person wants to see
 * things stays on this machine, and so does what they do with servers; everything else is the server's.
 */
import type { Calls, Reply } from '../../contract/api.ts';
import { calls } from '../../contract/api.ts';
import type { Preferences } from '../../contract/preferences.ts';
import { createFailure, readFailure } from '../../engine/base/failure.ts';
import { AT_THE_MACHINE } from '../caller.ts';
import type { Host } from '../dispatch.ts';
import type { DocumentShell } from '../handle-document.ts';
import { bringDown } from './bring-down.ts';
import type { AppInfo, ServerDesk, Shown } from './server-desk.ts';

export interface ShowHostOptions {
  readonly local: Host;
  readonly desk: ServerDesk;
  readonly chooseTarget: DocumentShell['chooseTarget'];
}

/** The host, or the server, as a page sees it. */
export function showHost({ local, desk, chooseTarget }: ShowHostOptions): Pick<Host, 'call' | 'on'> {
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
      return fetchMade(await shown.server.call(name as keyof Calls, input), shown, chooseTarget);
    },
    on: (listener) => {
      const ends = [
        local.on((name, payload) => {
          if (!desk.shown) listener(name, payload);
          else if (name === 'preferences.changed')
            listener(name, { ...(payload as Preferences), recent: [] } satisfies Preferences);
        }),
        desk.on((name, payload) => {
          // Of the server's own preferences nothing is seen.
          if (name !== 'preferences.changed') listener(name as 'server.changed', payload);
        }),
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

/** A file that the server made is brought where the person wants it. */
async function fetchMade(
  reply: Reply<unknown>,
  { server }: Shown,
  chooseTarget: DocumentShell['chooseTarget'],
): Promise<Reply<unknown>> {
  if (!reply.ok) return reply;
  const { download } = (reply.value ?? {}) as { readonly download?: unknown };
  if (typeof download !== 'string') return reply;
  try {
    const file = await bringDown(server, download, chooseTarget);
    return { ok: true, value: { ...(reply.value as object), file, download: null } };
  } catch (error) {
    const failure = readFailure(error) ?? readFailure(createFailure('internal', String(error)));
    if (!failure) throw error;
    return { ok: false, failure };
  }
}
