/**
 * A served instance, asked as its own pages ask it: the calls of the contract, with a session or a token. Whatever it
 * answers is held against the contract before anybody sees it, and no answer is followed elsewhere.
 */
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { CSRF_HEADER, SessionView } from '../../contract/account.ts';
import { type CallName, calls, type Reply } from '../../contract/api.ts';
import { Failure } from '../../contract/failure.ts';
import { createFailure, FailureError, readFailure } from '../../engine/base/failure.ts';
import { openAgent, unreachable } from './trusted-agent.ts';

/** What proves who asks. */
export type Credentials = { readonly name: string; readonly password: string } | { readonly token: string };

const MAX_REPLY_BYTES = 64 * 1024 * 1024;
/** Of the server's stream, which says every 15 s that it is still there. */
const SILENT_MS = 45_000;
const SIGN_OUT_MS = 2000;

interface Asked {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
}

export class FarServer {
  readonly origin: URL;
  /** Told once the server does not know whoever asks any more. */
  onEnd: () => void = () => {};
  readonly #agent: http.Agent;
  #cookie: string | undefined;
  #csrf: string | undefined;
  #token: string | undefined;

  constructor(origin: URL, pin: string | undefined) {
    this.origin = origin;
    this.#agent = openAgent(origin, pin);
  }

  /** Failures: those of the server's own sign-in, and of reaching it. */
  async signIn(as: Credentials): Promise<void> {
    if ('token' in as) {
      this.#token = as.token;
      return;
    }
    const response = await this.#send('/api/session', { method: 'POST', body: as });
    const reply = await this.#readReply(response, SessionView);
    if (!reply.ok) throw new FailureError(reply.failure);
    this.#csrf = reply.value.csrf ?? undefined;
  }

  /** Where it cannot be told any more, the session ends by itself. */
  async signOut(): Promise<void> {
    if (this.#token === undefined) {
      const told = this.#send('/api/session', { method: 'DELETE' }).then(
        (response) => void response.destroy(),
        () => {},
      );
      // Nobody waits for a server that is gone.
      await Promise.race([told, pause(SIGN_OUT_MS, undefined, { ref: false })]);
    }
    this.close();
  }

  /** Ends all that is under way; what is asked later connects anew. */
  close(): void {
    this.#agent.destroy();
  }

  async call(name: CallName, input: unknown): Promise<Reply<unknown>> {
    try {
      const response = await this.#send(`/api/call/${name}`, { method: 'POST', body: input });
      if (response.statusCode === 401 || response.statusCode === 403) {
        // A token's refusal says why.
        const refused = await this.#readReply(response, z.never()).catch(() => undefined);
        this.onEnd();
        if (refused && !refused.ok) return refused;
        return { ok: false, failure: { code: 'session-ended', message: 'the session has ended' } };
      }
      return await this.#readReply<unknown>(response, calls[name].output);
    } catch (error) {
      return { ok: false, failure: readFailure(error) ?? this.#tellBug(error) };
    }
  }

  /** Its events, until it ends them; undefined where nobody is signed in any more. */
  async openEvents(): Promise<IncomingMessage | undefined> {
    const response = await this.#send('/api/events', { method: 'GET' });
    if (response.statusCode === 401 || response.statusCode === 429) {
      const reply = await this.#readReply(response, z.never()).catch(() => undefined);
      if (reply && !reply.ok) throw new FailureError(reply.failure);
      return undefined;
    }
    this.#expect(response, 'text/event-stream');
    response.socket.setTimeout(SILENT_MS, () => response.destroy(new Error('the server is silent')));
    return response;
  }

  /** What a call has left to be fetched. */
  async openDownload(path: string): Promise<IncomingMessage> {
    if (!/^\/download\/[\w-]{1,100}$/.test(path)) throw this.#refuse('it gives no place for what it made');
    return this.#expect(await this.#send(path, { method: 'GET' }));
  }

  #send(path: string, { method, body }: Asked): Promise<IncomingMessage> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const { protocol, hostname, port } = this.origin;
    return new Promise((resolve, reject) => {
      const request = (protocol === 'http:' ? http : https).request({
        ...{ protocol, hostname, port, path, method, agent: this.#agent },
        headers: {
          ...(text !== undefined && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
          }),
          ...(this.#cookie !== undefined && { cookie: this.#cookie }),
          ...(this.#csrf !== undefined && { [CSRF_HEADER]: this.#csrf }),
          ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
        },
      });
      request.once('response', (response) => {
        const [set] = response.headers['set-cookie'] ?? [];
        if (set !== undefined) this.#cookie = set.split(';', 1)[0];
        resolve(response);
      });
      request.once('error', (error) => reject(readFailure(error) ? error : unreachable(this.origin, error)));
      request.end(text);
    });
  }

  async #readReply<T>(response: IncomingMessage, value: z.ZodType<T>): Promise<Reply<T>> {
    const { statusCode = 0 } = response;
    // A redirect would take the password or the session elsewhere.
    if (statusCode >= 300 && statusCode < 400) {
      response.destroy();
      throw this.#refuse('it redirects, which is not followed');
    }
    const text = await this.#readBounded(response);
    const Answer = z.union([
      z.strictObject({ ok: z.literal(true), value }),
      z.strictObject({ ok: z.literal(false), failure: Failure }),
    ]);
    const parsed = Answer.safeParse(parseJson(text));
    if (parsed.success) return parsed.data as Reply<T>;
    const [issue] = parsed.error.issues;
    throw this.#refuse(`its answer is not as the contract says: ${issue?.path.join('.') ?? ''}`);
  }

  async #readBounded(response: IncomingMessage): Promise<string> {
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_REPLY_BYTES) response.destroy(this.#refuse('its answer does not end'));
    });
    return readText(response).catch((error: unknown) => {
      throw readFailure(error) ? error : unreachable(this.origin, error);
    });
  }

  #expect(response: IncomingMessage, type = ''): IncomingMessage {
    const { statusCode, headers } = response;
    if (statusCode === 200 && headers['content-type']?.startsWith(type) === true) return response;
    response.destroy();
    throw this.#refuse(`it answered ${statusCode}`);
  }

  #refuse(message: string): Error {
    return createFailure('server-answers-otherwise', message, { subject: this.origin.origin });
  }

  #tellBug(error: unknown): Failure {
    return { code: 'internal', message: String(error) };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
