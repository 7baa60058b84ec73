/**
 * The one place that knows how calls leave the page: through the preload's bridge in the desktop window, over HTTP
 * and Server-Sent Events in a browser.
 */
import { CSRF_HEADER } from '../contract/account.ts';
import type { Reply } from '../contract/api.ts';
import type { Transport } from '../contract/client.ts';

declare global {
  interface Window {
    /** What the preload exposes; absent in a browser. */
    readonly unbroken?: Transport;
  }
}

/** What of the page the choice depends on; a test gives its own. */
export type Page = Pick<Window, 'unbroken'> & {
  readonly fetch: typeof fetch;
  readonly EventSource: typeof EventSource;
  readonly location: Pick<Location, 'reload'>;
};

/**
 * Gives the preload's bridge where there is one, else HTTP to the server the page came from. `csrf`: what the server told
 * whoever signed in; when it wants it no more, the page is loaded anew and they sign in again.
 */
export function chooseTransport(page: Page, csrf?: string): Transport {
  return page.unbroken ?? createHttpTransport(page, csrf);
}

/** A stream of events that does not open must not hold up calls for ever. */
const STREAM_WAIT_MS = 3000;

function createHttpTransport(page: Page, csrf: string | undefined): Transport {
  const listeners = new Set<(name: string, payload: unknown) => void>();
  let stream: EventSource | undefined;
  let opened: Promise<unknown> = Promise.resolve();

  // One stream for all: a browser opens six connections to a server, and each stream keeps one.
  function openStream(): EventSource {
    const opening = new page.EventSource('/api/events');
    opened = new Promise((resolve) => {
      opening.onopen = resolve;
      setTimeout(resolve, STREAM_WAIT_MS);
    });
    opening.onmessage = (message: MessageEvent<string>) => {
      const { name, payload } = JSON.parse(message.data) as { name: string; payload: unknown };
      for (const listener of listeners) listener(name, payload);
    };
    return opening;
  }

  return {
    call: async (name, input) => {
      // Else what a call sets in motion could be told before anybody hears it.
      await opened;
      return callOverHttp(page, csrf, { name, input });
    },
    on: (listener) => {
      listeners.add(listener);
      stream ??= openStream();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stream?.close();
        stream = undefined;
      };
    },
  };
}

async function callOverHttp(
  page: Page,
  csrf: string | undefined,
  { name, input }: { readonly name: string; readonly input: unknown },
): Promise<Reply<unknown>> {
  try {
    const response = await page.fetch(`/api/call/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(csrf !== undefined && { [CSRF_HEADER]: csrf }) },
      body: JSON.stringify(input),
    });
    if (response.status === 401 || response.status === 403) {
      if (csrf !== undefined) page.location.reload();
      return { ok: false, failure: { code: 'not-allowed', message: 'the session has ended' } };
    }
    return (await response.json()) as Reply<unknown>;
  } catch (error) {
    // No answer, or one that is not a reply: the server's process is gone or something else answers in its place.
    return { ok: false, failure: { code: 'engine-stopped', message: String(error) } };
  }
}
