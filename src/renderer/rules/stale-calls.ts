import type { CallName } from '../../contract/api.ts';

/** What a change of a rule makes untrue. */
export const STALE: readonly CallName[] = [
  ...(['rules.list', 'rules.history', 'rules.difference', 'rules.import'] as const),
  'thread.read',
];
