/** Whether somebody answers at a host and port. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface Peer {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  /** Certificates to trust in place of the system's, PEM. */
  readonly caFile?: string;
}

/** Opens a connection and closes it. Gives why it cannot be opened; undefined where it can. */
export function findConnectionError(
  { host, port, isTls, caFile }: Peer,
  timeoutMs: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    let ca: Buffer | undefined;
    try {
      if (caFile) ca = readFileSync(caFile);
    } catch (error) {
      return resolve(describeError(error));
    }
    const name = host.replace(/^\[|\]$/g, '');
    const socket = isTls
      ? connectTls({
          host: name,
          port,
          ...(ca ? { ca } : {}),
          ...(/^[\d.]+$|:/.test(name) ? {} : { servername: name }),
        })
      : connect({ host: name, port });
    const settle = (error?: string): void => {
      socket.destroy();
      resolve(error);
    };
    socket.setTimeout(timeoutMs, () => settle(`no answer within ${timeoutMs} ms`));
    socket.once(isTls ? 'secureConnect' : 'connect', () => settle());
    socket.on('error', (error) => settle(describeError(error)));
  });
}

/** An error of several addresses has no message of its own. */
export function describeError(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (!(first instanceof Error)) return String(first);
  return first.cause === undefined ? first.message : describeError(first.cause);
}
