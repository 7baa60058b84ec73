/** One entry, one POST, as OpenSPP's module sends it. */
import { readFileSync } from 'node:fs';
import {
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
  validateHeaderValue,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';

/** Why an entry did not arrive. */
export class PostError extends Error {
  override readonly name = 'PostError';
  /** The receiver refuses this very entry; others may arrive. */
  readonly isRefusal: boolean;
  /** When the receiver wants to be asked again. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    { isRefusal = false, retryAfterMs }: { isRefusal?: boolean; retryAfterMs?: number | undefined } = {},
  ) {
    super(message);
    this.isRefusal = isRefusal;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Bad request, too large, not this type, not to be processed. */
const REFUSALS = new Set([400, 413, 415, 422]);
const MAX_RETRY_AFTER_MS = 3_600_000;

export interface Endpoint {
  readonly url: string;
  /** The header's value, verbatim. */
  readonly authorization?: string | undefined;
  /** Certificates to trust in place of the system's, PEM. Read again after a failure: it may have been replaced. */
  readonly caFile?: string | undefined;
  /** From the connection to the answer's head. */
  readonly timeoutMs: number;
}

/** The body of an entry: the same JSON, with all that is not ASCII escaped as Python's `json.dumps` does. */
export function toAscii(line: string): string {
  return line.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export class Poster {
  readonly #endpoint: Endpoint;
  readonly #url: URL;
  readonly #agent: HttpAgent;
  #ca: Buffer | undefined;

  /** Throws where the URL or the header cannot be used; the message holds neither. */
  constructor(endpoint: Endpoint) {
    const url = URL.canParse(endpoint.url) ? new URL(endpoint.url) : undefined;
    if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
      throw new TypeError('the URL is not one of HTTP');
    try {
      validateHeaderValue('Authorization', endpoint.authorization ?? '');
    } catch (cause) {
      throw new TypeError('the Authorization header has characters that no header can have', { cause });
    }
    this.#endpoint = endpoint;
    this.#url = url;
    this.#agent = new (url.protocol === 'https:' ? HttpsAgent : HttpAgent)({ keepAlive: true });
  }

  /** Resolves once the receiver has answered 2xx; rejects with a PostError, never with a secret in its message. */
  async post(body: string): Promise<void> {
    const { status, retryAfter } = await this.#attempt(body).catch(async (error: Attempt) => {
      // The receiver closed a connection that it had kept open just as it was used again: that says nothing.
      if (!error.wasReused) throw new PostError(error.message);
      return this.#attempt(body).catch((again: Attempt) => {
        throw new PostError(again.message);
      });
    });
    if (status >= 200 && status < 300) return;
    throw new PostError(
      status >= 300 && status < 400
        ? `the endpoint redirects (${status}), which is not followed`
        : `the endpoint answered ${status}`,
      { isRefusal: REFUSALS.has(status), retryAfterMs: readRetryAfter(retryAfter) },
    );
  }

  close(): void {
    this.#agent.destroy();
  }

  #attempt(body: string): Promise<{ status: number; retryAfter: string | undefined }> {
    const { authorization, caFile, timeoutMs } = this.#endpoint;
    return new Promise((done, reject) => {
      try {
        if (caFile !== undefined) this.#ca ??= readFileSync(caFile);
      } catch (error) {
        reject({ message: describe(error as Error), wasReused: false } satisfies Attempt);
        return;
      }
      const request = (this.#url.protocol === 'https:' ? requestHttps : requestHttp)(this.#url, {
        method: 'POST',
        agent: this.#agent,
        ...(this.#ca ? { ca: this.#ca } : {}),
        headers: {
          'Content-Type': 'application/json',
          'X-OpenSPP-Audit': '1',
          ...(authorization ? { Authorization: authorization } : {}),
          'Content-Length': Buffer.byteLength(body),
        },
      });
      const timer = setTimeout(() => {
        request.destroy(new Error(`the endpoint did not answer within ${timeoutMs} ms`));
      }, timeoutMs);
      request.once('response', (response: IncomingMessage) => {
        // What the receiver has to say is not read; where it says it without end, the timeout cuts it off.
        response
          .resume()
          .once('close', () => clearTimeout(timer))
          .on('error', () => {});
        done({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        this.#ca = undefined;
        reject({
          message: describe(error),
          wasReused: request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE'),
        } satisfies Attempt);
      });
      request.end(body);
    });
  }
}

interface Attempt {
  readonly message: string;
  readonly wasReused: boolean;
}

/** A name with several addresses gives an error of errors, without a message of its own. */
function describe(error: Error): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : error.message;
}

/** Seconds or a date. */
function readRetryAfter(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}
