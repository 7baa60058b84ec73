/**
 * What a person does with Unbroken, as entries of its own log tell it. Calls that only look at what is open are not
 * told; every call stands here, so that a new one is decided on. What changes data is told by the trail itself, with old
 * and new values (`own-log.ts`); of such a call, the attempt that failed is told here.
 */
import type { CallName, Calls } from '../../contract/api.ts';
import { hideSecret } from '../alerts/keep-alert-choice.ts';

export interface OwnAction {
  readonly model: string;
  readonly id: string | number | null | readonly string[];
  readonly action: string;
  readonly new?: Readonly<Record<string, unknown>>;
}

type Tell<N extends CallName> = (
  input: Calls[N]['input'],
  /** Undefined where the call failed. */
  output: Calls[N]['output'] | undefined,
) => OwnAction | undefined;

/** The model of what people choose for themselves. */
export const SETTING = 'unbroken.setting';

/** A call whose changes are recorded as such: told where it made none. */
const failed =
  <N extends CallName>(tell: (input: Calls[N]['input']) => OwnAction): Tell<N> =>
  (input, output) =>
    output === undefined ? tell(input) : undefined;

export const ownActions: { readonly [N in CallName]: Tell<N> | null } = {
  'app.info': null,
  'app.licences': null,
  'app.log': null,
  'preferences.get': null,
  'preferences.change': failed((change) => ({ model: SETTING, id: null, action: 'write', new: change })),
  'recent.forget': ({ paths }) => ({ model: 'unbroken.workspace', id: paths, action: 'forget' }),
  'source.choose': null,
  'workspace.open': ({ paths, sample, ...how }, output) => ({
    model: 'unbroken.workspace',
    id: output?.paths ?? paths ?? null,
    action: 'open',
    new: sample ? { sample, ...how } : how,
  }),
  'workspace.cancel': () => ({ model: 'unbroken.workspace', id: null, action: 'cancel' }),
  'workspace.follow': ({ on }) =>
    on === undefined ? undefined : { model: 'unbroken.workspace', id: null, action: on ? 'follow' : 'pause' },
  'workspace.close': () => ({ model: 'unbroken.workspace', id: null, action: 'close' }),
  'workspace.delete': ({ paths }) => ({ model: 'unbroken.workspace', id: paths, action: 'delete' }),
  'report.get': null,
  'entries.page': null,
  'entries.search': null,
  'entries.cancelSearch': null,
  'entries.detail': null,
  'entries.receipt': null,
  'entries.at': null,
  'entries.position': null,
  'entries.histogram': null,
  'entries.facets': null,
  'entries.stream': null,
  'entries.export': ({ filter, form, mask, order }, output) => ({
    model: 'unbroken.export',
    id: output?.file ?? null,
    action: 'export',
    new: { filter, form, mask, order, count: output?.count },
  }),
  'marks.set': failed(({ id, tags, note }) => ({
    ...{ model: 'unbroken.note', id, action: 'write', new: { tags, note } },
  })),
  'marks.list': null,
  'reviews.list': null,
  'reviews.set': failed(({ finding, state, note }) => ({
    ...{ model: 'unbroken.review', id: finding, action: 'write', new: { state, note } },
  })),
  'document.stock': null,
  'document.keep': null,
  'document.preview': null,
  'document.save': ({ workspace: _, ...document }, output) => ({
    model: 'unbroken.export',
    id: output?.file ?? null,
    action: 'export',
    new: document,
  }),
  'filters.list': null,
  'filters.save': failed(({ workspace: _, name, ...filter }) => ({
    ...{ model: 'unbroken.filter', id: name, action: 'write', new: filter },
  })),
  'filters.remove': failed(({ name }) => ({ model: 'unbroken.filter', id: name, action: 'unlink' })),
  'finding.strips': null,
  'record.history': null,
  'thread.read': null,
  'thread.write': failed(({ record: { model, resId }, text }) => ({
    ...{ model: 'unbroken.note', id: [model, resId], action: 'create', new: { note: text } },
  })),
  'thread.remove': failed(({ record: { model, resId }, id }) => ({
    ...{ model: 'unbroken.note', id: [model, resId, String(id)], action: 'unlink' },
  })),
  'rules.coverage': null,
  'settings.list': null,
  // A change of a setting has entries of its own, before and after it takes effect.
  'settings.set': failed(({ key }) => ({ model: SETTING, id: key, action: 'write' })),
  'doctor.run': ({ owner, sendTestEntry }) =>
    sendTestEntry ? { model: 'unbroken.doctor', id: owner, action: 'send-test-entry' } : undefined,
  'rules.list': null,
  // A change of a rule has entries of its own, before and after it takes effect.
  'rules.save': failed(({ rule }) => ({
    ...{ model: 'unbroken.rule', id: rule.model, action: 'write', new: { ...rule } },
  })),
  'rules.remove': failed(({ model }) => ({ model: 'unbroken.rule', id: model, action: 'unlink' })),
  'rules.import': failed(({ form }) => ({
    ...{ model: 'unbroken.rule', id: null, action: 'import', new: { form } },
  })),
  'rules.history': null,
  'rules.proposals': null,
  'rules.preview': null,
  'rules.export': ({ form }, output) => ({
    model: 'unbroken.export',
    id: output?.file ?? null,
    action: 'export',
    new: { rules: form },
  }),
  'rules.difference': null,
  'receiver.status': null,
  'receiver.start': () => ({ model: 'unbroken.receiver', id: null, action: 'start' }),
  'receiver.stop': () => ({ model: 'unbroken.receiver', id: null, action: 'stop' }),
  'receiver.settings': null,
  'receiver.configure': (choice) => ({
    model: 'unbroken.receiver',
    id: null,
    action: 'configure',
    new: choice,
  }),
  'receiver.selfTest': () => ({ model: 'unbroken.receiver', id: null, action: 'self-test' }),
  'senders.list': null,
  // A change of a sender has entries of its own, before and after it takes effect.
  'senders.add': failed(({ name }) => ({ model: 'unbroken.sender', id: name, action: 'create' })),
  'senders.rotate': failed(({ name }) => ({ model: 'unbroken.sender', id: name, action: 'write' })),
  'senders.revoke': failed(({ name }) => ({ model: 'unbroken.sender', id: name, action: 'unlink' })),
  'alerts.get': null,
  // Never the secret of a webhook.
  'alerts.set': (choice) => ({
    model: 'unbroken.alert',
    id: null,
    action: 'configure',
    new: hideSecret(choice),
  }),
  'alerts.test': () => ({ model: 'unbroken.alert', id: null, action: 'test' }),
  // A change of an account has entries of its own, before and after it takes effect.
  'account.changePassword': null,
  'server.list': null,
  'server.look': null,
  // Never the password or the token.
  'server.signIn': ({ address, fingerprint, as }) => ({
    model: 'unbroken.server',
    id: address,
    action: 'sign-in',
    new: { account: 'name' in as ? as.name : null, ...(fingerprint !== undefined && { fingerprint }) },
  }),
  'server.signOut': () => ({ model: 'unbroken.server', id: null, action: 'sign-out' }),
  'server.forget': ({ address }) => ({ model: 'unbroken.server', id: address, action: 'forget' }),
  'person.activity': null,
  'person.hours': null,
};
