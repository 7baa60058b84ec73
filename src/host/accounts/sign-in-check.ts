/**
 * Who signs in. Wrong passwords are counted for each address and for each account, so that neither many addresses nor
 * many accounts help a guesser; whoever signed in from an address before is let in from there, however hard others guess.
 * A name that nobody has takes as long as one that somebody has, and is counted like it.
 */
import { createFailure } from '../../engine/base/failure.ts';
import { nameNetwork } from '../../engine/base/name-network.ts';
import { takeTurns } from '../../engine/base/take-turns.ts';
import { TokenBuckets } from '../../engine/base/token-buckets.ts';
import type { Account, AccountBook } from './account-book.ts';
import { isPassword } from './hash-password.ts';

const BY_ADDRESS = { perSecond: 1 / 10, burst: 10 };
const BY_ACCOUNT = { perSecond: 1 / 30, burst: 20 };
/** One hash at a time, so that they never take more than one core; with so many waiting, others are sent away. */
const MAX_WAITING = 20;
const BUSY_SECONDS = 5;
const MAX_KNOWN = 10_000;

export interface Attempt {
  readonly name: string;
  readonly password: string;
  readonly address: string;
}

export class SignInCheck {
  readonly #book: Pick<AccountBook, 'find'>;
  readonly #byAddress: TokenBuckets;
  readonly #byAccount: TokenBuckets;
  readonly #byOrigin: TokenBuckets;
  /** Where accounts signed in from. */
  readonly #known = new Set<string>();
  readonly #isPassword: typeof isPassword;
  readonly #takeTurns = takeTurns();
  #waiting = 0;

  constructor(
    book: Pick<AccountBook, 'find'>,
    { now, verify = isPassword }: { readonly now?: () => number; readonly verify?: typeof isPassword } = {},
  ) {
    this.#book = book;
    this.#isPassword = verify;
    this.#byAddress = new TokenBuckets(BY_ADDRESS.perSecond, BY_ADDRESS.burst, now);
    this.#byAccount = new TokenBuckets(BY_ACCOUNT.perSecond, BY_ACCOUNT.burst, now);
    this.#byOrigin = new TokenBuckets(BY_ACCOUNT.perSecond, BY_ACCOUNT.burst, now);
  }

  /** The account. Failures: `sign-in-refused`, and `too-many-attempts`, whose subject is the seconds to wait. */
  async signIn({ name, password, address }: Attempt): Promise<Account> {
    const origin = `${address} ${name}`;
    const counted: readonly [TokenBuckets, string][] = this.#known.has(origin)
      ? [[this.#byOrigin, origin]]
      : [
          [this.#byAddress, nameNetwork(address)],
          [this.#byAccount, name],
        ];
    this.#refuseFor(Math.max(...counted.map(([buckets, key]) => buckets.peek(key))));
    if (this.#waiting >= MAX_WAITING) this.#refuseFor(BUSY_SECONDS);
    // Taken before the answer is known: attempts at once are as many as attempts in turn.
    for (const [buckets, key] of counted) buckets.take(key);
    this.#waiting++;
    const found = await this.#takeTurns(async () => {
      const kept = this.#book.find(name);
      return (await this.#isPassword(password, kept?.password)) ? kept : undefined;
    }).finally(() => this.#waiting--);
    if (!found) throw createFailure('sign-in-refused', 'name or password is wrong');
    for (const [buckets, key] of counted) buckets.giveBack(key);
    this.#remember(origin);
    return found;
  }

  /** Counts a wrong API token or link. Failure: `too-many-attempts`. */
  countGuess(address: string): void {
    this.#refuseFor(this.#byAddress.take(nameNetwork(address)));
  }

  #refuseFor(seconds: number): void {
    if (seconds === 0) return;
    throw createFailure('too-many-attempts', 'too many wrong passwords', { subject: String(seconds) });
  }

  #remember(origin: string): void {
    this.#known.delete(origin);
    this.#known.add(origin);
    const [oldest] = this.#known;
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }
}
