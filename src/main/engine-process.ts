/** Entry of the engine's process: the host, served to each page over a port of its own. */
import { inspect } from 'node:util';
import type { Failure } from '../contract/failure.ts';
import { makeMask } from '../contract/mask.ts';
import { type PortMessage, PortRequest } from '../contract/port.ts';
import { listReportCauses } from '../host/alerts/list-causes.ts';
import { createHost } from '../host/dispatch.ts';
import { readPreferences } from '../host/keep-preferences.ts';
import { type ReceiverAsked, reachReceiver } from '../host/receiver/far-receiver.ts';
import { ServerDesk } from '../host/servers/server-desk.ts';
import { showHost } from '../host/servers/show-host.ts';
import type { EngineStart, ToEngine, ToMain } from './engine-start.ts';

const { parentPort } = process;
const start = JSON.parse(process.argv[2] ?? '') as EngineStart;

/** Dialogs that main shows for us at this moment. */
const choosing = new Map<number, (paths: string[]) => void>();
let lastId = 0;

/** What main does at this moment for documents, and to its receiver. */
const asked = new Map<number, (answer: unknown) => void>();

type Asked =
  | { type: 'target'; name: string }
  | { type: 'print'; html: string }
  | { type: 'receiver'; asked: ReceiverAsked };

function ask(message: Asked): Promise<unknown> {
  return new Promise((resolve) => {
    const id = ++lastId;
    asked.set(id, resolve);
    parentPort.postMessage({ ...message, id } satisfies ToMain);
  });
}

const receiver = reachReceiver(
  async (asked) => (await ask({ type: 'receiver', asked })) as Failure | undefined,
);

const chooseTarget = async (name: string): Promise<string | undefined> =>
  (await ask({ type: 'target', name })) as string | undefined;
const desk = new ServerDesk(start.configDirectory);

const host = createHost({
  ...start,
  servers: desk,
  shell: 'desktop',
  chooseSource: (what) =>
    new Promise((resolve) => {
      const id = ++lastId;
      choosing.set(id, resolve);
      parentPort.postMessage({ type: 'choose', id, what } satisfies ToMain);
    }),
  onReport: (report, paths) =>
    parentPort.postMessage({ type: 'checked', paths, found: listReportCauses(report) } satisfies ToMain),
  onPreferences: (preferences) =>
    parentPort.postMessage({ type: 'preferences', preferences } satisfies ToMain),
  onAlertChoice: () => parentPort.postMessage({ type: 'alert-choice' } satisfies ToMain),
  receiver: {
    kept: receiver.kept,
    onChoice: () => parentPort.postMessage({ type: 'receiver-choice' } satisfies ToMain),
  },
  documentShell: {
    chooseTarget,
    printPdf: async (html) => {
      const pdf = await ask({ type: 'print', html });
      if (pdf instanceof Uint8Array) return pdf;
      throw new Error('the window made no PDF');
    },
  },
  logBug: (error) => process.stderr.write(`${inspect(error)}\n`),
});

/** What pages see: this machine, or a server. */
const shown = showHost({
  ...{ local: host, desk, chooseTarget },
  readMask: () => makeMask(readPreferences(start.configDirectory).settings),
});

parentPort.on('message', ({ data, ports: [port] }) => {
  const message = data as ToEngine;
  if (message.type === 'connect' && port) servePage(port);
  if (message.type === 'chosen') {
    choosing.get(message.id)?.([...message.paths]);
    choosing.delete(message.id);
  }
  if (message.type === 'answered') {
    asked.get(message.id)?.(message.answer);
    asked.delete(message.id);
  }
  if (message.type === 'receiver') receiver.hear(message.told);
  if (message.type === 'close') void Promise.all([desk.close(), host.close()]).finally(() => process.exit());
});

/** Answers a page's calls and tells it the events, until it is gone. */
function servePage(port: Electron.MessagePortMain): void {
  const tell = (message: PortMessage): void => port.postMessage(message);
  port.on('message', async ({ data }) => {
    const request = PortRequest.safeParse(data);
    if (!request.success) return;
    const { id, name, input } = request.data;
    tell({ id, reply: await shown.call(name, input) });
  });
  port.once(
    'close',
    shown.on((event, payload) => tell({ event, payload })),
  );
  port.start();
}
