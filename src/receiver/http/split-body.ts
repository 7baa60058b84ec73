/** A request's body as the payloads in it, each with the bytes it has there. */

export interface SplitBody {
  readonly payloads: readonly Buffer[];
  /** Whether each is answered by a line. */
  readonly isBatch: boolean;
}

const NDJSON = /^application\/(?:x-)?(?:ndjson|jsonl|jsonlines)\b/i;

/**
 * NDJSON by its content type, an array by its bracket; anything else, an array that is none included, is one payload. Of
 * more than `max` payloads it gives one more than that: what is too many to be taken is not to fill the memory either.
 */
export function splitBody(body: Buffer, contentType: string | undefined, max: number): SplitBody {
  if (NDJSON.test(contentType ?? '')) return { payloads: splitLines(body, max), isBatch: true };
  const elements = splitArray(body, max);
  return elements
    ? { payloads: elements, isBatch: true }
    : { payloads: isBlank(body) ? [] : [body], isBatch: false };
}

function splitLines(body: Buffer, max: number): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < body.length && lines.length <= max; ) {
    const newline = body.indexOf(0x0a, start);
    const end = newline < 0 ? body.length : newline;
    const line = body.subarray(start, end > start && body[end - 1] === 0x0d ? end - 1 : end);
    if (!isBlank(line)) lines.push(line);
    start = end + 1;
  }
  return lines;
}

/** The elements of an array by brackets and quotes; undefined where those do not make one. */
function splitArray(body: Buffer, max: number): Buffer[] | undefined {
  let at = skipBlank(body, 0);
  if (body[at] !== 0x5b) return undefined;
  const elements: Buffer[] = [];
  let start = at + 1;
  let depth = 0;
  for (at = start; at < body.length; at++) {
    const byte = body[at];
    if (byte === 0x22) {
      at = findQuote(body, at + 1);
      continue;
    }
    const isEnd = byte === 0x5d || byte === 0x7d;
    if ((byte === 0x2c || isEnd) && depth === 0) {
      const element = trim(body, start, at);
      const isEmptyArray = isEnd && elements.length === 0 && element.length === 0;
      if (byte === 0x7d || (element.length === 0 && !isEmptyArray)) return undefined;
      if (!isEmptyArray && elements.length <= max) elements.push(element);
      start = at + 1;
      if (isEnd) return skipBlank(body, start) === body.length ? elements : undefined;
    } else if (isEnd) depth--;
    else if (byte === 0x5b || byte === 0x7b) depth++;
  }
  return undefined;
}

function findQuote(body: Buffer, start: number): number {
  let at = start;
  while (at < body.length && body[at] !== 0x22) at += body[at] === 0x5c ? 2 : 1;
  return at;
}

function trim(body: Buffer, start: number, end: number): Buffer {
  const from = skipBlank(body, start);
  let to = end;
  while (to > from && isSpace(body[to - 1])) to--;
  return body.subarray(Math.min(from, end), to);
}

function skipBlank(body: Buffer, start: number): number {
  let at = start;
  while (at < body.length && isSpace(body[at])) at++;
  return at;
}

function isBlank(bytes: Buffer): boolean {
  return skipBlank(bytes, 0) === bytes.length;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
