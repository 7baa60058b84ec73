/** The receiver and its peers, each a process of its own, as they run anywhere else. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FromReceiver, ReceiverSettings, type ToReceiver } from '../../../src/contract/receiver.ts';
import { SenderBook } from '../../../src/receiver/senders/sender-book.ts';
import { VALUE } from '../../receiver/running-receiver.ts';
import { findFreePort } from '../../receiver/syslog/real-peers.ts';

export interface Peer {
  /** Ports; 0 where it has none. */
  readonly http: number;
  readonly tcp: number;
  readonly udp: number;
  /** Messages over syslog that are written by now. */
  count(): Promise<number>;
  /** CPU seconds so far, of all its threads; 0 where the system does not tell. */
  readCpu(): number;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..', '..');
const MARK = Buffer.from('openspp-audit[7]: {');
const CLOCK_TICKS_PER_SECOND = 100;

/** The receiver, with the flag that `keep-receiver.ts` gives it. */
export async function startUnbroken(): Promise<Peer> {
  const data = mkdtempSync(join(tmpdir(), 'unbroken-bench-'));
  const book = new SenderBook(data);
  book.add('openspp', VALUE);
  book.addByAddress('relay', ['127.0.0.1']);
  const settings = ReceiverSettings.parse({
    http: { address: '127.0.0.1:0' },
    syslog: { tcp: '127.0.0.1:0', udp: '127.0.0.1:0' },
  });
  const entryFile = join(root, 'src', 'receiver', 'receiver-process.ts');
  const child = fork(entryFile, { execArgv: ['--max-semi-space-size=32'] });
  child.send({ kind: 'start', data, settings } satisfies ToReceiver);
  for (;;) {
    const [raw] = await once(child, 'message');
    const said = FromReceiver.parse(raw);
    if (said.kind === 'failed') throw new Error(said.text);
    if (said.kind !== 'started') continue;
    const ports = new Map(
      said.listeners.map(({ transport, address }) => [transport, Number(address.split(':').at(-1))]),
    );
    const [http = 0, tcp = 0, udp = 0] = (['http', 'syslog-tcp', 'syslog-udp'] as const).map((transport) =>
      ports.get(transport),
    );
    return {
      ...{ http, tcp, udp },
      count: async () => {
        const text = await (await fetch(`http://127.0.0.1:${http}/metrics`)).text();
        const values = text.split('\n').filter((line) => line.startsWith('unbroken_entries_total{'));
        return values.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
      },
      ...manage(child, data),
    };
  }
}

/** What an HTTP server is at least: it reads the body and answers. */
export async function startBare(): Promise<Peer> {
  const child = fork(join(import.meta.dirname, 'bare-server.ts'), {
    execArgv: ['--max-semi-space-size=32'],
  });
  const [http] = (await once(child, 'message')) as [number];
  return { ...{ http, tcp: 0, udp: 0 }, count: async () => 0, ...manage(child) };
}

/** rsyslog, which writes what comes as it came into a file; `sync`: and puts it on the disk. */
export async function startRsyslog(sync: boolean): Promise<Peer> {
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
action(type="omfile" file="${out}" template="whole" sync="${sync ? 'on' : 'off'}")
`,
  );
  writeFileSync(out, '');
  const child = spawn('/usr/sbin/rsyslogd', ['-n', '-f', config, '-i', join(folder, 'pid')], {
    stdio: 'inherit',
  });
  while (!(await isUp(tcp))) await pause(50);
  return { http: 0, tcp, udp, count: countMessages(out), ...manage(child, folder) };
}

async function isUp(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const connected = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return connected;
}

/** Counts what is in a growing file, reading on where it stopped: rsyslog writes lines of its own as well. */
function countMessages(path: string): () => Promise<number> {
  const file = openSync(path, 'r');
  const piece = Buffer.alloc(1024 * 1024);
  let count = 0;
  let from = 0;
  let rest = 0;
  return async () => {
    for (;;) {
      const read = readSync(file, piece, rest, piece.length - rest, from);
      if (read === 0) return count;
      from += read;
      const bytes = piece.subarray(0, rest + read);
      let next = 0;
      for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, next)) {
        count++;
        next = at + MARK.length;
      }
      // A mark may lie across two pieces.
      const keep = Math.max(next, bytes.length - MARK.length + 1);
      rest = bytes.copy(piece, 0, keep);
    }
  };
}

function manage(child: ChildProcess, folder?: string): Pick<Peer, 'readCpu' | 'close'> {
  return {
    readCpu: () => {
      if (process.platform !== 'linux') return 0;
      const [, , ...values] = readFileSync(`/proc/${child.pid}/stat`, 'latin1')
        .replace(/\(.*\)/, '')
        .split(/ +/);
      return (Number(values[10]) + Number(values[11])) / CLOCK_TICKS_PER_SECOND;
    },
    close: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      if (folder !== undefined) rmSync(folder, { recursive: true });
    },
  };
}
