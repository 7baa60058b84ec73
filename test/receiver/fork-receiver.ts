/** A receiver for tests as a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { FromReceiver, ReceiverSettings, type ToReceiver } from '../../src/contract/receiver.ts';

const entryFile = join(import.meta.dirname, '..', '..', 'src', 'receiver', 'receiver-process.ts');

/** Starts one, which the caller ends; `url` when it listens. */
export function forkReceiver(data: string): { readonly child: ChildProcess; readonly url: Promise<string> } {
  const child = fork(entryFile, { execArgv: [] });
  const settings = ReceiverSettings.parse({ http: { address: '127.0.0.1:0' } });
  child.send({ kind: 'start', data, settings } satisfies ToReceiver);
  const hear = async (): Promise<string> => {
    for (;;) {
      const [raw] = await once(child, 'message');
      const message = FromReceiver.parse(raw);
      if (message.kind === 'started') return `http://${message.listeners[0]?.address}`;
      if (message.kind === 'failed') throw new Error(message.text);
    }
  };
  return { child, url: hear() };
}
