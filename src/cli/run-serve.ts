import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { showMarks } from '../catalogue/show-marks.ts';
import { keepReceiver } from '../receiver/keep-receiver.ts';
import { readServeSettings } from './read-serve-settings.ts';

export interface ServeOptions {
  readonly data: string;
  readonly http?: string;
  readonly httpTls?: true;
  readonly syslogUdp?: string;
  readonly syslogTcp?: string;
  readonly syslogTls?: string;
  readonly relp?: string;
  readonly config?: string;
}

/** `unbroken serve`: receives until the process is ended; then what waits is written, and it exits 0. */
export async function runServe(options: ServeOptions): Promise<void> {
  const data = resolve(options.data);
  const settings = readServeSettings(options.config, {
    http: { address: options.http, tls: options.httpTls },
    syslog: {
      udp: options.syslogUdp,
      tcp: options.syslogTcp,
      tls: options.syslogTls,
      relp: options.relp,
    },
  });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const receiver = keepReceiver();
  receiver.on((told) => {
    if ('notice' in told) process.stderr.write(`unbroken: ${showMarks(told.notice)}\n`);
  });
  const end = (): void => void receiver.stop().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);

  await receiver.start({ data, settings });
  for (const { transport, address } of receiver.state.listeners) {
    const isHttp = transport === 'http' || transport === 'https';
    for (const path of isHttp ? settings.http.paths : [''])
      process.stdout.write(`${transport}://${address}${path}\n`);
  }
  process.stderr.write(
    `Entries are received at these addresses, and kept in ${showMarks(join(data, 'spool'))}.\n`,
  );
  const { tls } = receiver.state;
  if (tls) process.stderr.write(`The SHA-256 of the certificate is ${tls.fingerprint}.\n`);
  if (tls?.caFile) process.stderr.write(`Senders trust it by ${showMarks(tls.caFile)}.\n`);
}
