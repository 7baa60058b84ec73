import { text } from 'node:stream/consumers';
import { createFailure } from '../engine/base/failure.ts';
import { changeByHand } from '../host/own-log/change-by-hand.ts';
import { tellSender } from '../host/receiver/tell-sender.ts';
import { readFingerprint } from '../receiver/senders/fingerprint.ts';
import { SenderBook } from '../receiver/senders/sender-book.ts';

interface SenderOptions {
  readonly data: string;
  readonly valueStdin?: true;
  /** `--no-auth`. */
  readonly auth?: boolean;
  readonly allow?: string[];
  /** A file, or its SHA-256. */
  readonly certificate?: string;
}

/** `unbroken sender add`: the value is told once, as the last line of standard output. */
export async function runSenderAdd(name: string, options: SenderOptions): Promise<void> {
  const { data, valueStdin, auth, allow, certificate } = options;
  const book = new SenderBook(data);
  if (certificate !== undefined) {
    if (valueStdin || auth === false)
      throw createFailure('bad-request', '--certificate needs no value and no address');
    const known = { certificate: readFingerprint(certificate) };
    await changeByHand(data, { kind: 'sender', name, after: known }, () =>
      book.addByCertificate(name, known.certificate),
    );
    return;
  }
  if (auth === false) {
    if (valueStdin || !allow)
      throw createFailure('bad-request', '--no-auth needs --allow with an address, and no value');
    await changeByHand(data, { kind: 'sender', name, after: { allow } }, () =>
      book.addByAddress(name, allow),
    );
    return;
  }
  if (allow) throw createFailure('bad-request', '--allow goes with --no-auth');
  const given = await readValue(valueStdin);
  const change = { kind: 'sender', name, after: { value: true } } as const;
  tellValue(await changeByHand(data, change, () => book.add(name, given)), valueStdin);
}

/** `unbroken sender rotate`: another value, or certificate; the old one is good no more. */
export async function runSenderRotate(
  name: string,
  { data, valueStdin, certificate }: SenderOptions,
): Promise<void> {
  const book = new SenderBook(data);
  const about = { kind: 'sender', name, before: tellSender(book, name) } as const;
  if (certificate === undefined) {
    const given = await readValue(valueStdin);
    const change = { ...about, after: { value: true } } as const;
    tellValue(await changeByHand(data, change, () => book.rotate(name, given)), valueStdin);
    return;
  }
  if (valueStdin) throw createFailure('bad-request', '--certificate needs no value');
  const after = { certificate: readFingerprint(certificate) };
  await changeByHand(data, { ...about, after }, () => book.rotateCertificate(name, after.certificate));
}

/** `unbroken sender revoke`: what it sent stays. */
export async function runSenderRevoke(name: string, { data }: SenderOptions): Promise<void> {
  const book = new SenderBook(data);
  await changeByHand(data, { kind: 'sender', name, before: tellSender(book, name) }, () => book.revoke(name));
}

/** `unbroken sender list`: a line each, without values. */
export function runSenderList({ data }: SenderOptions): void {
  for (const { name, allow, certificate, createdAt, rotatedAt, revokedAt } of new SenderBook(data).list()) {
    const by = certificate
      ? `by certificate ${certificate}`
      : allow
        ? `from ${allow.join(', ')}`
        : 'by value';
    const state = revokedAt ? `revoked ${revokedAt}` : rotatedAt ? `rotated ${rotatedAt}` : '';
    process.stdout.write(
      `${[name, by, `added ${createdAt}`, state].filter((part) => part !== '').join('  ')}\n`,
    );
  }
}

async function readValue(fromStdin: true | undefined): Promise<string | undefined> {
  return fromStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined;
}

function tellValue(value: string, isKnown: true | undefined): void {
  if (!isKnown)
    process.stderr.write('What its requests must carry as Authorization; it is not shown again:\n');
  process.stdout.write(`${value}\n`);
}
