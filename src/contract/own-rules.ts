/** The rules of Unbroken's own trail as screens edit them. OpenSPP's rules are its own: nothing here changes them. */
import { z } from 'zod';
import { LoggedAction, ModelName, Rule } from './rule.ts';
import { RuleTold } from './rule-history.ts';

/** One change of a rule. */
export const RuleVersion = z.strictObject({
  model: z.string(),
  /** ISO 8601. */
  at: z.string(),
  /** Login of who changed it. */
  user: z.string(),
  /** Null where there was no rule. */
  before: Rule.nullable(),
  /** Null where it was removed. */
  after: Rule.nullable(),
});
export type RuleVersion = z.infer<typeof RuleVersion>;

export const RuleList = z.strictObject({
  rules: z.array(Rule),
  /** Backends beside the database that a change is in before it takes effect: with none, changes are not protected. */
  witnesses: z.array(z.string()),
});
export type RuleList = z.infer<typeof RuleList>;

/** Why a rule would not have recorded an entry. */
export const NotRecordedReason = z.enum(['inactive', 'switched-off', 'unchanged']);
export type NotRecordedReason = z.infer<typeof NotRecordedReason>;

/** What a rule would have recorded of a model's latest entries. */
export const RulePreview = z.strictObject({
  /** Latest entries of the log that were looked at, and those of the model among them. */
  looked: z.number(),
  ofModel: z.number(),
  recorded: z.number(),
  actions: z.array(
    z.strictObject({
      action: z.string(),
      recorded: z.number(),
      /** Recorded, but not with all of their fields. */
      inPart: z.number(),
      left: z.number(),
      reason: NotRecordedReason.optional(),
    }),
  ),
});
export type RulePreview = z.infer<typeof RulePreview>;

export const RuleForm = z.enum(['json', 'csv']);
export type RuleForm = z.infer<typeof RuleForm>;

/** What an import does with each rule of a file; `refused` tells where, and why. */
export const RuleImport = z.strictObject({
  added: z.array(z.string()),
  changed: z.array(z.string()),
  same: z.array(z.string()),
  refused: z.array(z.strictObject({ row: z.number(), why: z.string() })),
});
export type RuleImport = z.infer<typeof RuleImport>;

/** Our rule about a model beside what the log reports of its own, last. */
export const RuleDifference = z.strictObject({
  model: z.string(),
  ours: Rule.nullable(),
  /** Undefined where the log reports nothing of the model. */
  theirs: RuleTold.nullable().optional(),
  /** When the log reported it, microseconds. */
  reportedMicros: z.number().optional(),
  /** Actions that one records and the other does not. */
  actions: z.array(z.strictObject({ action: LoggedAction, ours: z.boolean(), theirs: z.boolean() })),
  /** Whether both tell their fields, and those differ. */
  fields: z.boolean(),
});
export type RuleDifference = z.infer<typeof RuleDifference>;

/** What the open log holds, for whoever writes a rule. */
export const RuleProposals = z.strictObject({
  models: z.array(z.strictObject({ value: z.string(), count: z.number() })),
  /** Fields in the values of a model's latest entries, most frequent first. */
  fields: z.array(z.strictObject({ value: z.string(), count: z.number() })),
});
export type RuleProposals = z.infer<typeof RuleProposals>;

const inWorkspace = z.strictObject({ workspace: z.string() });

export const ruleCalls = {
  'rules.list': { input: z.strictObject({}), output: RuleList },
  /** Sets the rule of its model; `isNew`: there must be none. Failures: `rule-exists`, `change-unwitnessed`. */
  'rules.save': { input: z.strictObject({ rule: Rule, isNew: z.boolean() }), output: RuleList },
  'rules.remove': { input: z.strictObject({ model: ModelName }), output: RuleList },
  /** Every change of the rules, the latest first. */
  'rules.history': { input: z.strictObject({}), output: z.strictObject({ versions: z.array(RuleVersion) }) },
  'rules.proposals': {
    input: inWorkspace.extend({ model: z.string().optional() }),
    output: RuleProposals,
  },
  'rules.preview': { input: inWorkspace.extend({ rule: Rule }), output: RulePreview },
  /** The rules as a file's text: JSON, or a CSV that Odoo imports as spp.audit.rule. */
  'rules.export': {
    input: z.strictObject({ form: RuleForm }),
    output: z.strictObject({ text: z.string() }),
  },
  /** Reads rules from a file's text; with `apply` they are saved, each as a change of its own. */
  'rules.import': {
    input: z.strictObject({ form: RuleForm, text: z.string().max(900_000), apply: z.boolean() }),
    output: RuleImport,
  },
  'rules.difference': {
    input: inWorkspace,
    output: z.strictObject({ models: z.array(RuleDifference) }),
  },
} as const;
