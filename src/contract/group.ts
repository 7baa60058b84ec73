/** Who may ask for what: the two groups that OpenSPP's README documents, and the group that each call needs. */
import { z } from 'zod';
import type { CallName } from './api.ts';

/**
 * `manager` (Audit Manager, `spp_audit.group_manager`): everything. `user` (Audit User): reads logs, may write notes,
 * reviews and exports, and nothing else. On a desktop the person at the keyboard is Manager of their own workspace.
 */
export const Group = z.enum(['manager', 'user']);
export type Group = z.infer<typeof Group>;

/**
 * The least that each call needs. To open a log, to follow it and to close it is to read it; how a document is composed
 * is a part of its export. Preferences and the list of what was opened lately are each account's own: they say how a
 * person reads, and nobody else sees them. Saved filters lie in the workspace for all, so a User changes none.
 */
export const groupOfCall: Readonly<Record<CallName, Group>> = {
  'app.info': 'user',
  'app.licences': 'user',
  'app.log': 'manager',
  'preferences.get': 'user',
  'preferences.change': 'user',
  'recent.forget': 'user',
  'source.choose': 'user',
  'workspace.open': 'user',
  'workspace.cancel': 'user',
  'workspace.follow': 'user',
  'workspace.close': 'user',
  'workspace.delete': 'manager',
  'report.get': 'user',
  'entries.page': 'user',
  'entries.search': 'user',
  'entries.cancelSearch': 'user',
  'entries.detail': 'user',
  'entries.receipt': 'user',
  'entries.at': 'user',
  'entries.position': 'user',
  'entries.histogram': 'user',
  'entries.facets': 'user',
  'entries.stream': 'user',
  'entries.export': 'user',
  'marks.set': 'user',
  'marks.list': 'user',
  'reviews.list': 'user',
  'reviews.set': 'user',
  'document.stock': 'user',
  'document.keep': 'user',
  'document.preview': 'user',
  'document.save': 'user',
  'filters.list': 'user',
  'filters.save': 'manager',
  'filters.remove': 'manager',
  'finding.strips': 'user',
  'record.history': 'user',
  'thread.read': 'user',
  'thread.write': 'user',
  'thread.remove': 'user',
  'rules.coverage': 'user',
  'settings.list': 'manager',
  'settings.set': 'manager',
  'doctor.run': 'manager',
  'rules.list': 'manager',
  'rules.save': 'manager',
  'rules.remove': 'manager',
  'rules.history': 'manager',
  'rules.proposals': 'manager',
  'rules.preview': 'manager',
  'rules.export': 'manager',
  'rules.import': 'manager',
  'rules.difference': 'manager',
  'receiver.status': 'user',
  'receiver.start': 'manager',
  'receiver.stop': 'manager',
  'receiver.settings': 'manager',
  'receiver.configure': 'manager',
  'receiver.selfTest': 'manager',
  'senders.list': 'manager',
  'senders.add': 'manager',
  'senders.rotate': 'manager',
  'senders.revoke': 'manager',
  'alerts.get': 'manager',
  'alerts.set': 'manager',
  'alerts.test': 'manager',
  'account.changePassword': 'user',
  'server.list': 'user',
  'server.look': 'manager',
  'server.signIn': 'manager',
  'server.signOut': 'manager',
  'server.forget': 'manager',
  'person.activity': 'user',
  'person.hours': 'user',
};

/** Whether a group may make a call. */
export function isPermitted(group: Group, call: CallName): boolean {
  return group === 'manager' || groupOfCall[call] === 'user';
}
