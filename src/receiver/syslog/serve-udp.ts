/** Syslog over UDP: nobody is told anything, so all that is known to be lost is counted and said. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type ListenAddress, nameAddress } from '../listen-address.ts';
import type { Metrics } from '../metrics.ts';
import type { Origin } from '../spool/spool-line.ts';
import type { KnownAddresses } from './known-addresses.ts';
import type { Message, MessageIntake } from './message-intake.ts';
import { readUdpDrops } from './read-udp-drops.ts';
import type { SayOnce } from './say-once.ts';
import { type Listening, refuseStranger } from './serve-streams.ts';
import type { FromUdpThread, ToUdpThread, UdpBatch, UdpOrder } from './udp-thread.ts';

export interface UdpOptions {
  readonly address: ListenAddress;
  readonly maxMessageBytes: number;
  readonly addresses: KnownAddresses;
  readonly intake: MessageIntake;
  readonly metrics: Metrics;
  readonly say: SayOnce;
}

/** What may wait as it came, which takes little memory: a burst is longer than the kernel's buffer. */
const MAX_WAITING_BYTES = 128 * 1024 * 1024;
/** What may be on its way to the spool at once. */
const MAX_UNDER_WAY_BYTES = 4 * 1024 * 1024;
/** Less holds too little of a burst. */
const ENOUGH_BUFFER_BYTES = 2 * 1024 * 1024;
const LOOK_MS = 5000;

/** Listens; rejects where the address cannot be had. */
export async function serveUdp(options: UdpOptions): Promise<Listening> {
  const { address, say } = options;
  const url = new URL(`./udp-thread${import.meta.url.slice(-3)}`, import.meta.url);
  const workerData: UdpOrder = { ...address, maxWaitingBytes: MAX_WAITING_BYTES };
  const thread = new Worker(url, { workerData });
  const tell = (message: ToUdpThread): void => thread.postMessage(message);
  const [first] = (await once(thread, 'message')) as [FromUdpThread];
  if (first.kind !== 'listening') {
    await thread.terminate();
    throw new Error(first.kind === 'failed' ? first.message : 'the thread did not start');
  }
  // Linux tells twice what it gives.
  const bufferBytes = process.platform === 'linux' ? first.bufferBytes / 2 : first.bufferBytes;
  if (bufferBytes < ENOUGH_BUFFER_BYTES)
    say.tell(
      'udp buffer',
      `the system gives UDP a buffer of ${Math.floor(bufferBytes / 1024)} KiB; a burst may be lost${process.platform === 'linux' ? ': sysctl net.core.rmem_max=16777216' : ''}`,
    );
  const drops = new DropWatch(options, first.address, first.port);
  const waiting: UdpBatch[] = [];
  let underWayCost = 0;
  const closed = Promise.withResolvers<void>();
  const settled = Promise.withResolvers<void>();
  let isClosed = false;
  const takeNext = (): void => {
    while (underWayCost < MAX_UNDER_WAY_BYTES) {
      const batch = waiting.shift();
      if (!batch) break;
      const { cost } = batch;
      underWayCost += cost;
      void takeBatch(batch, options).then(() => {
        underWayCost -= cost;
        tell({ kind: 'done', cost });
        takeNext();
      });
    }
    if (isClosed && waiting.length === 0 && underWayCost === 0) settled.resolve();
  };
  thread.on('message', (message: FromUdpThread) => {
    if (message.kind === 'closed') closed.resolve();
    else if (message.kind === 'failed') say.tell('udp', `the UDP socket: ${message.message}`);
    else if (message.kind === 'batch') {
      tellLost(message, options);
      // What only tells of a loss is not to wait: the more is lost, the more of these there are.
      if (message.ends.length > 0) waiting.push(message);
      takeNext();
    }
  });
  thread.on('error', (error) => say.tell('udp', `the UDP thread ended: ${error.message}`));
  thread.on('exit', () => closed.resolve());
  return {
    address: nameAddress(first),
    close: async () => {
      drops.close();
      tell({ kind: 'close' });
      await closed.promise;
      isClosed = true;
      takeNext();
      await settled.promise;
    },
  };
}

function tellLost({ lost }: UdpBatch, { metrics, say }: UdpOptions): void {
  if (lost === 0) return;
  metrics.count('unbroken_lost_total', 'transport="syslog-udp",reason="overrun"', lost);
  say.tell('overrun', `${lost} datagrams came faster than they could be kept, and are lost`);
}

/** Resolves when nothing of it waits; what is not kept is counted. */
async function takeBatch(batch: UdpBatch, options: UdpOptions): Promise<void> {
  const { addresses, intake, metrics, say, maxMessageBytes } = options;
  const origins = batch.peers.map((peer): Origin | undefined => {
    const sender = addresses.find(peer.address);
    return sender === undefined ? undefined : { sender, transport: 'syslog-udp', peer: nameAddress(peer) };
  });
  const all = Buffer.from(batch.bytes.buffer);
  const kept: Promise<void>[] = [];
  let messages: Message[] = [];
  let start = 0;
  for (const [i, end] of batch.ends.entries()) {
    const index = batch.from[i] ?? 0;
    const origin = origins[index];
    const length = Math.min(end - start, maxMessageBytes);
    if (!origin) refuseStranger({ metrics, say, transport: 'syslog-udp' }, batch.peers[index]?.address ?? '');
    else if (length > 0)
      messages.push({ bytes: all.subarray(start, start + length), cutBytes: end - start - length });
    start = end;
    // In the order in which they came: only neighbours are taken together.
    if (origin && batch.from[i + 1] !== index) {
      // What is lost is counted where it was given up.
      kept.push(intake.take(origin, messages).catch(() => {}));
      messages = [];
    }
  }
  await Promise.all(kept);
}

/** Looks at what the kernel threw away. */
class DropWatch {
  readonly #options: UdpOptions;
  readonly #address: string;
  readonly #port: number;
  readonly #timer: NodeJS.Timeout;
  #known = 0;

  constructor(options: UdpOptions, address: string, port: number) {
    this.#options = options;
    this.#address = address;
    this.#port = port;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#look();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#look();
  }

  #look(): void {
    const { metrics, say } = this.#options;
    const drops = readUdpDrops(this.#address, this.#port);
    metrics.set('unbroken_udp_drops_known', drops === undefined ? 0 : 1);
    const more = (drops ?? this.#known) - this.#known;
    if (more <= 0) return;
    this.#known += more;
    metrics.count('unbroken_lost_total', 'transport="syslog-udp",reason="kernel"', more);
    say.tell('drops', `the system threw ${more} datagrams away before they could be read`);
  }
}
