/**
 * The one place that knows how calls leave the page: through the preload's bridge in the desktop window, over HTTP
 * and Server-Sent Events in a browser.
 */
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
};

/** Gives the preload's bridge where there is one, else HTTP to the server the page came from. */
export function chooseTransport(page: Page): Transport {
  return page.unbroken ?? createHttpTransport(page);
}

function createHttpTransport(page: Page): Transport {
  return {
    call: (name, input) => callOverHttp(page, name, input),
    on: (listener) => {
      const stream = new page.EventSource('/api/events');
      stream.onmessage = (message: MessageEvent<string>) => {
        const { name, payload } = JSON.parse(message.data) as { name: string; payload: unknown };
        listener(name, payload);
      };
      return () => stream.close();
    },
  };
}

async function callOverHttp(page: Page, name: string, input: unknown): Promise<Reply<unknown>> {
  try {
    const response = await page.fetch(`/api/call/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return (await response.json()) as Reply<unknown>;
  } catch (error) {
    // No answer, or one that is not a reply: the server's process is gone or something else answers in its place.
    return { ok: false, failure: { code: 'engine-stopped', message: String(error) } };
  }
}
