/**
 * Reads datagrams, on a thread that does nothing else: the kernel's buffer holds a moment's worth, and whatever comes
 * while nobody reads is lost. What waits on the other side is bounded; beyond, datagrams are counted and let go.
 */
import { createSocket, type RemoteInfo } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** How the thread is started. */
export interface UdpOrder {
  readonly host: string;
  readonly port: number;
  /** Bytes that may wait on the other side, with what it costs to hold them. */
  readonly maxWaitingBytes: number;
}

/** Datagrams of one look at the socket. */
export interface UdpBatch {
  readonly kind: 'batch';
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each ends. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** Index into `peers` of each. */
  readonly from: Uint32Array<ArrayBuffer>;
  readonly peers: readonly { readonly address: string; readonly port: number }[];
  /** Let go since the last batch. */
  readonly lost: number;
  /** The memory that it takes: what `done` gives back. */
  readonly cost: number;
}

export type FromUdpThread =
  | UdpBatch
  | {
      readonly kind: 'listening';
      readonly address: string;
      readonly port: number;
      readonly bufferBytes: number;
    }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'closed' };

/** `done`: a batch of this cost waits no longer. */
export type ToUdpThread = { readonly kind: 'done'; readonly cost: number } | { readonly kind: 'close' };

/** Asked for; the system gives what it allows. */
const BUFFER_BYTES = 16 * 1024 * 1024;
/** What a datagram, and what a batch takes beside its bytes: those of no bytes would else wait without end. */
const DATAGRAM_COST = 128;
const BATCH_COST = 1024;
/** On closing, what is in the kernel's buffer is read: until nothing came for this long, and no longer than that. */
const SILENT_MS = 20;
const MAX_DRAIN_MS = 500;

const { host, port, maxWaitingBytes } = workerData as UdpOrder;
const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4' });
let datagrams: Buffer[] = [];
let from: number[] = [];
let peers = new Map<string, { readonly index: number; readonly address: string; readonly port: number }>();
let batchBytes = 0;
let batchCost = 0;
let waitingCost = 0;
let lost = 0;

function tell(message: FromUdpThread, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

function flush(): void {
  if (datagrams.length === 0 && lost === 0) return;
  const bytes = new Uint8Array(batchBytes);
  const ends = new Uint32Array(datagrams.length);
  let at = 0;
  for (const [i, datagram] of datagrams.entries()) {
    bytes.set(datagram, at);
    ends[i] = at += datagram.length;
  }
  const sources = Uint32Array.from(from);
  const batch: UdpBatch = {
    kind: 'batch',
    bytes,
    ends,
    from: sources,
    peers: [...peers.values()].map((peer) => ({ address: peer.address, port: peer.port })),
    lost,
    cost: batchCost,
  };
  datagrams = [];
  from = [];
  peers = new Map();
  batchBytes = 0;
  batchCost = 0;
  lost = 0;
  tell(batch, [bytes.buffer, ends.buffer, sources.buffer]);
}

function take(datagram: Buffer, { address, port: peerPort }: RemoteInfo): void {
  if (datagrams.length === 0 && lost === 0) setImmediate(flush);
  const cost = datagram.length + DATAGRAM_COST + (datagrams.length === 0 ? BATCH_COST : 0);
  if (waitingCost + cost > maxWaitingBytes) {
    lost++;
    return;
  }
  const key = `${address} ${peerPort}`;
  let peer = peers.get(key);
  if (!peer) {
    peer = { index: peers.size, address, port: peerPort };
    peers.set(key, peer);
  }
  datagrams.push(datagram);
  from.push(peer.index);
  batchBytes += datagram.length;
  batchCost += cost;
  waitingCost += cost;
}

function close(): void {
  const startedMs = performance.now();
  let lastMs = startedMs;
  socket.on('message', () => {
    lastMs = performance.now();
  });
  const timer = setInterval(() => {
    const nowMs = performance.now();
    if (nowMs - lastMs < SILENT_MS && nowMs - startedMs < MAX_DRAIN_MS) return;
    clearInterval(timer);
    socket.close(() => {
      flush();
      tell({ kind: 'closed' });
      parentPort?.close();
    });
  }, SILENT_MS);
}

parentPort?.on('message', (message: ToUdpThread) => {
  if (message.kind === 'done') waitingCost -= message.cost;
  else close();
});
socket.on('message', take);
socket.on('error', (error) => tell({ kind: 'failed', message: error.message }));
socket.bind({ address: host, port }, () => {
  try {
    socket.setRecvBufferSize(BUFFER_BYTES);
  } catch {
    // The system's own size will have to do.
  }
  const { address, port: bound } = socket.address();
  tell({ kind: 'listening', address, port: bound, bufferBytes: socket.getRecvBufferSize() });
});
