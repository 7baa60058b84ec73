import type { CallName } from '../../src/contract/api.ts';

/** What an Audit User may not: every call that is not one of reading, notes, reviews, exports or their own screen. */
export const FOR_MANAGERS: readonly CallName[] = [
  ...(['app.log', 'workspace.delete', 'filters.save', 'filters.remove'] as const),
  ...(['settings.list', 'settings.set', 'doctor.run'] as const),
  ...(['receiver.start', 'receiver.stop', 'receiver.settings', 'receiver.configure'] as const),
  ...(['alerts.get', 'alerts.set', 'alerts.test'] as const),
  ...(['server.look', 'server.signIn', 'server.signOut', 'server.forget'] as const),
  ...(['receiver.selfTest', 'senders.list', 'senders.add', 'senders.rotate', 'senders.revoke'] as const),
  ...(['rules.list', 'rules.save', 'rules.remove', 'rules.history', 'rules.proposals'] as const),
  ...(['rules.preview', 'rules.export', 'rules.import', 'rules.difference'] as const),
];
