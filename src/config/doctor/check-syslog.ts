/** The syslog backend: does its receiver answer. */
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { DoctorResult } from '../../contract/doctor.ts';
import { describeError, findConnectionError } from './check-connection.ts';
import { checkErrors } from './check-errors.ts';
import { type Sound, tell } from './tell.ts';

const TIMEOUT_MS = 5_000;
/** How long a host has to say that nobody listens at a UDP port. */
const REFUSAL_MS = 300;

export async function checkSyslog(values: Sound, testEntry: string | undefined): Promise<DoctorResult[]> {
  if (values.backend_syslog !== true) return [tell('syslog-reachable', 'off', 'backend-off')];
  const { syslog_host: host, syslog_port: port, syslog_transport: transport, state_path } = values;
  const errors = await checkErrors('syslog-errors', 'syslog', state_path);
  if (host === undefined || port === undefined || transport === undefined)
    return [tell('syslog-reachable', 'unknown', 'no-value', { key: 'syslog_*' }), errors];
  const place = { host: `${host}:${port}` };
  if (transport === 'udp' && testEntry === undefined)
    return [tell('syslog-reachable', 'unknown', 'udp-silent', place), errors];
  const message =
    transport === 'udp'
      ? await sendDatagram(
          host,
          port,
          `<134>1 ${new Date().toISOString()} ${hostname()} openspp-audit ${process.pid} - -  ${testEntry}`,
        )
      : await findConnectionError(
          {
            host,
            port,
            isTls: transport === 'tls',
            ...(values.syslog_ca_file ? { caFile: values.syslog_ca_file } : {}),
          },
          TIMEOUT_MS,
        );
  if (message !== undefined)
    return [tell('syslog-reachable', 'bad', 'unreachable', { ...place, message }), errors];
  return [
    transport === 'udp'
      ? tell('syslog-reachable', 'unknown', 'udp-sent', place)
      : tell('syslog-reachable', 'good', 'reached', place),
    errors,
  ];
}

/** Gives why it cannot be sent, or that the host refused it; undefined where nothing was heard. */
async function sendDatagram(host: string, port: number, text: string): Promise<string | undefined> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  const refused = new Promise<string>((resolve) => {
    socket.on('error', (error) => resolve(describeError(error)));
    socket.connect(port, host, () => {
      socket.send(text, (error) => {
        if (error) resolve(describeError(error));
      });
    });
  });
  const message = await Promise.race([refused, wait(REFUSAL_MS, undefined)]);
  socket.close();
  return message;
}
