/**
 * The receiver's spool as a log: of each line the payload, as it was received, so that hashes, duplicates and conflicts
 * are the payload's own, and line numbers those of the spool. A line break inside a payload, which can only stand between
 * tokens, becomes a carriage return. What is no line of a spool stays as it is, to be told as malformed.
 */
import { PAYLOAD_BASE64_KEY, PAYLOAD_KEY, SPOOL_LINE_START } from '../../../contract/spool.ts';
import { createTruncated } from '../source-error.ts';
import type { ByteCursor } from './byte-cursor.ts';

const LF = 0x0a;
const CR = 0x0d;
const READ_BYTES = 1024 * 1024;

/** Reads a spool's payloads, a line each. Throws SourceError where the last line is cut off. */
export async function* readSpool(input: ByteCursor): AsyncGenerator<Buffer, void> {
  let pieces: Buffer[] = [];
  for (;;) {
    const part = await input.next(READ_BYTES);
    if (part === undefined) break;
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = part.indexOf(LF); end >= 0; end = part.indexOf(LF, start)) {
      const tail = part.subarray(start, end);
      lines.push(unwrapLine(pieces.length > 0 ? Buffer.concat([...pieces, tail]) : tail), NEWLINE);
      pieces = [];
      start = end + 1;
    }
    // A copy: the part is valid until the next is asked for.
    if (start < part.length) pieces.push(Buffer.from(part.subarray(start)));
    if (lines.length > 0) yield Buffer.concat(lines);
  }
  if (pieces.length > 0) throw createTruncated();
}

const NEWLINE = Buffer.from([LF]);

function unwrapLine(line: Buffer): Buffer {
  const payload = readPayload(line);
  if (payload === undefined) return line;
  for (let at = payload.indexOf(LF); at >= 0; at = payload.indexOf(LF, at)) payload[at] = CR;
  return payload;
}

/** The payload's bytes; undefined where this is no line of a spool. */
function readPayload(line: Buffer): Buffer | undefined {
  if (line.toString('latin1', 0, SPOOL_LINE_START.length) !== SPOOL_LINE_START) return undefined;
  // A quote in a value has a backslash before it: the first occurrence is the key.
  for (const [key, encoding] of [
    [PAYLOAD_KEY, 'utf8'],
    [PAYLOAD_BASE64_KEY, 'base64'],
  ] as const) {
    const at = line.indexOf(key, 0, 'latin1');
    if (at < 0) continue;
    try {
      const value: unknown = JSON.parse(line.toString('utf8', at + key.length, line.length - 1));
      return typeof value === 'string' ? Buffer.from(value, encoding) : undefined;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
