import { expect, test, vi } from 'vitest';
import { chooseTransport, type Page } from '../../src/renderer/transport.ts';

class FakeEventSource {
  static all: FakeEventSource[] = [];
  onopen: (() => void) | undefined;
  onmessage: ((message: { data: string }) => void) | undefined;
  closed = false;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    FakeEventSource.all.push(this);
  }

  close(): void {
    this.closed = true;
  }
}

function makePage(answer: () => Promise<Response>): { page: Page; fetch: ReturnType<typeof vi.fn> } {
  FakeEventSource.all = [];
  const fetch = vi.fn(answer);
  return { page: { fetch, EventSource: FakeEventSource } as unknown as Page, fetch };
}

test('in the desktop window the preload’s bridge is taken', () => {
  const bridge = { call: vi.fn(), on: vi.fn() };
  const { page } = makePage(async () => new Response('{}'));
  expect(chooseTransport({ ...page, unbroken: bridge })).toBe(bridge);
});

test('in a browser a call is a POST with JSON', async () => {
  const { page, fetch } = makePage(async () => Response.json({ ok: true, value: 7 }));
  await expect(chooseTransport(page).call('app.info', { a: 1 })).resolves.toEqual({ ok: true, value: 7 });
  expect(fetch).toHaveBeenCalledWith('/api/call/app.info', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"a":1}',
  });
});

const broken: [what: string, answer: () => Promise<Response>, code: string][] = [
  ['no server', async () => Promise.reject(new TypeError('fetch failed')), 'engine-stopped'],
  ['an answer that is no reply', async () => new Response('<html>'), 'engine-stopped'],
  ['a session that has ended', async () => new Response('open the link', { status: 401 }), 'not-allowed'],
];
test.each(broken)('%s is a failure with a code', async (_what, answer, code) => {
  const { page } = makePage(answer);
  await expect(chooseTransport(page).call('app.info', {})).resolves.toMatchObject({
    ok: false,
    failure: { code },
  });
});

test('whoever signed in sends back what the page was told, and signs in again when that is over', async () => {
  const answers = [Response.json({ ok: true, value: 7 }), new Response('sign in first', { status: 401 })];
  const { page, fetch } = makePage(async () => answers.shift() ?? Response.error());
  const reload = vi.fn();
  const transport = chooseTransport({ ...page, location: { reload } }, 'told');
  await transport.call('app.info', {});
  expect(fetch.mock.calls[0]?.[1]).toMatchObject({ headers: { 'x-csrf-token': 'told' } });
  expect(reload).not.toHaveBeenCalled();
  expect(await transport.call('app.info', {})).toMatchObject({ failure: { code: 'not-allowed' } });
  expect(reload).toHaveBeenCalledOnce();
});

test('all listeners share one stream of events, closed with the last', () => {
  const { page } = makePage(async () => new Response('{}'));
  const transport = chooseTransport(page);
  const heard: unknown[] = [];
  const ends = [1, 2].map(() => transport.on((name, payload) => heard.push([name, payload])));
  expect(FakeEventSource.all.map(({ url }) => url)).toEqual(['/api/events']);
  FakeEventSource.all[0]?.onmessage?.({ data: '{"name":"workspace.checked","payload":{"workspace":"w"}}' });
  expect(heard).toEqual(Array.from({ length: 2 }, () => ['workspace.checked', { workspace: 'w' }]));
  ends[0]?.();
  expect(FakeEventSource.all[0]?.closed).toBe(false);
  ends[1]?.();
  expect(FakeEventSource.all[0]?.closed).toBe(true);
});

test('a call waits until events can be heard, so that none of its effects is missed', async () => {
  const { page, fetch } = makePage(async () => Response.json({ ok: true, value: 1 }));
  const transport = chooseTransport(page);
  transport.on(() => undefined);
  const reply = transport.call('workspace.open', {});
  await Promise.resolve();
  expect(fetch).not.toHaveBeenCalled();
  FakeEventSource.all[0]?.onopen?.();
  await reply;
  expect(fetch).toHaveBeenCalledOnce();
});
