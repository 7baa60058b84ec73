/** Asks a host of a test as a page does. */
import type { Calls } from '../../src/contract/api.ts';
import { createClient } from '../../src/contract/client.ts';
import type { Host } from '../../src/host/dispatch.ts';
import { days } from './host-options.ts';

export type Ask = <N extends keyof Calls>(name: N, input: Calls[N]['input']) => Promise<Calls[N]['output']>;

/** Asks the host that there is when something is asked; throws the code of a failure. */
export function askOf(findHost: () => Host): Ask {
  return async (name, input) => {
    const reply = await createClient({ call: findHost().call, on: () => () => {} }).call(name, input);
    if (!reply.ok) throw new Error(reply.failure.code);
    return reply.value;
  };
}

/** Opens the sample, and gives its workspace once it is checked. */
export async function openDays(host: Host): Promise<string> {
  const ended = new Promise((done) => host.on((name) => name === 'workspace.checked' && done(undefined)));
  const { workspace } = await askOf(() => host)('workspace.open', { paths: [days] });
  await ended;
  return workspace;
}
