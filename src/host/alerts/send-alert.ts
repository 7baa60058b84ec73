/** An alert on its way out: as a POST, and as the input of a program. What does not get through is tried again, and told. */
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Alert, AlertSettings } from '../../contract/alert.ts';

export interface SenderOptions {
  readonly settings: Pick<AlertSettings, 'webhook' | 'command'>;
  /** Told of an alert that was given up, and why. */
  readonly notice: (text: string) => void;
  /** The wait after a first failure, doubled each time; 1 s. */
  readonly retryMs?: number;
}

const ATTEMPTS = 8;
const COMMAND_MS = 60_000;
/** So many wait for one that does not get through; more are given up. */
const MAX_WAITING = 50;

/** Sends alerts in their order. */
export class AlertSender {
  readonly #options: SenderOptions;
  readonly #closing = new AbortController();
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  send(alert: Alert): void {
    const ways = listWays(this.#options.settings, alert, this.#closing.signal).map(({ send }) => send);
    if (ways.length === 0) return;
    if (this.#waiting >= MAX_WAITING) {
      this.#giveUp(alert, new Error('too many wait'));
      return;
    }
    this.#waiting++;
    this.#last = this.#last
      .then(() => Promise.all(ways.map((way) => this.#attempt(alert, way))))
      .finally(() => this.#waiting--);
  }

  /** Resolves when all has been sent, or given up. */
  settle(): Promise<unknown> {
    return this.#last;
  }

  /** Gives up what is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#last;
  }

  async #attempt(alert: Alert, way: () => Promise<void>): Promise<void> {
    const { signal } = this.#closing;
    let waitMs = this.#options.retryMs ?? 1000;
    for (let attempt = 1; ; attempt++, waitMs *= 2) {
      try {
        return await way();
      } catch (error) {
        if (attempt === ATTEMPTS || signal.aborted) return this.#giveUp(alert, error);
        await pause(waitMs, undefined, { signal, ref: false }).catch(() => {});
      }
    }
  }

  #giveUp(alert: Alert, error: unknown): void {
    this.#options.notice(`could not tell "${alert.text}": ${tellWhy(error)}`);
  }
}

/** Sends an alert each way once; says of each why it did not get through. */
export function tryWays(
  settings: SenderOptions['settings'],
  alert: Alert,
): Promise<{ way: 'webhook' | 'command'; failed: string | null }[]> {
  const ways = listWays(settings, alert, new AbortController().signal);
  return Promise.all(
    ways.map(async ({ way, send }) => ({
      way,
      failed: await send().then(() => null, tellWhy),
    })),
  );
}

interface Way {
  readonly way: 'webhook' | 'command';
  send(): Promise<void>;
}

function listWays({ webhook, command }: SenderOptions['settings'], alert: Alert, signal: AbortSignal): Way[] {
  return [
    ...(webhook ? [{ way: 'webhook' as const, send: () => post(webhook, alert, signal) }] : []),
    ...(command ? [{ way: 'command' as const, send: () => run(command, alert, signal) }] : []),
  ];
}

function tellWhy(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return error instanceof Error ? error.message + cause : String(error);
}

async function post(
  { url, authorization, timeoutMs }: NonNullable<AlertSettings['webhook']>,
  alert: Alert,
  signal: AbortSignal,
): Promise<void> {
  const { status, body } = await fetch(url, {
    method: 'POST',
    // It would drop the body, or show the header to somebody else.
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify(alert),
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
  await body?.cancel();
  if (status >= 300 && status < 400)
    throw new Error(`the webhook redirects (${status}), which is not followed`);
  if (status < 200 || status >= 300) throw new Error(`the webhook answered ${status}`);
}

function run([program = '', ...args]: readonly string[], alert: Alert, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['pipe', 'ignore', 'ignore'],
      windowsHide: true,
      signal,
      timeout: COMMAND_MS,
      killSignal: 'SIGKILL',
    });
    child.once('error', reject);
    child.once('close', (code, by) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${by ?? code}`)),
    );
    // A program that does not read has ended well all the same.
    child.stdin.on('error', () => {});
    child.stdin.end(`${JSON.stringify(alert)}\n`);
  });
}
