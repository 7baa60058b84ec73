/** Real senders of syslog: processes started by the tests, where the machine has them. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const RSYSLOGD = '/usr/sbin/rsyslogd';
export const hasRsyslog = existsSync(RSYSLOGD);
const hasModule = (name: string): boolean =>
  hasRsyslog && globSync(`/usr/lib/*/rsyslog/${name}.so`).length > 0;
export const hasRelp = hasModule('omrelp');
export const hasOpenssl = hasModule('lmnsd_ossl');
export const hasLogger = process.platform === 'linux' && existsSync('/usr/bin/logger');

/** Runs a program to its end; what it sends is on its way then. */
export async function runProgram(program: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)(program, args);
}

/** Of syslog-ng, which cannot be installed beside rsyslog: `npm test` unpacks it. */
const SYSLOG_NG = join(import.meta.dirname, '..', '..', '..', 'out', 'syslog-ng', 'usr');
export const hasLoggen = existsSync(join(SYSLOG_NG, 'bin', 'loggen'));

/** Runs loggen to its end. */
export async function runLoggen(args: readonly string[]): Promise<void> {
  const env = {
    ...process.env,
    SYSLOGNG_PREFIX: SYSLOG_NG,
    LD_LIBRARY_PATH: join(SYSLOG_NG, 'lib', 'syslog-ng'),
  };
  await promisify(execFile)(join(SYSLOG_NG, 'bin', 'loggen'), args, { env });
}

export interface Rsyslog {
  /** Writes lines to its local socket, under the tag and process of the audited program. */
  log(lines: readonly string[], pid?: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts rsyslog with this action for all that comes to a local socket of its own; `global`: more parameters. */
export async function startRsyslog(action: string, global = ''): Promise<Rsyslog> {
  const folder = mkdtempSync(join(tmpdir(), 'unbroken-rsyslog-'));
  const [config, local] = [join(folder, 'rsyslog.conf'), join(folder, 'log')];
  writeFileSync(
    config,
    `global(workDirectory="${folder}" maxMessageSize="64k" net.enableDNS="off" ${global})
module(load="imuxsock" SysSock.Use="off")
module(load="${action.includes('omrelp') ? 'omrelp' : 'builtin:omfwd'}")
input(type="imuxsock" Socket="${local}" RateLimit.Interval="0" UsePIDFromSystem="off")
${action}
`,
  );
  const rsyslog = spawn(RSYSLOGD, ['-n', '-f', config, '-i', join(folder, 'pid')], { stdio: 'ignore' });
  while (!existsSync(local)) {
    if (rsyslog.exitCode !== null) throw new Error(`rsyslog ended with ${rsyslog.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    log: async (lines, pid = 77) => {
      const file = join(folder, 'lines');
      writeFileSync(file, `${lines.join('\n')}\n`);
      await runProgram('logger', [
        ...['--socket', local, '--size', '64k', '--tag', 'openspp-audit', `--id=${pid}`],
        ...['--priority', 'local0.info', '--file', file],
      ]);
    },
    stop: async () => {
      rsyslog.kill('SIGKILL');
      if (rsyslog.exitCode === null && rsyslog.signalCode === null) await once(rsyslog, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
