/** A change of who may see what is served, as the log of what people do tells it: never with a password or a token. */
import type { Group } from '../../contract/group.ts';
import type { AuditingChange } from '../../trail/protect-change.ts';

interface Told {
  readonly group: Group | undefined;
  /** That there is one, or a new one. */
  readonly password?: true;
}

export interface AccountChange {
  readonly kind: 'user' | 'token';
  readonly name: string;
  /** Undefined where it is new. */
  readonly before?: Told | undefined;
  /** Undefined where it is removed. */
  readonly after?: Told | undefined;
}

export function describeAccount({ kind, name, before, after }: AccountChange): AuditingChange {
  const tell = (told: Told | undefined) => told && { name, ...told };
  return { kind, id: name, name, old: tell(before), new: tell(after), secretFields: ['password'] };
}
