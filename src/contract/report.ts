/** `unbroken.report/1`: the result of a check. Programs build on it; keys are only ever added. */
import { z } from 'zod';
import { Dialect } from './entry.ts';
import { Finding, Statement } from './finding.ts';
import { RuleChanges } from './rule-history.ts';

/** `none`: there was nothing to check. */
export const Verdict = z.enum(['intact', 'incomplete', 'contradicted', 'none']);
export type Verdict = z.infer<typeof Verdict>;

/** One file that was read, told whole for any period. `path` is relative to what was opened, with `/`; a member of an archive is `archive.zip/member`. */
export const ReportFile = z.strictObject({
  path: z.string(),
  /** Index into `sources`. */
  source: z.number(),
  /** Size as stored. */
  bytes: z.number(),
  /** SHA-256 of the file as stored, hexadecimal. */
  sha256: z.string(),
  /** SHA-256 of the decompressed content, where that differs from the stored bytes. */
  contentSha256: z.string().optional(),
  contentBytes: z.number().optional(),
  /** gzip, zstd, bzip2, xz or a chain such as `zip`, where not plain. */
  compression: z.string().optional(),
  /** `utf-16le` or `utf-16be`, where not UTF-8. */
  encoding: z.string().optional(),
  dialect: Dialect,
  lines: z.number(),
  entries: z.number(),
  malformed: z.number(),
  /** 1 where the last line is not at its end yet, and may still be written. */
  pending: z.number().optional(),
  /** Entries recovered from malformed lines: present, and not among `entries`. */
  salvaged: z.number(),
  firstTs: z.string().optional(),
  lastTs: z.string().optional(),
  /** The file that this one equals or is a prefix of; its entries are counted there. */
  copyOf: z.string().optional(),
});
export type ReportFile = z.infer<typeof ReportFile>;

/** One process: told whole, where it reaches into the period asked for. */
export const ReportStream = z.strictObject({
  id: z.string(),
  node: z.string(),
  source: z.number(),
  firstSeq: z.number(),
  lastSeq: z.number(),
  entries: z.number(),
  missing: z.number(),
  firstTs: z.string(),
  lastTs: z.string(),
  /** Why the stream begins where it does: `first-entry`, `fork-base`, `log-begins`, `unexplained`, ... */
  start: z.string(),
});
export type ReportStream = z.infer<typeof ReportStream>;

/** Figures of one source, within the period asked for: nothing is ever added up across copies of the same log. */
const sourceFigures = {
  files: z.number(),
  lines: z.number(),
  entries: z.number(),
  malformed: z.number(),
  /** Entries recovered from malformed lines: present, and not among `entries`. */
  salvaged: z.number(),
  nodes: z.number(),
  streams: z.number(),
  missing: z.number(),
  duplicates: z.number(),
};

/** What was opened; several paths without common entries form one source, copies of each other are a source each. */
export const ReportSource = z.strictObject({ paths: z.array(z.string()), ...sourceFigures });
export type ReportSource = z.infer<typeof ReportSource>;

export const Report = z.strictObject({
  format: z.literal('unbroken.report/1'),
  /** The only part that differs between two runs on the same input. */
  made: z.strictObject({
    tool: z.string(),
    version: z.string(),
    /** When, ISO 8601. */
    at: z.string(),
    /** IANA zone of the machine. */
    zone: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    /** What was done. */
    method: z.array(Statement),
  }),
  case: z.strictObject({ name: z.string().optional(), examiner: z.string().optional() }).optional(),
  verdict: Verdict,
  /** The verdict as a sentence. */
  statement: Statement,
  requested: z.strictObject({ from: z.string().optional(), to: z.string().optional() }),
  found: z.strictObject({
    firstTs: z.string().optional(),
    lastTs: z.string().optional(),
    /** UTC days with at least one entry. */
    days: z.number(),
    nodes: z.number(),
    files: z.number(),
    /** Entries outside the period asked for, which were read as well; absent where none was asked for. Of several sources those of the fullest. */
    outside: z.number().optional(),
  }),
  /** The figures of the one source; of several, those of the fullest (most entries, then least missing). */
  totals: z.strictObject({
    /** Index into `sources` of the source whose figures these are. Absent where there is one source only. */
    source: z.number().optional(),
    ...sourceFigures,
    /** Entries that read differently in some source than in another. */
    conflicts: z.number(),
  }),
  sources: z.array(ReportSource),
  archives: z.array(
    z.strictObject({ path: z.string(), bytes: z.number(), sha256: z.string(), members: z.number() }),
  ),
  files: z.array(ReportFile),
  nodes: z.array(
    z.strictObject({
      node: z.string(),
      /** Index into `sources`: a node has a row for each source that holds entries of it. */
      source: z.number(),
      entries: z.number(),
      streams: z.number(),
      missing: z.number(),
      firstTs: z.string(),
      lastTs: z.string(),
      /** Where syslog names the processes, so that streams are theirs: what seqs and times alone would have told of the whole log. */
      inferred: z.strictObject({ streams: z.number(), missing: z.number() }).optional(),
    }),
  ),
  /** Per source, node and UTC day, of which a period may have a part. */
  coverage: z.array(
    z.strictObject({
      node: z.string(),
      source: z.number(),
      day: z.string(),
      entries: z.number(),
      missing: z.number(),
    }),
  ),
  streams: z.array(ReportStream),
  findings: z.array(Finding),
  /** Present where the log reports changes of its rules. */
  ruleChanges: RuleChanges.optional(),
  /** Files that were not read, with the reason. */
  skipped: z.array(z.strictObject({ path: z.string(), bytes: z.number(), reason: Statement })),
  /** Days that a receiver's retention removed, by its own word; `path` is within its spool. Present where there are any. */
  removed: z
    .array(
      z.strictObject({
        path: z.string(),
        day: z.string(),
        removedAt: z.string(),
        bytes: z.number(),
        sha256: z.string(),
        lines: z.number(),
      }),
    )
    .optional(),
  /** Present where the log was being written to: lines that are pending, and findings that are provisional. */
  open: z.strictObject({ pending: z.number(), provisional: z.number() }).optional(),
  /** What this check could not have seen. */
  notVisible: z.array(Statement),
  /** Present with `--against`: what became of what was there before. */
  compared: z
    .strictObject({
      with: z.enum(['report', 'sha256sums']),
      files: z.number(),
      unchanged: z.number(),
      grown: z.number(),
      rewritten: z.number(),
      absent: z.number(),
      /** Recorded files that are there and were not read now; `skipped` says why. */
      notRead: z.number(),
      /** Recorded files that a receiver's retention removed, with the hash that it wrote down then. */
      removed: z.number().optional(),
    })
    .optional(),
});
export type Report = z.infer<typeof Report>;

/** As much of a report as a comparison needs, of any later version of the format too. */
export const EarlierReport = z.object({
  format: z.string().startsWith('unbroken.report/'),
  files: z.array(
    z.object({
      path: z.string(),
      bytes: z.number(),
      sha256: z.string(),
      contentBytes: z.number().optional(),
      contentSha256: z.string().optional(),
      entries: z.number(),
    }),
  ),
});
