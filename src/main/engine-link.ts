/**
 * Keeps the engine's process: started when a page first asks, started anew after it ended, closed with the app.
 * Pages speak to it over ports of their own; main only hands these out.
 */
import { join } from 'node:path';
import { inspect } from 'node:util';
import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebFrameMain } from 'electron';
import type { Failure } from '../contract/failure.ts';
import type { Preferences } from '../contract/preferences.ts';
import type { Cause } from '../host/alerts/decide-alerts.ts';
import { answerAsked } from '../host/receiver/far-receiver.ts';
import type { KeptReceiver, ReceiverTold } from '../receiver/keep-receiver.ts';
import type { EngineStart, SourceKind, ToEngine, ToMain } from './engine-start.ts';

/** How long the engine may take to end what it is committing. */
const CLOSE_MS = 5000;

export interface EngineLink {
  /** Gives a page its port to the engine. */
  connect(page: WebFrameMain): void;
  /** Ends the engine's process in good order; resolves when it is gone. */
  close(): Promise<void>;
}

export interface EngineLinkOptions {
  readonly start: EngineStart;
  choose(what: SourceKind): Promise<readonly string[]>;
  onPreferences(preferences: Preferences): void;
  chooseTarget(name: string): Promise<string | undefined>;
  printPdf(html: string): Promise<Uint8Array>;
  /** It outlives the engine's process, which is told of it. */
  readonly receiver: KeptReceiver;
  onReceiverChoice(): void;
  onAlertChoice(): void;
  onChecked(paths: readonly string[], found: readonly Cause[]): void;
}

/** Opens the link; no process is started yet. */
export function openEngineLink({
  start,
  choose,
  onPreferences,
  chooseTarget,
  printPdf,
  receiver,
  onReceiverChoice,
  onAlertChoice,
  onChecked,
}: EngineLinkOptions): EngineLink {
  let engine: UtilityProcess | undefined;
  const pages = new Set<WebFrameMain>();

  function startEngine(): UtilityProcess {
    const started = utilityProcess.fork(
      join(import.meta.dirname, 'engine-process.js'),
      [JSON.stringify(start)],
      {
        serviceName: 'Unbroken engine',
      },
    );
    started.on('message', async (message: ToMain) => {
      if (message.type === 'preferences') return onPreferences(message.preferences);
      if (message.type === 'receiver-choice') return onReceiverChoice();
      if (message.type === 'alert-choice') return onAlertChoice();
      if (message.type === 'checked') return onChecked(message.paths, message.found);
      if (message.type === 'receiver') {
        const answer = await answerAsked(receiver, message.asked);
        return started.postMessage({ type: 'answered', id: message.id, answer } satisfies ToEngine);
      }
      if (message.type === 'target' || message.type === 'print') {
        const answer = await (message.type === 'target'
          ? chooseTarget(message.name)
          : printPdf(message.html)
        ).catch(
          // The engine says that it did not work; why is for whoever reads the app's output.
          (error: unknown) => void process.stderr.write(`${inspect(error)}\n`),
        );
        return started.postMessage({ type: 'answered', id: message.id, answer } satisfies ToEngine);
      }
      const { id, what } = message;
      started.postMessage({ type: 'chosen', id, paths: await choose(what) } satisfies ToEngine);
    });
    const tell = (told: ReceiverTold): void =>
      started.postMessage({ type: 'receiver', told } satisfies ToEngine);
    tell({ state: receiver.state });
    const leave = receiver.on(tell);
    started.once('exit', (code) => {
      leave();
      engine = undefined;
      const failure: Failure = {
        code: 'engine-stopped',
        message: `the engine's process ended with code ${code}`,
      };
      for (const page of pages) if (!page.isDestroyed()) page.send('engine.stopped', failure);
      pages.clear();
    });
    return started;
  }

  return {
    connect(page) {
      engine ??= startEngine();
      const { port1, port2 } = new MessageChannelMain();
      engine.postMessage({ type: 'connect' } satisfies ToEngine, [port1]);
      page.postMessage('engine.connected', null, [port2]);
      pages.add(page);
    },
    async close() {
      const closing = engine;
      if (closing === undefined) return;
      pages.clear();
      const gone = new Promise<void>((resolve) => closing.once('exit', () => resolve()));
      const timer = setTimeout(() => closing.kill(), CLOSE_MS);
      closing.postMessage({ type: 'close' } satisfies ToEngine);
      await gone;
      clearTimeout(timer);
    },
  };
}
