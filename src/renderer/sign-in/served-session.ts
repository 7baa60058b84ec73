/** The session with a server where people sign in: asked for before anything is drawn. */
import { CSRF_HEADER, type FirstAccount, SessionView, type SignIn } from '../../contract/account.ts';
import type { Reply } from '../../contract/api.ts';
import type { Client } from '../../contract/client.ts';
import type { Failure } from '../../contract/failure.ts';

const PATH = '/api/session';

/** Undefined where nobody has to sign in: in the desktop's window, and where the link was enough. */
export async function readSession(): Promise<SessionView | undefined> {
  try {
    const response = await fetch(PATH);
    return response.status === 200 ? SessionView.safeParse(await response.json()).data : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where it worked: the page is loaded anew with who is signed in. */
export function signIn(given: SignIn): Promise<Failure | undefined> {
  return send(PATH, given);
}

export function makeFirstAccount(given: FirstAccount): Promise<Failure | undefined> {
  return send('/api/first-account', given);
}

/** Ends the session; the page is loaded anew without it. */
export async function signOut({ csrf }: SessionView): Promise<void> {
  await fetch(PATH, { method: 'DELETE', headers: { [CSRF_HEADER]: csrf ?? '' } }).catch(() => undefined);
  location.reload();
}

/** Leaves the server that the desktop shows; the page is loaded anew with this machine. */
export async function leaveServer(client: Client): Promise<void> {
  await client.call('server.signOut', {});
  location.reload();
}

/** The token of the link that makes the first account; it is in the part of an address that no server sees. */
export function readFirstToken(): string | undefined {
  return new URLSearchParams(location.hash.slice(1)).get('first') ?? undefined;
}

async function send(path: string, body: unknown): Promise<Failure | undefined> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const reply = (await response.json()) as Reply<unknown>;
    if (!reply.ok) return { code: reply.failure.code, message: reply.failure.message };
    location.hash = '';
    location.reload();
    return undefined;
  } catch (error) {
    return { code: 'engine-stopped', message: String(error) };
  }
}
