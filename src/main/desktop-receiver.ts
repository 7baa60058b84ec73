/** The receiver of the desktop app: kept by the main process, so that it outlives the window and the engine. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { utilityProcess } from 'electron';
import { findReceiverData, readReceiverChoice } from '../host/receiver/keep-choice.ts';
import { type KeptReceiver, keepReceiver, type SpawnReceiver } from '../receiver/keep-receiver.ts';

export interface DesktopReceiver {
  readonly kept: KeptReceiver;
  /** Starts it as the person chose. Failure: `receiver-not-started`. */
  start(): Promise<void>;
}

export interface DesktopReceiverOptions {
  readonly dataDirectory: string;
  readonly configDirectory: string;
  readonly nativeBinding: string | undefined;
}

/** Nothing is started yet. */
export function openDesktopReceiver(options: DesktopReceiverOptions): DesktopReceiver {
  const { dataDirectory, configDirectory, nativeBinding } = options;
  const kept = keepReceiver(spawn);
  return {
    kept,
    start: async () => {
      const choice = readReceiverChoice(configDirectory);
      const data = findReceiverData(choice, dataDirectory);
      mkdirSync(data, { recursive: true, mode: 0o700 });
      await kept.start({ data, settings: choice.settings, nativeBinding });
    },
  };
}

/** The packed app's executable runs no script but ours, in a utility process. */
const spawn: SpawnReceiver = ({ message, exit }) => {
  const child = utilityProcess.fork(join(import.meta.dirname, 'receiver-process.js'), [], {
    serviceName: 'Unbroken receiver',
  });
  child.on('message', message);
  child.once('exit', (code) => exit(String(code)));
  return { send: (said) => child.postMessage(said), kill: () => void child.kill() };
};
