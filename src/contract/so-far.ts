/** What a check has read so far, while it reads. It tells of no gap: those can only be told when all is read. */
import { z } from 'zod';

/** `kept`: the workspace holds it from before. `copy`: it repeats another file, which is read. */
export const FileState = z.enum(['waiting', 'reading', 'read', 'kept', 'copy']);
export type FileState = z.infer<typeof FileState>;

export const FileSoFar = z.strictObject({
  path: z.string(),
  state: FileState,
  /** As stored, and of that read. */
  bytes: z.number(),
  bytesRead: z.number(),
  entries: z.number(),
  malformed: z.number(),
});
export type FileSoFar = z.infer<typeof FileSoFar>;

export const SoFar = z.strictObject({
  /** Those recovered from malformed lines too. */
  entries: z.number(),
  malformed: z.number(),
  /** Time in equal buckets; none where there is no entry yet. */
  fromMicros: z.number(),
  bucketMicros: z.number(),
  buckets: z.number(),
  /** Those with the most entries, which are counted per bucket. */
  nodes: z.array(z.strictObject({ node: z.string(), entries: z.number(), counts: z.array(z.number()) })),
  /** Entries of nodes that are not among these. */
  otherEntries: z.number(),
  /** Around those that are being read; how many there are before and after them. */
  files: z.array(FileSoFar),
  filesBefore: z.number(),
  filesAfter: z.number(),
});
export type SoFar = z.infer<typeof SoFar>;
