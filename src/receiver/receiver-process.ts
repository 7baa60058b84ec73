/** The receiver's process: started by whoever serves, and ended with it. */
import { FromReceiver, ToReceiver } from '../contract/receiver.ts';
import { type Receiver, startReceiver } from './receiver.ts';

/** In Electron a utility process has this in place of a child's channel. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}
const { parentPort } = process as { readonly parentPort?: ParentPort };

const STATUS_MS = 1000;

let receiver: Promise<Receiver> | undefined;
let telling: NodeJS.Timeout | undefined;

function tell(message: FromReceiver): void {
  const parsed = FromReceiver.parse(message);
  if (parentPort) parentPort.postMessage(parsed);
  // Whoever started it may be gone already.
  else if (process.connected) process.send?.(parsed);
}

async function start(options: Extract<ToReceiver, { kind: 'start' }>): Promise<void> {
  receiver = startReceiver({ ...options, notice: (text) => tell({ kind: 'notice', text }) });
  try {
    const { listeners, tls, tellStatus } = await receiver;
    tell({ kind: 'started', listeners: [...listeners], ...(tls && { tls }) });
    telling = setInterval(
      () => void tellStatus().then((status) => tell({ kind: 'status', status })),
      STATUS_MS,
    );
  } catch (error) {
    tell({ kind: 'failed', text: error instanceof Error ? error.message : String(error) });
  }
}

async function stop(): Promise<void> {
  clearInterval(telling);
  const started = await receiver?.catch(() => undefined);
  receiver = undefined;
  await started?.close();
  process.exit(0);
}

function hear(message: unknown): void {
  const parsed = ToReceiver.parse(message);
  if (parsed.kind === 'stop') void stop();
  else void start(parsed);
}

if (parentPort) parentPort.on('message', ({ data }) => hear(data));
else process.on('message', hear);
process.once('disconnect', () => void stop());
// The terminal's Ctrl+C reaches all its processes: whoever started this one says when it is to stop.
process.on('SIGINT', () => {});
process.once('SIGTERM', () => void stop());
