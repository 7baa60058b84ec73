import type { SenderBook } from '../senders/sender-book.ts';

/** As long as a change to the senders takes to be known to the others. */
const REMEMBER_MS = 1000;
const MAX_ADDRESSES = 10_000;

/** Who sends from an address: the book is asked once a second for each, not for each message. */
export class KnownAddresses {
  readonly #book: Pick<SenderBook, 'identify'>;
  readonly #anySender: string | undefined;
  readonly #names = new Map<string, string | undefined>();
  #sinceMs = 0;

  /** `anySender`: who it is that sends from addresses of no sender; without it nobody does. */
  constructor(book: Pick<SenderBook, 'identify'>, anySender: string | undefined) {
    this.#book = book;
    this.#anySender = anySender;
  }

  /** `certificate`: of what the peer showed over TLS, its fingerprint. */
  find(address: string, certificate?: string): string | undefined {
    const nowMs = performance.now();
    if (nowMs - this.#sinceMs > REMEMBER_MS || this.#names.size > MAX_ADDRESSES) {
      this.#names.clear();
      this.#sinceMs = nowMs;
    }
    const key = certificate === undefined ? address : `${address} ${certificate}`;
    if (!this.#names.has(key)) {
      // Without the name of the network card that an address of the own link has.
      const name = this.#book.identify(undefined, address.replace(/%.*/, ''), certificate);
      this.#names.set(key, name ?? this.#anySender);
    }
    return this.#names.get(key);
  }
}
