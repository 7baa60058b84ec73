import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { AT_THE_MACHINE } from '../../src/host/caller.ts';
import type { Host } from '../../src/host/dispatch.ts';
import { addScreens } from '../../src/host/serve/screen-routes.ts';

test('a page that does not read its events is left before they fill the memory', async () => {
  const app = fastify();
  const listening = Promise.withResolvers<Parameters<Host['on']>[0]>();
  let isLeft = false;
  const host = {
    on: (listener) => {
      listening.resolve(listener);
      return () => {
        isLeft = true;
      };
    },
  } as Partial<Host> as Host;
  await addScreens(app, {
    ...{ host, rendererDirectory: import.meta.dirname, mayAsk: [] },
    ...{ identify: () => AT_THE_MACHINE, mayListen: () => true },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const page = connect((app.server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {});
  await once(page.pause(), 'connect');
  page.write('GET /api/events HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
  const tell = await listening.promise;
  for (let n = 0; n < 100 && !isLeft; n++) {
    tell('workspace.progressed', 'x'.repeat(1024 * 1024));
    await pause(1);
  }
  expect(isLeft).toBe(true);
  page.destroy();
  await app.close();
});
