/** The receiver's process: started by whoever serves, and ended with it. */
import { FromReceiver, ToReceiver } from '../contract/receiver.ts';
import { type Receiver, startReceiver } from './receiver.ts';

let receiver: Promise<Receiver> | undefined;

function tell(message: FromReceiver): void {
  // Whoever started it may be gone already.
  if (process.connected) process.send?.(FromReceiver.parse(message));
}

async function stop(): Promise<void> {
  const started = await receiver?.catch(() => undefined);
  receiver = undefined;
  await started?.close();
  process.exit(0);
}

process.on('message', (message) => {
  const parsed = ToReceiver.parse(message);
  if (parsed.kind === 'stop') return void stop();
  receiver = startReceiver({ ...parsed, notice: (text) => tell({ kind: 'notice', text }) });
  receiver.then(
    ({ url }) => tell({ kind: 'started', http: url }),
    (error: unknown) => {
      tell({ kind: 'failed', text: String(error) });
      process.exitCode = 2;
      process.disconnect();
    },
  );
});
process.once('disconnect', () => void stop());
// The terminal's Ctrl+C reaches all its processes: whoever started this one says when it is to stop.
process.on('SIGINT', () => {});
process.once('SIGTERM', () => void stop());
