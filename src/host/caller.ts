/** Who makes a call: what they may, whose preferences are theirs, and which of the open workspaces they opened. */
import type { Group } from '../contract/group.ts';

export interface Caller {
  readonly group: Group;
  /** Whose preferences it has, and whom the log of what people do names; undefined for whoever sits at the machine. */
  readonly account?: string | undefined;
  /** One session sees and closes only what it opened itself. */
  readonly session: string;
}

/** Whoever sits at the machine, or opened the link on loopback, is its Manager; all their pages are one session. */
export const AT_THE_MACHINE: Caller = { group: 'manager', session: '' };
