/** A receiver for tests, on real sockets of loopback, in a temporary directory. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiverSettings } from '../../src/contract/receiver.ts';
import { SpoolLine, type Transport } from '../../src/contract/spool.ts';
import { type Receiver, startReceiver } from '../../src/receiver/receiver.ts';
import { SenderBook } from '../../src/receiver/senders/sender-book.ts';

export interface TestReceiver {
  readonly data: string;
  readonly url: string;
  readonly port: number;
  readonly tls: Receiver['tls'];
  readonly notices: string[];
  portOf(transport: Transport): number;
  readonly book: SenderBook;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The value of the captured requests. */
export const VALUE = 'Bearer your-api-token';

/** Starts one with the sender `openspp`, whose value is that of the captured requests; with syslog also `relay`, by address. */
export async function runReceiver(
  http: Partial<ReceiverSettings['http']> = {},
  spool: Partial<ReceiverSettings['spool']> = {},
  tls: Partial<ReceiverSettings['tls']> = {},
  syslog?: Partial<ReceiverSettings['syslog']>,
): Promise<TestReceiver> {
  const data = mkdtempSync(join(tmpdir(), 'unbroken-receiver-'));
  const book = new SenderBook(data);
  book.add('openspp', VALUE);
  if (syslog) book.addByAddress('relay', ['127.0.0.1', '::1']);
  const notices: string[] = [];
  const settings = ReceiverSettings.parse({ http: { address: '127.0.0.1:0', ...http }, spool, tls, syslog });
  const start = (): Promise<Receiver> =>
    startReceiver({ data, settings, notice: (text) => notices.push(text) });
  let receiver = await start();
  return {
    data,
    get url() {
      return readUrl(receiver);
    },
    get port() {
      return Number(new URL(readUrl(receiver)).port);
    },
    get tls() {
      return receiver.tls;
    },
    notices,
    portOf: (transport) =>
      Number(
        receiver.listeners
          .find((one) => one.transport === transport)
          ?.address.split(':')
          .at(-1),
      ),
    book,
    restart: async () => {
      await receiver.close();
      receiver = await start();
    },
    close: async () => {
      await receiver.close();
      rmSync(data, { recursive: true });
    },
  };
}

function readUrl({ listeners: [http] }: Receiver): string {
  return `${http?.transport}://${http?.address}`;
}

/** All lines of the spool, by sender. */
export function readSpool(data: string): Map<string, SpoolLine[]> {
  const senders = join(data, 'spool', 'senders');
  if (!existsSync(senders)) return new Map();
  return new Map(
    readdirSync(senders).map((sender) => [
      sender,
      readdirSync(join(senders, sender)).flatMap((name) =>
        readFileSync(join(senders, sender, name), 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => SpoolLine.parse(JSON.parse(line))),
      ),
    ]),
  );
}

/** Sends bytes as they are, and gives all that comes back until the other side closes or `isEnough`. */
export function sendRaw(
  port: number,
  bytes: Uint8Array,
  isEnough: (answer: string) => boolean = hasBody,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      answer += String(text);
      if (isEnough(answer)) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

function hasBody(answer: string): boolean {
  const [head = '', body] = answer.split('\r\n\r\n');
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  return body !== undefined && length !== undefined && body.length >= Number(length);
}

/** An entry as the module writes it to HTTP. */
export function makeEntry(seq: number, more = ''): string {
  return (
    `{"rule_name": "Partner", "model": "res.partner", "res_id": ${seq}, "method": "write", "user_id": 2, ` +
    `"user_login": "ana", "data": {"old": {"name": "A"}, "new": {"name": "B${more}"}}, "seq": ${seq}, ` +
    `"ts": "2026-11-24T10:00:${String(seq % 60).padStart(2, '0')}.000001+00:00", "node": "vm"}`
  );
}
