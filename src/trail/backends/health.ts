/**
 * How a backend does: its counts, its outage, and a small file that tells other processes of its failures.
 *
 * The file, `<backend>.status.json`, is replaced whole: `{backend, updated, outages: [{pid, since, until, failures, lost,
 * message}]}`, the latest last, `until` null while it lasts. Several processes share it without a lock; where two
 * replace it at once, one of their outages is told at its next failure. It holds no secret.
 */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackendName, BackendState } from '../backend.ts';

interface Outage {
  readonly since: string;
  message: string;
  failures: number;
  lost: number;
}

interface ToldOutage extends Outage {
  readonly pid: number;
  readonly until: string | null;
}

const MAX_OUTAGES = 20;
const MAX_MESSAGE = 300;
/** An outage that lasts is told anew at most this often. */
const TELL_EVERY_MS = 10_000;

export interface HealthOptions {
  /** Where the status file goes; none is written where this is left out. */
  readonly statusFolder?: string | undefined;
  /** Texts that no message may contain. */
  readonly secrets?: readonly string[];
}

/** Where the status file of a backend lies. */
export function statusFileOf(folder: string, name: BackendName): string {
  return join(folder, `${name}.status.json`);
}

export class Health {
  readonly #name: BackendName;
  readonly #file: string | undefined;
  readonly #secrets: readonly string[];
  #written = 0;
  #lost = 0;
  #outage: Outage | undefined;
  #toldMs = Number.NEGATIVE_INFINITY;
  #telling: Promise<void> = Promise.resolve();

  constructor(name: BackendName, { statusFolder, secrets = [] }: HealthOptions = {}) {
    this.#name = name;
    this.#file = statusFolder === undefined ? undefined : statusFileOf(statusFolder, name);
    this.#secrets = secrets.filter((secret) => secret !== '');
  }

  /** The receiving side works: `written` entries more have arrived. */
  succeed(written = 1): void {
    this.#written += written;
    const ended = this.#outage;
    if (!ended) return;
    this.#outage = undefined;
    this.#tell(ended, new Date().toISOString());
  }

  /** One attempt failed; `lost` entries will not be tried again. Gives the error as it may be shown. */
  fail(error: unknown, lost = 0): Error {
    const message = this.#describe(error);
    this.#lost += lost;
    this.#outage ??= { since: new Date().toISOString(), message, failures: 0, lost: 0 };
    this.#outage.message = message;
    this.#outage.failures++;
    this.#outage.lost += lost;
    const isNew = this.#outage.failures === 1;
    if (isNew || performance.now() - this.#toldMs > TELL_EVERY_MS) this.#tell(this.#outage, null);
    return new Error(message);
  }

  state(waiting: number): BackendState {
    const { since, message, failures } = this.#outage ?? {};
    return {
      name: this.#name,
      written: this.#written,
      lost: this.#lost,
      waiting,
      ...(since === undefined || message === undefined || failures === undefined
        ? {}
        : { outage: { since, message, failures } }),
    };
  }

  /** Resolves when the status file says what is the case. */
  async settle(): Promise<void> {
    if (this.#outage) this.#tell(this.#outage, null);
    await this.#telling;
  }

  #describe(error: unknown): string {
    const first = error instanceof AggregateError && error.message === '' ? error.errors[0] : error;
    let message = first instanceof Error ? first.message : String(first);
    for (const secret of this.#secrets) message = message.replaceAll(secret, '<secret>');
    return message.slice(0, MAX_MESSAGE);
  }

  /** A status file that cannot be written is nobody's failure: `state` tells the same. */
  #tell(outage: Outage, until: string | null): void {
    const file = this.#file;
    if (file === undefined) return;
    this.#toldMs = performance.now();
    const told: ToldOutage = { pid: process.pid, until, ...outage };
    this.#telling = this.#telling.then(() => replaceStatus(file, this.#name, told)).catch(() => {});
  }
}

async function replaceStatus(file: string, backend: BackendName, told: ToldOutage): Promise<void> {
  const others = (await readOutages(file)).filter(
    ({ pid, since }) => pid !== told.pid || since !== told.since,
  );
  const outages = [...others, told].slice(-MAX_OUTAGES);
  const status = { backend, updated: new Date().toISOString(), outages };
  const draft = `${file}.${process.pid}`;
  await mkdir(join(file, '..'), { recursive: true, mode: 0o750 });
  try {
    await writeFile(draft, `${JSON.stringify(status, undefined, 1)}\n`, { mode: 0o640 });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Anybody may have written that file: what it does not hold is left out. */
async function readOutages(file: string): Promise<ToldOutage[]> {
  try {
    const { outages } = JSON.parse(await readFile(file, 'utf8')) as { outages?: ToldOutage[] };
    return Array.isArray(outages) ? outages.filter((told) => typeof told?.since === 'string') : [];
  } catch {
    return [];
  }
}
