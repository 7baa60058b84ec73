/**
 * Syslog into the receiver, which makes each entry durable, beside rsyslog writing the same to a file, which syncs nothing:
 * `syslog-load.ts ROUNDS`. Over TCP the rate at which a steady load is written, and that of as much as there is; over UDP
 * what is lost at the highest rate at which rsyslog loses nothing. Either server is a process of its own, the sender is
 * this one.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FromReceiver, ReceiverSettings, type ToReceiver } from '../../src/contract/receiver.ts';
import { SenderBook } from '../../src/receiver/senders/sender-book.ts';
import { makeEntry } from '../receiver/running-receiver.ts';
import { findFreePort } from '../receiver/syslog/real-peers.ts';

const [rounds = ''] = process.argv.slice(2);
const TCP = { connections: 4, entries: 200_000, steady: { perSecond: 10_000, seconds: 5 } };
const UDP = { seconds: 2, rates: [1000, 2000, 5000, 10_000, 20_000, 40_000, 80_000] };
const TICKS_PER_SECOND = 100;
/** No datagram comes later than this. */
const SETTLE_MS = 1000;
let seq = 0;

interface Peer {
  readonly tcp: number;
  readonly udp: number;
  /** Messages that are written by now. */
  count(): Promise<number>;
  close(): Promise<void>;
}

const makeMessage = (): string => {
  seq++;
  return `<134>Nov 24 02:15:46 vm openspp-audit[7]: ${makeEntry(seq)}`;
};

async function startUnbroken(): Promise<Peer> {
  const data = mkdtempSync(join(tmpdir(), 'unbroken-bench-'));
  new SenderBook(data).addByAddress('relay', ['127.0.0.1']);
  const settings = ReceiverSettings.parse({
    http: { address: '127.0.0.1:0' },
    syslog: { tcp: '127.0.0.1:0', udp: '127.0.0.1:0' },
  });
  const entryFile = join(import.meta.dirname, '..', '..', 'src', 'receiver', 'receiver-process.ts');
  const child: ChildProcess = fork(entryFile, { execArgv: ['--max-semi-space-size=2'] });
  child.send({ kind: 'start', data, settings } satisfies ToReceiver);
  for (;;) {
    const [raw] = await once(child, 'message');
    const said = FromReceiver.parse(raw);
    if (said.kind === 'failed') throw new Error(said.text);
    if (said.kind !== 'started') continue;
    const port = (transport: string): number =>
      Number(
        said.listeners
          .find((one) => one.transport === transport)
          ?.address.split(':')
          .at(-1),
      );
    const url = said.listeners.find(({ transport }) => transport === 'http')?.address;
    return {
      tcp: port('syslog-tcp'),
      udp: port('syslog-udp'),
      count: async () => {
        const text = await (await fetch(`http://${url}/metrics`)).text();
        const values = text.split('\n').filter((line) => line.startsWith('unbroken_entries_total{'));
        return values.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
      },
      close: async () => {
        child.kill('SIGKILL');
        await once(child, 'exit');
        rmSync(data, { recursive: true });
      },
    };
  }
}

async function startRsyslog(): Promise<Peer> {
  const folder = mkdtempSync(join(tmpdir(), 'unbroken-bench-'));
  const [out, config] = [join(folder, 'out'), join(folder, 'rsyslog.conf')];
  const [tcp, udp] = [await findFreePort(), await findFreePort()];
  writeFileSync(
    config,
    `global(workDirectory="${folder}" maxMessageSize="64k" net.enableDNS="off")
module(load="imtcp")
module(load="imudp")
template(name="whole" type="string" string="%rawmsg%\\n")
input(type="imtcp" port="${tcp}")
input(type="imudp" port="${udp}")
action(type="omfile" file="${out}" template="whole")
`,
  );
  const rsyslog = spawn('/usr/sbin/rsyslogd', ['-n', '-f', config, '-i', join(folder, 'pid')], {
    stdio: 'inherit',
  });
  const isUp = async (): Promise<boolean> => {
    const socket = connect(tcp, '127.0.0.1');
    const connected = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    return connected;
  };
  while (!(await isUp())) await pause(50);
  return {
    tcp,
    udp,
    count: async () => (existsSync(out) ? countAudited(readFileSync(out)) : 0),
    close: async () => {
      rsyslog.kill('SIGKILL');
      await once(rsyslog, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}

/** Lines of entries: the file has some of rsyslog's own. */
function countAudited(bytes: Buffer): number {
  let count = 0;
  const mark = Buffer.from('openspp-audit[7]: {');
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) count++;
  return count;
}

function makeLoad(entries: number): Buffer {
  const frames = Array.from({ length: entries }, () => {
    const text = makeMessage();
    return `${Buffer.byteLength(text)} ${text}`;
  });
  return Buffer.from(frames.join(''));
}

/** Messages a second until all are written, sent at this rate, or as fast as they are taken. */
async function loadTcp(peer: Peer, entries: number, perSecond = Number.POSITIVE_INFINITY): Promise<number> {
  const ticks = Number.isFinite(perSecond) ? Math.ceil((entries / perSecond) * TICKS_PER_SECOND) : 1;
  const each = Math.floor(entries / TCP.connections / ticks);
  const loads = Array.from({ length: TCP.connections }, () =>
    Array.from({ length: ticks }, () => makeLoad(each)),
  );
  const before = await peer.count();
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
  return sent / ((performance.now() - startedMs) / 1000);
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

const tcp: { what: string; ours: number[]; rsyslog: number[] }[] = [];
for (const perSecond of [TCP.steady.perSecond, undefined]) {
  const load = { ours: [] as number[], rsyslog: [] as number[] };
  const entries = perSecond === undefined ? TCP.entries : perSecond * TCP.steady.seconds;
  for (let round = 0; round < Number(rounds); round++) {
    load.rsyslog.push(await withPeer(startRsyslog, (peer) => loadTcp(peer, entries, perSecond)));
    load.ours.push(await withPeer(startUnbroken, (peer) => loadTcp(peer, entries, perSecond)));
  }
  tcp.push({ what: perSecond === undefined ? 'as fast as it is taken' : `${perSecond} a second`, ...load });
}
let highest = 0;
for (const rate of UDP.rates) {
  const { lost } = await withPeer(startRsyslog, (peer) => loseUdp(peer, rate));
  if (lost > 0) break;
  highest = rate;
}
const udp = await withPeer(startUnbroken, (peer) => loseUdp(peer, highest));
console.log(JSON.stringify({ tcp, udp: { rate: highest, ...udp } }));
