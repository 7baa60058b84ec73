import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { showMarks } from '../catalogue/show-marks.ts';
import { ReceiverSettings } from '../contract/receiver.ts';
import { createFailure } from '../engine/base/failure.ts';
import { keepReceiver } from '../receiver/keep-receiver.ts';

interface ServeOptions {
  readonly data: string;
  readonly http?: string;
  readonly httpTls?: true;
  readonly config?: string;
}

/** `unbroken serve`: receives until the process is ended; then what waits is written, and it exits 0. */
export async function runServe(options: ServeOptions): Promise<void> {
  const data = resolve(options.data);
  const settings = readSettings(options);
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

/** What the command line says is before what the file says. Failures: `path-not-found`, `bad-request`. */
function readSettings({ config, http, httpTls }: ServeOptions): ReceiverSettings {
  if (config !== undefined && !existsSync(config))
    throw createFailure('path-not-found', 'there is no such configuration', { subject: config });
  let given: unknown = {};
  try {
    if (config !== undefined) given = JSON.parse(readFileSync(config, 'utf8'));
  } catch (cause) {
    throw createFailure('bad-request', 'the configuration is not JSON', { subject: config ?? '', cause });
  }
  const parsed = ReceiverSettings.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw createFailure('bad-request', `${issue?.path.join('.')}: ${issue?.message}`, {
      subject: config ?? '',
    });
  }
  const { data } = parsed;
  return {
    ...data,
    http: {
      ...data.http,
      ...(http === undefined ? {} : { address: http }),
      ...(httpTls === undefined ? {} : { tls: httpTls }),
    },
  };
}
