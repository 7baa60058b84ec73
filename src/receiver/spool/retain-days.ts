/**
 * Retention: whole days go, the oldest first, of all senders at once. Of each file is written down what it was before it
 * is removed, so that whoever has a copy can show that it is the one.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, createReadStream, existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nameSpoolFile, type RemovedFile, SPOOL_RECEIVER, SPOOL_REMOVED_FILE } from '../../contract/spool.ts';
import { listDayFiles, nameDayFile } from './check-spool.ts';
import type { Spool } from './spool.ts';

/** Both off unless told. */
export interface Retention {
  /** Days that are kept, today included. */
  readonly days?: number | undefined;
  readonly maxBytes?: number | undefined;
}

/** Removes what is older than is kept; returns what that was. The current day always stays. */
export async function retainDays(
  directory: string,
  spool: Spool,
  { days, maxBytes }: Retention,
  nowMs: number,
): Promise<RemovedFile[]> {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const oldest =
    days === undefined ? '' : new Date(nowMs - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  const byDay = [...Map.groupBy(listDayFiles(directory), ({ day }) => day)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const sizeOf = (file: string): number => statSync(join(directory, file)).size;
  let total = byDay
    .flatMap(([, files]) => files)
    .reduce((sum, { sender, day }) => sum + sizeOf(nameDayFile(sender, day)), 0);
  const removed: RemovedFile[] = [];
  for (const [day, files] of byDay) {
    if (day >= today || (day >= oldest && total <= (maxBytes ?? Number.POSITIVE_INFINITY))) break;
    for (const { sender } of files) {
      const file = nameDayFile(sender, day);
      const what = await describeFile(directory, file);
      total -= what.bytes;
      const one = {
        file: file.replaceAll('\\', '/'),
        day,
        removedAt: new Date(nowMs).toISOString(),
        ...what,
      };
      appendFileSync(join(directory, SPOOL_REMOVED_FILE), `${JSON.stringify(one)}\n`, { flush: true });
      await spool.forgetDay(sender, day);
      rmSync(join(directory, file));
      removed.push(one);
    }
    const marks = join(directory, SPOOL_RECEIVER, nameSpoolFile(day));
    if (existsSync(marks)) rmSync(marks);
  }
  return removed;
}

async function describeFile(
  directory: string,
  file: string,
): Promise<{ bytes: number; sha256: string; lines: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let lines = 0;
  for await (const piece of createReadStream(join(directory, file)) as AsyncIterable<Buffer>) {
    hash.update(piece);
    bytes += piece.length;
    for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, at + 1)) lines++;
  }
  return { bytes, sha256: hash.digest('hex'), lines };
}
