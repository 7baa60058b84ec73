/**
 * The receiver's own starts, stops, heartbeats and losses, in the spool: from them a gap of its own making can be told
 * from one of the sender's.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Loss, nameSpoolFile, ReceiverMark, SPOOL_RECEIVER } from '../../contract/spool.ts';
import { type AppendFile, diskFiles, type FileLayer } from './file-layer.ts';

export interface ReceiverLogOptions {
  /** Of the spool. */
  readonly directory: string;
  readonly version: string;
  readonly files?: FileLayer;
  readonly now?: () => number;
}

type What = Omit<ReceiverMark, 'spool' | 'at'>;

export class ReceiverLog {
  readonly #options: ReceiverLogOptions;
  #open: { readonly day: string; readonly file: AppendFile } | undefined;
  /** When losses were last told. */
  #toldAt: string | undefined;
  /** One telling after the other. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: ReceiverLogOptions) {
    this.#options = options;
  }

  /** Says since when nothing was received, before anything is. */
  start(): Promise<void> {
    const downSince = findLastMark(join(this.#options.directory, SPOOL_RECEIVER))?.at;
    return this.#write(
      { receiver: 'start', ...(downSince && { downSince }), version: this.#options.version },
      [],
    );
  }

  /** With what was lost since the last one. */
  beat(losses: readonly Loss[] = []): Promise<void> {
    return this.#write({ receiver: 'heartbeat' }, losses);
  }

  async stop(losses: readonly Loss[] = []): Promise<void> {
    await this.#write({ receiver: 'stop' }, losses);
    await this.#open?.file.close();
    this.#open = undefined;
  }

  #write(what: What, losses: readonly Loss[]): Promise<void> {
    const next = this.#last.then(() => this.#append(what, losses));
    this.#last = next.catch(() => {});
    return next;
  }

  async #append(what: What, losses: readonly Loss[]): Promise<void> {
    const at = new Date((this.#options.now ?? Date.now)()).toISOString();
    const file = await this.#openDay(at.slice(0, 10));
    const since = this.#toldAt ?? at;
    const told = losses.map((loss): What => ({ receiver: 'loss', since, loss }));
    const lines = [...told, what].map(({ receiver, ...rest }) => {
      const mark: ReceiverMark = { spool: 1, receiver, at, ...rest };
      return `${JSON.stringify(mark)}\n`;
    });
    await file.append(Buffer.from(lines.join('')));
    await file.sync();
    this.#toldAt = at;
  }

  async #openDay(day: string): Promise<AppendFile> {
    if (this.#open?.day === day) return this.#open.file;
    await this.#open?.file.close();
    const path = join(this.#options.directory, SPOOL_RECEIVER, nameSpoolFile(day));
    const file = await (this.#options.files ?? diskFiles).openAppend(path);
    // What a crash left unfinished here is no entry of anybody's.
    if (file.sizeBytes > 0) await file.cut(readFileSync(path).lastIndexOf(0x0a) + 1);
    this.#open = { day, file };
    return file;
  }
}

function findLastMark(directory: string): ReceiverMark | undefined {
  if (!existsSync(directory)) return undefined;
  for (const name of readdirSync(directory).sort().reverse()) {
    for (const line of readFileSync(join(directory, name), 'utf8').split('\n').reverse()) {
      const mark = readMark(line);
      if (mark) return mark;
    }
  }
  return undefined;
}

function readMark(line: string): ReceiverMark | undefined {
  try {
    return ReceiverMark.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
