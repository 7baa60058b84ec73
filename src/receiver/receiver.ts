/**
 * The receiver: what comes by any transport goes to the spool, and an answer goes back. It knows nothing of the engine,
 * which reads the spool like any other log.
 */
import { join } from 'node:path';
import type { ReceiverSettings } from '../contract/receiver.ts';
import type { Listener, ReceiverCertificate, ReceiverStatus } from '../contract/receiver-status.ts';
import { version } from '../engine/base/version.ts';
import { serveIngest } from './http/serve-ingest.ts';
import { LiveStatus } from './live-status.ts';
import { lockDirectory } from './lock-directory.ts';
import { LossTally } from './loss-tally.ts';
import { Metrics } from './metrics.ts';
import { SenderBook } from './senders/sender-book.ts';
import { ReceiverLog } from './spool/receiver-log.ts';
import { retainDays } from './spool/retain-days.ts';
import { openSpool } from './spool/spool.ts';
import { serveSyslog } from './syslog/serve-syslog.ts';
import { readTls } from './tls/read-tls.ts';

export interface ReceiverOptions {
  /** The data directory: `spool` and `receiver` are in it. */
  readonly data: string;
  readonly settings: ReceiverSettings;
  readonly nativeBinding?: string | undefined;
  /** Told what its log should say. */
  readonly notice: (text: string) => void;
}

export interface Receiver {
  /** Where it listens, HTTP first. */
  readonly listeners: readonly Listener[];
  readonly tls?: ReceiverCertificate | undefined;
  /** How it stands; its rate is that since the last time it was asked. */
  tellStatus(): Promise<ReceiverStatus>;
  /** Answers what is under way, writes what waits, and says in the spool that it stopped. */
  close(): Promise<void>;
}

const HEARTBEAT_MS = 60_000;
/** A sender that was added, changed or revoked, and a new certificate, are known after this. */
const REFRESH_MS = 1000;

/** Starts it; resolves when it listens. Failure: `bad-request`, also where another is at work in the directory. */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const lock = lockDirectory(options.data, options.nativeBinding);
  try {
    const receiver = await startAlone(options);
    return { ...receiver, close: () => receiver.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function startAlone(options: ReceiverOptions): Promise<Receiver> {
  const { data, settings, notice } = options;
  const { keepDays: days, keepBytes: maxBytes, ...limits } = settings.spool;
  const directory = join(data, 'spool');
  const senders = new SenderBook(data);
  const { spool, state } = openSpool({
    ...limits,
    directory,
    indexFile: join(data, 'receiver', 'index.sqlite'),
    nativeBinding: options.nativeBinding,
    onTrouble: (what, error) => notice(`the spool: ${what}: ${String(error)}`),
  });
  for (const { file, bytes, keptIn } of state.cut)
    notice(`an unfinished end of ${bytes} bytes was cut off ${file}, and is in ${keptIn}`);
  if (state.damagedLines > 0) notice(`${state.damagedLines} lines of the spool are damaged, and were left`);
  const log = new ReceiverLog({ directory, version });
  await log.start();
  const metrics = new Metrics();
  const losses = new LossTally(metrics);
  const isSecure = settings.http.tls || settings.syslog.tls !== undefined;
  const tls = isSecure ? await readTls(settings.tls, data, notice) : undefined;
  const live = new LiveStatus(metrics);
  const watched = live.watch(spool);
  const ingest = await serveIngest({
    settings: settings.http,
    spool: watched,
    senders,
    metrics,
    tls: settings.http.tls ? tls : undefined,
  });
  const syslog = await serveSyslog({
    data,
    settings: settings.syslog,
    tls,
    spool: watched,
    senders,
    metrics,
    notice,
  });

  const beat = async (): Promise<void> => {
    if (spool.trouble === 'halted') return;
    await losses.tell((lost) => log.beat(lost));
    const removed = await retainDays(directory, spool, { days, maxBytes }, Date.now());
    for (const { file, lines } of removed)
      notice(`${file} with ${lines} entries was kept long enough, and is removed`);
  };
  const tellError = (error: unknown): void => notice(String(error));
  const timers = [
    setInterval(() => void beat().catch(tellError), HEARTBEAT_MS),
    setInterval(() => {
      void tls?.refresh();
      try {
        senders.refresh();
      } catch (error) {
        tellError(error);
      }
    }, REFRESH_MS),
  ];
  return {
    listeners: [ingest.listener, ...syslog.listeners],
    ...(tls && {
      tls: { fingerprint: tls.fingerprint, ...(tls.caFile === undefined ? {} : { caFile: tls.caFile }) },
    }),
    tellStatus: () => live.tell(watched, directory),
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      await Promise.all([ingest.close(), syslog.close()]);
      await spool.close();
      await losses.tell((lost) => log.stop(lost)).catch(tellError);
    },
  };
}
