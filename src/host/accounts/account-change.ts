/** A change of who may see what is served, or send to it, as the log of what people do tells it: never with a secret. */
import type { Group } from '../../contract/group.ts';
import type { AuditingChange } from '../../trail/protect-change.ts';

interface Told {
  readonly group?: Group | undefined;
  /** That there is one, or a new one. */
  readonly password?: true;
  readonly value?: true;
  /** How a sender is known without a value. */
  readonly allow?: readonly string[] | undefined;
  readonly certificate?: string | undefined;
}

export interface AccountChange {
  readonly kind: 'user' | 'token' | 'sender';
  readonly name: string;
  /** Undefined where it is new. */
  readonly before?: Told | undefined;
  /** Undefined where it is removed. */
  readonly after?: Told | undefined;
}

export function describeAccount({ kind, name, before, after }: AccountChange): AuditingChange {
  const tell = (told: Told | undefined) => told && { name, ...told };
  const change = { id: name, name, old: tell(before), new: tell(after), secretFields: ['password', 'value'] };
  // Whoever may write to the evidence has a token of another kind.
  return kind === 'sender' ? { kind: 'token', model: 'unbroken.sender', ...change } : { kind, ...change };
}
