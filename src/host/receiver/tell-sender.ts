import type { SenderBook } from '../../receiver/senders/sender-book.ts';
import type { AccountChange } from '../accounts/account-change.ts';

/** How a sender is known; undefined where nobody sends under this name. */
export function tellSender(book: SenderBook, name: string): AccountChange['before'] {
  const sender = book.list().find((one) => one.name === name && one.revokedAt === undefined);
  if (!sender) return undefined;
  const { hmac, allow, certificate } = sender;
  return { ...(hmac === undefined ? {} : { value: true }), allow, certificate };
}
