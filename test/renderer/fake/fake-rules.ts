/** One rule, kept by a host without a backend that could witness its changes. */
import type { Calls } from '../../../src/contract/api.ts';
import { LoggedAction, type Rule } from '../../../src/contract/rule.ts';
import type { ModelCoverage } from '../../../src/contract/rule-history.ts';

type Names = Extract<keyof Calls, `rules.${string}`>;

const recorded = new Set<string>(['create', 'write', 'unlink', 'enroll']);
const partners: Rule = {
  name: 'Beneficiaries',
  model: 'res.partner',
  active: true,
  log: Object.fromEntries(
    LoggedAction.options.map((action) => [action, recorded.has(action)]),
  ) as Rule['log'],
  subscribedFields: ['name', 'phone', 'bank_ids'],
  postToChatter: true,
};

const about = { model: partners.model, user: 'admin' };
const versions = [
  { ...about, at: '2024-01-30T09:00:00Z', before: { ...partners, active: false }, after: partners },
  { ...about, at: '2024-01-29T09:00:00Z', before: null, after: { ...partners, active: false } },
];

/** Of the fixture's days. */
const [from, middle, to] = [1_740_787_200_000_000, 1_740_900_000_000_000, 1_741_046_400_000_000];
const coverage: ModelCoverage = {
  model: partners.model,
  changes: [],
  actions: [
    {
      action: 'write',
      entries: 1200,
      unexplained: 14,
      spans: [
        { state: 'not-audited', fromMicros: from, toMicros: middle },
        { state: 'audited', fromMicros: middle, toMicros: to },
      ],
    },
    {
      action: 'create',
      entries: 0,
      unexplained: 0,
      spans: [{ state: 'not-audited', fromMicros: from, toMicros: to }],
    },
    {
      action: 'unlink',
      entries: 7,
      unexplained: 0,
      spans: [{ state: 'unknown', fromMicros: from, toMicros: to, why: 'not-told' }],
    },
  ],
};

export function tellFakeRules(): { [N in Names]: (input: Calls[N]['input']) => Calls[N]['output'] } {
  const list = () => ({ rules: [partners], witnesses: [] });
  return {
    'rules.list': list,
    'rules.save': ({ rule }) => ({ ...list(), rules: [rule] }),
    'rules.remove': list,
    'rules.history': () => ({ versions }),
    'rules.proposals': () => ({
      models: [{ value: 'res.partner', count: 12 }],
      fields: [{ value: 'phone', count: 9 }],
    }),
    'rules.preview': () => ({
      looked: 1000,
      ofModel: 12,
      recorded: 9,
      actions: [
        { action: 'write', recorded: 9, inPart: 4, left: 0 },
        { action: 'export', recorded: 0, inPart: 0, left: 3, reason: 'switched-off' },
      ],
    }),
    'rules.export': () => ({ file: '/home/amina/audit-rules.json', download: null }),
    'rules.import': () => ({
      changes: [
        { before: partners, after: { ...partners, log: { ...partners.log, write: false } } },
        { before: null, after: { ...partners, name: 'Cycles', model: 'spp.cycle' } },
      ],
      same: ['spp.program'],
      refused: [
        { line: 5, code: 'bad-flag', field: 'is_log_write', text: 'perhaps' },
        { line: 9, code: 'model-twice', text: 'spp.cycle' },
      ],
      ignored: ['is_log_wirte'],
      filled: ['is_log_create'],
    }),
    'rules.difference': () => ({
      models: [
        {
          model: partners.model,
          ours: partners,
          theirs: { log: { write: true, enroll: false } },
          reportedMicros: middle,
          actions: [{ action: 'enroll', ours: true, theirs: false }],
          fields: false,
        },
      ],
    }),
    'rules.coverage': () => ({ models: [coverage], moreModels: 3 }),
  };
}
