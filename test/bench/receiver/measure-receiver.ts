/** The receiver beside its peers, as rows for the table. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../render-tables.ts';
import { type Command, findShare, runInTurn } from '../run-command.ts';

/** The least share of a bare server's rate. */
const HTTP = { seconds: 2, target: 0.6 } as const;
/** Of rsyslog's rate over TCP, at least (when it is looked at costs two hundredths); no datagram may be lost that rsyslog keeps. */
const SYSLOG = { tcp: 0.98, lost: 0 } as const;

function runScript(name: string, ...args: readonly string[]): Command {
  return { file: process.execPath, args: [join(import.meta.dirname, name), ...args] };
}

/** What one run tells of a server: its rates, and its CPU and the sender's. */
interface Told {
  readonly rates: readonly number[];
  readonly cpu: number;
  readonly senderCpu: number;
}

/** Measured once, whatever the logs. */
export async function measureReceiver(rounds: number): Promise<Row[]> {
  const script = runScript('http-load.ts', String(rounds), String(HTTP.seconds));
  const { http } = await runInTurn({ http: script }, 1);
  const { loads, lone } = JSON.parse(http.output) as {
    loads: { what: string; ours: Told; bare: Told }[];
    lone: { p50: number; p99: number };
  };
  return [
    ...loads.map(({ what, ours, bare }) =>
      compareRates(`HTTP, ${what} : bare server`, ours, bare, 'us an entry', HTTP.target),
    ),
    tellAlone('HTTP, a lone sender, p50, ms', lone.p50),
    tellAlone('HTTP, a lone sender, p99, ms', lone.p99),
    ...(await measureSyslog(rounds)),
  ];
}

async function measureSyslog(rounds: number): Promise<Row[]> {
  if (!existsSync('/usr/sbin/rsyslogd')) return [];
  const script = runScript('syslog-load.ts', String(rounds));
  const { syslog } = await runInTurn({ syslog: script }, 1);
  const { tcp, udp } = JSON.parse(syslog.output) as {
    tcp: { what: string; ours: Told; rsyslog: Told; synced: Told }[];
    udp: { rate: number; sent: number; lost: number };
  };
  return [
    ...tcp.flatMap(({ what, ours, rsyslog, synced }) => [
      compareRates(
        `syslog over TCP, ${what} : rsyslog, not synced`,
        ours,
        rsyslog,
        's for 100,000',
        SYSLOG.tcp,
      ),
      compareRates(`syslog over TCP, ${what} : rsyslog, synced`, ours, synced, 's for 100,000'),
    ]),
    tellAlone(
      `datagrams lost of ${udp.sent}, at the highest rate (${udp.rate} a second) at which rsyslog loses none`,
      udp.lost,
      SYSLOG.lost,
    ),
  ];
}

function tellAlone(what: string, value: number, target?: number): Row {
  return { what, ours: '', theirs: '', value, ...(target !== undefined && { target }) };
}

/** The ratio of runs that stood side by side, and what CPU the servers and who sends to ours took. */
function compareRates(what: string, ours: Told, theirs: Told, unit: string, target?: number): Row {
  const tell = ({ rates, cpu }: Told): string => `${tellRate(rates)}, CPU ${tellFigure(cpu)}`;
  return {
    what: `${what} (CPU in ${unit}; who sends: ${tellFigure(ours.senderCpu)})`,
    ours: tell(ours),
    theirs: tell(theirs),
    value: findShare(ours.rates.map((rate, i) => rate / theirs.rates[i]!)),
    ...(target !== undefined && { target, atLeast: true as const }),
  };
}

function tellFigure(value: number): string {
  return value.toFixed(value < 10 ? 2 : 0);
}

function tellRate(perSecond: readonly number[]): string {
  const tell = (value: number): string => value.toFixed(0);
  return `${tell(findShare(perSecond))}/s (${tell(Math.min(...perSecond))}-${tell(Math.max(...perSecond))})`;
}
