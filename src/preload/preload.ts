/**
 * Exposes `{call, on}` to the page and nothing else. The MessagePort to the engine stays on this side of the bridge;
 * when the engine's process ends, the next call asks for a new one.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Events, Reply } from '../contract/api.ts';
import type { Transport } from '../contract/client.ts';
import type { Failure } from '../contract/failure.ts';
import type { PortMessage, PortRequest } from '../contract/port.ts';

type Answer = (reply: Reply<unknown>) => void;

const pending = new Map<number, Answer>();
const listeners = new Set<(name: string, payload: unknown) => void>();
let connection: Promise<MessagePort> | undefined;
let lastId = 0;

function connect(): Promise<MessagePort> {
  connection ??= new Promise((resolve) => {
    ipcRenderer.once('engine.connected', ({ ports }) => {
      const port = ports[0] as MessagePort;
      port.onmessage = ({ data }: MessageEvent<PortMessage>) => receive(data);
      resolve(port);
    });
    ipcRenderer.send('engine.connect');
  });
  return connection;
}

function receive(message: PortMessage): void {
  if ('event' in message) tell(message.event, message.payload);
  else answer(message.id, message.reply);
}

function answer(id: number, reply: Reply<unknown>): void {
  pending.get(id)?.(reply);
  pending.delete(id);
}

function tell(name: string, payload: unknown): void {
  for (const listener of listeners) listener(name, payload);
}

ipcRenderer.on('engine.stopped', (_event, failure: Failure) => {
  connection = undefined;
  for (const id of [...pending.keys()]) answer(id, { ok: false, failure });
  tell('engine.stopped', { failure });
});

ipcRenderer.on('app.asked', (_event, asked: Events['app.asked']) => tell('app.asked', asked));

// A page cannot see where a dropped file lies; what it is told of are paths, as from a dialog.
window.addEventListener('drop', ({ dataTransfer }) => {
  const files = [...(dataTransfer?.files ?? [])];
  const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
  if (paths.length > 0) tell('app.asked', { command: 'open', paths } satisfies Events['app.asked']);
});

const transport: Transport = {
  call: async (name, input) => {
    const id = ++lastId;
    const reply = new Promise<Reply<unknown>>((resolve) => pending.set(id, resolve));
    const port = await connect();
    // Ended in the meantime: it is answered already, and the port leads nowhere.
    if (pending.has(id)) port.postMessage({ id, name, input } satisfies PortRequest);
    return reply;
  },
  on: (listener) => {
    // Events come with the connection, so whoever listens wants one.
    void connect();
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

contextBridge.exposeInMainWorld('unbroken', transport);
