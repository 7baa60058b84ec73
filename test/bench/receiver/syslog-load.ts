/**
 * Syslog into the receiver, which makes each entry durable, beside rsyslog writing the same to a file, which syncs nothing,
 * and rsyslog with `sync="on"`: `syslog-load.ts ROUNDS`. Over TCP the rate at which steady loads are written, and that of as
 * much as there is; over UDP what is lost at the highest rate at which rsyslog loses nothing. Each server is a process of
 * its own, the sender is this one.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { makeEntry } from '../../receiver/running-receiver.ts';
import { findShare } from '../run-command.ts';
import { type Peer, startRsyslog, startUnbroken } from './start-peers.ts';

const [rounds = ''] = process.argv.slice(2);
const TCP = { connections: 4, entries: 200_000, steady: [10_000, 40_000], seconds: 3 };
const UDP = { seconds: 2, rates: [1000, 2000, 5000, 10_000, 20_000, 40_000, 80_000] };
const TICKS_PER_SECOND = 100;
/** No datagram comes later than this. */
const SETTLE_MS = 1000;
let seq = 0;

/** Messages a second, and seconds of CPU for 100,000 of them: of the server, and of who sends. */
interface Load {
  readonly rate: number;
  readonly cpu: number;
  readonly senderCpu: number;
}

const makeMessage = (): string => {
  seq++;
  return `<134>Nov 24 02:15:46 vm openspp-audit[7]: ${makeEntry(seq)}`;
};

function makeLoad(entries: number): Buffer {
  const frames = Array.from({ length: entries }, () => {
    const text = makeMessage();
    return `${Buffer.byteLength(text)} ${text}`;
  });
  return Buffer.from(frames.join(''));
}

/** Until all are written, sent at this rate, or as fast as they are taken. */
async function loadTcp(peer: Peer, entries: number, perSecond = Number.POSITIVE_INFINITY): Promise<Load> {
  const ticks = Number.isFinite(perSecond) ? Math.ceil((entries / perSecond) * TICKS_PER_SECOND) : 1;
  const each = Math.floor(entries / TCP.connections / ticks);
  const loads = Array.from({ length: TCP.connections }, () =>
    Array.from({ length: ticks }, () => makeLoad(each)),
  );
  const before = await peer.count();
  const cpu = { peer: peer.readCpu(), sender: process.cpuUsage() };
  const startedMs = performance.now();
  await Promise.all(
    loads.map(async (pieces) => {
      const socket = connect(peer.tcp, '127.0.0.1');
      for (const [tick, piece] of pieces.entries()) {
        const earlyMs = startedMs + (tick * 1000) / TICKS_PER_SECOND - performance.now();
        if (earlyMs > 0) await pause(earlyMs);
        socket.write(piece);
      }
      socket.end();
      await once(socket.resume(), 'close');
    }),
  );
  const sent = each * ticks * TCP.connections;
  while ((await peer.count()) - before < sent) await pause(20);
  const { user, system } = process.cpuUsage(cpu.sender);
  return {
    rate: sent / ((performance.now() - startedMs) / 1000),
    cpu: ((peer.readCpu() - cpu.peer) / sent) * 1e5,
    senderCpu: ((user + system) / 1e6 / sent) * 1e5,
  };
}

/** How many of a load at a rate are lost. */
async function loseUdp(peer: Peer, perSecond: number): Promise<{ sent: number; lost: number }> {
  const before = await peer.count();
  const datagrams = Array.from({ length: perSecond * UDP.seconds }, () => Buffer.from(makeMessage()));
  const socket = createSocket('udp4');
  socket.connect(peer.udp, '127.0.0.1');
  await once(socket, 'connect');
  const startedMs = performance.now();
  for (let sent = 0; sent < datagrams.length; ) {
    const due = Math.min(datagrams.length, Math.ceil(((performance.now() - startedMs) / 1000) * perSecond));
    while (sent < due) socket.send(datagrams[sent++] ?? '');
    await new Promise((resolve) => setImmediate(resolve));
  }
  let count = -1;
  for (let next = await peer.count(); next !== count; next = await peer.count()) {
    count = next;
    await pause(SETTLE_MS);
  }
  socket.close();
  return { sent: datagrams.length, lost: datagrams.length - (count - before) };
}

async function withPeer<T>(start: () => Promise<Peer>, use: (peer: Peer) => Promise<T>): Promise<T> {
  const peer = await start();
  try {
    return await use(peer);
  } finally {
    await peer.close();
  }
}

const peers = {
  ours: startUnbroken,
  rsyslog: () => startRsyslog(false),
  synced: () => startRsyslog(true),
};
const names = Object.keys(peers) as (keyof typeof peers)[];
const tell = (loads: readonly Load[]): { rates: number[]; cpu: number; senderCpu: number } => ({
  rates: loads.map(({ rate }) => rate),
  cpu: findShare(loads.map(({ cpu }) => cpu)),
  senderCpu: findShare(loads.map(({ senderCpu }) => senderCpu)),
});

const tcp: unknown[] = [];
for (const perSecond of [...TCP.steady, undefined]) {
  const loads = { ours: [] as Load[], rsyslog: [] as Load[], synced: [] as Load[] };
  const entries = perSecond === undefined ? TCP.entries : perSecond * TCP.seconds;
  for (let round = 0; round < Number(rounds); round++)
    for (const name of names)
      loads[name].push(await withPeer(peers[name], (peer) => loadTcp(peer, entries, perSecond)));
  const what = perSecond === undefined ? 'as fast as it is taken' : `${perSecond} a second`;
  tcp.push({ what, ours: tell(loads.ours), rsyslog: tell(loads.rsyslog), synced: tell(loads.synced) });
}
let highest = 0;
for (const rate of UDP.rates) {
  const { lost } = await withPeer(peers.rsyslog, (peer) => loseUdp(peer, rate));
  if (lost > 0) break;
  highest = rate;
}
const udp = await withPeer(peers.ours, (peer) => loseUdp(peer, highest));
console.log(JSON.stringify({ tcp, udp: { rate: highest, ...udp } }));
