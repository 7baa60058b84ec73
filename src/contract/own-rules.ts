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

/** Characters of a file of rules at most. */
export const MAX_RULE_FILE = 900_000;

export const RuleForm = z.enum(['json', 'csv']);
export type RuleForm = z.infer<typeof RuleForm>;

/** A part of a file that is no rule. */
export const RuleRefusal = z.strictObject({
  /** Of the file, from 1. */
  line: z.int().min(1),
  code: z.enum([
    'not-json',
    'not-a-list',
    'no-model-column',
    'columns',
    'quotes',
    'not-a-rule',
    'unknown-field',
    'missing-field',
    'bad-model',
    'bad-name',
    'bad-flag',
    'bad-fields',
    'model-twice',
  ]),
  /** As the file calls it. */
  field: z.string().optional(),
  /** What is written there, clipped. */
  text: z.string().optional(),
});
export type RuleRefusal = z.infer<typeof RuleRefusal>;

/** What an import does, or would do. Rules that the file does not have stay as they are. */
export const RuleImport = z.strictObject({
  changes: z.array(z.strictObject({ before: Rule.nullable(), after: Rule })),
  /** Models whose rules are as the file has them. */
  same: z.array(z.string()),
  refused: z.array(RuleRefusal),
  /** Columns of a CSV that say nothing of a rule. */
  ignored: z.array(z.string()),
  /** What rules of the file do not say, in its words: taken as documented. */
  filled: z.array(z.string()),
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
  /**
   * Writes the rules where the person chooses (null where they cancel), or gives a path to fetch them from, once: JSON, or
   * a CSV that Odoo imports as spp.audit.rule.
   */
  'rules.export': {
    input: inWorkspace.extend({ form: RuleForm }),
    output: z.strictObject({ file: z.string().nullable(), download: z.string().nullable() }),
  },
  /** Reads rules from a file's text; with `apply` those that change something are saved, each as a change of its own. */
  'rules.import': {
    input: z.strictObject({ form: RuleForm, text: z.string().max(MAX_RULE_FILE), apply: z.boolean() }),
    output: RuleImport,
  },
  'rules.difference': {
    input: inWorkspace,
    output: z.strictObject({ models: z.array(RuleDifference) }),
  },
} as const;
