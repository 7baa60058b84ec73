/**
 * Who may send: names with what their requests must carry. Of a value only its HMAC is kept, under a key of this
 * installation: a value that is too weak to be kept as a plain hash (`ApiKey abc`) can then be guessed only by whoever
 * reads the key as well, and the right value is found at once, so that guessing by others locks nobody out.
 */
import { createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { SELF_TEST_SENDER, SenderName } from '../../contract/spool.ts';
import { createFailure } from '../../engine/base/failure.ts';
import { keepJson } from '../../engine/base/keep-json.ts';
import { lookAt } from '../look-at.ts';
import { withLock } from '../with-lock.ts';
import { Fingerprint } from './fingerprint.ts';

const Sender = z.strictObject({
  name: SenderName,
  createdAt: z.iso.datetime(),
  rotatedAt: z.iso.datetime().optional(),
  revokedAt: z.iso.datetime().optional(),
  /** HMAC-SHA-256 of the Authorization value. */
  hmac: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Addresses or networks from which it sends without a value. */
  allow: z.array(z.string()).optional(),
  /** SHA-256 of the certificate that it shows. */
  certificate: Fingerprint.optional(),
});
/** A sender as it is kept. */
export type Sender = z.infer<typeof Sender>;
const SenderFile = z.strictObject({ version: z.literal(1), senders: z.array(Sender) });

/** Verbatim, so printable: what HTTP libraries do with other characters differs. */
const VALUE = /^[\x21-\x7e](?:[\x20-\x7e]{0,1022}[\x21-\x7e])?$/;

/** The senders of a data directory. Every change is on the disk when the call returns. */
export class SenderBook {
  readonly #file: string;
  readonly #key: KeyObject;
  readonly #nativeBinding: string | undefined;
  #senders: readonly Sender[] = [];
  #look = '';
  #allowed: readonly { readonly name: string; readonly list: BlockList }[] = [];

  constructor(data: string, nativeBinding?: string) {
    this.#nativeBinding = nativeBinding;
    const directory = join(data, 'receiver');
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#file = join(directory, 'senders.json');
    this.#key = createSecretKey(readKey(join(directory, 'key')));
    this.refresh();
  }

  /** Reads the file again where it has changed. */
  refresh(): void {
    const look = lookAt(this.#file);
    if (look === this.#look) return;
    this.#look = look;
    this.#senders = look === '' ? [] : SenderFile.parse(JSON.parse(readFileSync(this.#file, 'utf8'))).senders;
    this.#allowed = this.#senders.flatMap(({ name, allow, revokedAt }) =>
      allow && revokedAt === undefined ? [{ name, list: listAddresses(allow) }] : [],
    );
  }

  list(): readonly Sender[] {
    return this.#senders;
  }

  /** Adds a sender; returns the value that its requests must carry, known to nobody else. Failure: `bad-request`. */
  add(name: string, value = generateValue()): string {
    this.#addNew({ ...this.#begin(name), hmac: this.#sign(checkValue(value)) });
    return value;
  }

  /** Adds a sender that is known by where it sends from. Failure: `bad-request`. */
  addByAddress(name: string, allow: readonly string[]): void {
    listAddresses(allow);
    this.#addNew({ ...this.#begin(name), allow: [...allow] });
  }

  /** Adds a sender that is known by the certificate it shows, until it is revoked. Failure: `bad-request`. */
  addByCertificate(name: string, certificate: string): void {
    this.#addNew({ ...this.#begin(name), certificate });
  }

  /** Lets the receiver's own test send, until it is revoked: with the value returned, and from this address. */
  admitSelfTest(address: string): string {
    const value = generateValue();
    const sender = {
      name: SELF_TEST_SENDER,
      createdAt: new Date().toISOString(),
      hmac: this.#sign(value),
      allow: [address],
    };
    this.#change((senders) => [...senders.filter(({ name }) => name !== SELF_TEST_SENDER), sender]);
    return value;
  }

  /** Gives a sender another value; the old one, or its certificate, is good no more. Failures: `not-found`, `bad-request`. */
  rotate(name: string, value = generateValue()): string {
    const hmac = this.#sign(checkValue(value));
    this.#rotate(name, ({ allow: _, revokedAt: __, certificate: ___, ...sender }) => ({ ...sender, hmac }));
    return value;
  }

  /** Knows a sender by another certificate; what it was known by is good no more. Failures: as of `rotate`. */
  rotateCertificate(name: string, certificate: string): void {
    this.#rotate(name, ({ allow: _, revokedAt: __, hmac: ___, ...sender }) => ({ ...sender, certificate }));
  }

  /** What it sent stays. Failure: `not-found`. */
  revoke(name: string): void {
    this.#replace(name, (sender) => ({ ...sender, revokedAt: new Date().toISOString() }));
  }

  /**
   * Who sends this; undefined where nobody may. What is given decides: a value before a certificate, that before the
   * address. Takes the same time whichever value is wrong.
   */
  identify(authorization: string | undefined, address: string, certificate?: string): string | undefined {
    if (authorization === undefined || authorization === '') {
      const shown =
        certificate !== undefined &&
        this.#senders.find((sender) => sender.certificate === certificate && sender.revokedAt === undefined);
      if (shown) return shown.name;
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      return this.#allowed.find(({ list }) => list.check(address, family))?.name;
    }
    const given = createHmac('sha256', this.#key).update(authorization, 'latin1').digest();
    let found: string | undefined;
    for (const { name, hmac, revokedAt } of this.#senders) {
      if (hmac === undefined) continue;
      const isEqual = timingSafeEqual(given, Buffer.from(hmac, 'hex'));
      if (isEqual && revokedAt === undefined) found = name;
    }
    return found;
  }

  #sign(value: string): string {
    return createHmac('sha256', this.#key).update(value, 'latin1').digest('hex');
  }

  #begin(name: string): Pick<Sender, 'name' | 'createdAt'> {
    if (!SenderName.safeParse(name).success) {
      throw createFailure(
        'bad-request',
        'a sender has a name of small letters, digits and single hyphens, 40 at most',
        { subject: name },
      );
    }
    if (name === SELF_TEST_SENDER)
      throw createFailure('bad-request', 'this is the name of the receiver’s own test', { subject: name });
    return { name, createdAt: new Date().toISOString() };
  }

  #addNew(sender: Sender): void {
    this.#change((senders) => {
      if (senders.some(({ name }) => name === sender.name))
        throw createFailure('bad-request', 'there is a sender of this name', { subject: sender.name });
      this.#refuseTaken(sender);
      return [...senders, sender];
    });
  }

  #refuseTaken({ name, hmac, certificate }: Sender): void {
    const others = this.#senders.filter((one) => one.name !== name && one.revokedAt === undefined);
    if (hmac !== undefined && others.some((one) => one.hmac === hmac))
      throw createFailure('bad-request', 'another sender has this value', { subject: name });
    if (certificate !== undefined && others.some((one) => one.certificate === certificate))
      throw createFailure('bad-request', 'another sender has this certificate', { subject: name });
  }

  #rotate(name: string, make: (before: Sender) => Sender): void {
    this.#replace(name, (before) => {
      const sender = make(before);
      this.#refuseTaken(sender);
      return { ...sender, rotatedAt: new Date().toISOString() };
    });
  }

  #replace(wanted: string, make: (before: Sender) => Sender): void {
    this.#change((senders) => {
      if (!senders.some(({ name }) => name === wanted))
        throw createFailure('not-found', 'there is no such sender', { subject: wanted });
      return senders.map((one) => (one.name === wanted ? make(one) : one));
    });
  }

  /** Of two processes each changes what the other has left. */
  #change(make: (before: readonly Sender[]) => readonly Sender[]): void {
    const change = (): void => {
      this.refresh();
      this.#save(make(this.#senders));
    };
    withLock(`${this.#file}.lock`, change, this.#nativeBinding);
  }

  #save(senders: readonly Sender[]): void {
    keepJson(this.#file, { version: 1, senders });
    this.refresh();
  }
}

/** 256 bits: not to be guessed. */
function generateValue(): string {
  return `Bearer ${randomBytes(32).toString('base64url')}`;
}

function checkValue(value: string): string {
  if (!VALUE.test(value)) {
    throw createFailure(
      'bad-request',
      'an Authorization value is one line of printable ASCII, without spaces at its ends',
    );
  }
  return value;
}

function readKey(file: string): Buffer {
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx', flush: true });
    } catch (error) {
      // Another process was quicker.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'hex');
}

/** Addresses and networks, as they are written. Failure: `bad-request`. */
export function listAddresses(allow: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of allow) {
    const [address = '', bits] = text.split('/');
    const version = isIP(address);
    const most = version === 6 ? 128 : 32;
    const isNetwork = bits !== undefined;
    if (version === 0 || (isNetwork && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most)))
      throw createFailure('bad-request', 'an address is written as 10.0.0.5, 10.0.0.0/24 or 2001:db8::/32', {
        subject: text,
      });
    const family = version === 6 ? 'ipv6' : 'ipv4';
    if (isNetwork) list.addSubnet(address, Number(bits), family);
    else list.addAddress(address, family);
  }
  return list;
}
