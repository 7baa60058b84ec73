/** How an entry came that is in a receiver's spool: its line there says when, from whom and by which way. */
import { createReadStream, existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { EntryReceipt } from '../../contract/receiver-calls.ts';
import { SPOOL_LINE_START, SpoolLine } from '../../contract/spool.ts';
import { findSpool } from '../../engine/base/removed-files.ts';
import type { Engine } from '../../engine/engine.ts';

/** Undefined where the entry is in no spool, or its line is not there any more. */
export async function readReceipt(
  engine: Pick<Engine, 'detail' | 'sources'>,
  id: string,
): Promise<EntryReceipt | undefined> {
  const detail = engine.detail(id);
  if (!detail) return undefined;
  const { path, line } = detail.row;
  const name = basename(path);
  // Where several sources have a file of this name, its path begins with the folder's.
  const folder = basename(dirname(path));
  const folders = engine.sources().filter((source) => findSpool(source) !== undefined);
  for (const source of folders) {
    const file = join(source, name);
    if ((folder !== '.' && folder !== '' && folder !== basename(source)) || !existsSync(file)) continue;
    const read = readLine(await findLine(file, line));
    // Two senders may have a file of the same name: the payload decides.
    if (read && isPayload(read, detail.raw)) return tell(read);
  }
  return undefined;
}

function tell({ receivedAt, sender, transport, peer, id, envelope }: SpoolLine): EntryReceipt {
  return { receivedAt, sender, transport, peer, id, ...(envelope === undefined ? {} : { envelope }) };
}

/** As the engine reads it: a line break of the payload is a carriage return. */
function isPayload({ payload, payloadBase64 }: SpoolLine, raw: string): boolean {
  const text = payload ?? Buffer.from(payloadBase64 ?? '', 'base64').toString('utf8');
  return text.replaceAll('\n', '\r') === raw;
}

function readLine(text: string | undefined): SpoolLine | undefined {
  if (!text?.startsWith(SPOOL_LINE_START)) return undefined;
  try {
    return SpoolLine.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** A line of a file, from 1. The lines before it are counted and not kept. */
async function findLine(file: string, wanted: number): Promise<string | undefined> {
  let line = 1;
  const parts: Buffer[] = [];
  for await (const piece of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    for (let start = 0; start < piece.length; ) {
      const end = piece.indexOf(0x0a, start);
      if (line === wanted) parts.push(piece.subarray(start, end < 0 ? undefined : end));
      if (end < 0) break;
      if (line === wanted) return Buffer.concat(parts).toString('utf8');
      line++;
      start = end + 1;
    }
  }
  return undefined;
}
