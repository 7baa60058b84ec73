import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { showMarks } from '../catalogue/show-marks.ts';
import { isTold } from '../contract/alert.ts';
import { keepReceiver } from '../receiver/keep-receiver.ts';
import { readTls } from '../receiver/tls/read-tls.ts';
import type { Served } from './open-served.ts';
import { readServeSettings } from './read-serve-settings.ts';
import { readUiPlace } from './ui-place.ts';

export interface ServeOptions {
  readonly data: string;
  readonly http?: string;
  readonly httpTls?: true;
  readonly syslogUdp?: string;
  readonly syslogTcp?: string;
  readonly syslogTls?: string;
  readonly relp?: string;
  readonly ui?: string;
  readonly uiTls?: true;
  readonly uiBehind?: string;
  readonly tail?: string[];
  readonly config?: string;
}

/** `unbroken serve`: receives until the process is ended; then what waits is written, and it exits 0. */
export async function runServe(options: ServeOptions): Promise<void> {
  const data = resolve(options.data);
  const {
    ui: shown,
    tail,
    alerts,
    ...settings
  } = readServeSettings(options.config, {
    http: { address: options.http, tls: options.httpTls },
    syslog: {
      udp: options.syslogUdp,
      tcp: options.syslogTcp,
      tls: options.syslogTls,
      relp: options.relp,
    },
    ui: readUi(options),
    tail: options.tail?.map((path) => resolve(path)),
  });
  const place = shown && readUiPlace(shown);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const receiver = keepReceiver();
  const notice = (text: string): void => void process.stderr.write(`unbroken: ${showMarks(text)}\n`);
  receiver.on((told) => {
    if ('notice' in told) notice(told.notice);
  });
  let served: Served | undefined;
  const end = (): void => void Promise.all([served?.close(), receiver.stop()]).then(() => process.exit(0));
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
  if (!place && tail.length === 0 && !isTold(alerts)) return;
  try {
    // The engine and the web framework are loaded only where something is followed or shown.
    const { openServed } = await import('./open-served.ts');
    served = await openServed({
      ...{ data, tail, alerts, place, receiver, settings, notice },
      readTls: shown?.tls ? () => readTls(settings.tls, data, notice) : undefined,
    });
  } catch (error) {
    await receiver.stop();
    throw error;
  }
  const { ui } = served;
  if (ui) process.stderr.write(`The screens are at ${ui.url}\n`);
  if (ui?.fingerprint && !tls)
    process.stderr.write(`The SHA-256 of their certificate is ${ui.fingerprint}.\n`);
  if (!ui?.firstLink) return;
  process.stderr.write('Nobody has an account yet. Whoever opens this link first makes the first manager:\n');
  process.stdout.write(`${ui.firstLink}\n`);
}

/** Undefined where the command line says nothing of it. */
function readUi({ ui: address, uiTls: tls, uiBehind: proxyOrigin }: ServeOptions) {
  const said = { address, tls, proxyOrigin };
  return Object.values(said).some((value) => value !== undefined) ? said : undefined;
}
