/**
 * The members of a tar (POSIX ustar and pax, GNU, v7), by their places, so that each can be read where it lies.
 * A damaged header is passed over, block by block, to the next good one.
 */
import type { ByteCursor } from '../decompress/byte-cursor.ts';
import { SourceError } from '../source-error.ts';

const BLOCK_BYTES = 512;
/** Of a header that tells a long name; more is not a name. */
const MAX_EXTENDED_BYTES = 1024 * 1024;

export interface TarMember {
  readonly name: string;
  readonly type: 'file' | 'link' | 'other';
  readonly target: string;
  readonly offsetBytes: number;
  readonly bytes: number;
  /** The member's first bytes. */
  readonly head: Buffer;
}

/** What a long-name or pax header says about the member that follows it. */
interface Extended {
  name?: string;
  target?: string;
  bytes?: number;
}

/** Whether a file begins with a tar header. */
export function isTarHeader(head: Buffer): boolean {
  if (head.length < BLOCK_BYTES || head.toString('latin1', 257, 262) !== 'ustar') return false;
  return isChecksumRight(head.subarray(0, BLOCK_BYTES));
}

/** Lists members in order, with up to `headBytes` of each. Throws SourceError after all that could be found. */
export async function* listTar(input: ByteCursor, headBytes: number): AsyncGenerator<TarMember, void> {
  let extended: Extended = {};
  let damagedAt = -1;
  for (;;) {
    const at = input.consumed;
    const block = Buffer.from(await input.take(BLOCK_BYTES));
    if (block.length === 0) break;
    if (block.every((byte) => byte === 0)) continue;
    const size = block.length < BLOCK_BYTES ? -1 : (extended.bytes ?? readNumber(block, 124, 12));
    if (!Number.isSafeInteger(size) || size < 0 || !isChecksumRight(block)) {
      if (damagedAt < 0) damagedAt = at;
      extended = {};
      continue;
    }
    const type = String.fromCharCode(block[156]!);
    const padded = Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
    if ('xLKg'.includes(type)) {
      if (size > MAX_EXTENDED_BYTES) throw new SourceError('damaged-archive', `a name of ${size} bytes`);
      const data = await input.take(size);
      if (type !== 'g') extended = { ...extended, ...readExtended(type, data) };
      await input.skip(padded - size);
      continue;
    }
    const offsetBytes = input.consumed;
    const hasData = !'123456'.includes(type);
    const name = extended.name ?? readName(block);
    yield {
      name,
      type: !hasData
        ? type === '1' || type === '2'
          ? 'link'
          : 'other'
        : name.endsWith('/')
          ? 'other'
          : 'file',
      target: extended.target ?? readText(block, 157, 100),
      offsetBytes,
      bytes: hasData ? size : 0,
      head: hasData ? await input.peek(Math.min(size, headBytes)) : Buffer.alloc(0),
    };
    extended = {};
    if (!hasData) continue;
    await input.skip(padded);
    // A last block without its padding is harmless.
    if (input.consumed < offsetBytes + size)
      throw new SourceError('damaged-archive', 'the archive is cut off');
  }
  if (damagedAt >= 0) throw new SourceError('damaged-archive', `no member's header at byte ${damagedAt}`);
}

function readExtended(type: string, data: Buffer): Extended {
  if (type === 'L') return { name: readText(data, 0, data.length) };
  if (type === 'K') return { target: readText(data, 0, data.length) };
  const found: Extended = {};
  for (const [key, value] of readPax(data)) {
    if (key === 'path') found.name = value;
    if (key === 'linkpath') found.target = value;
    if (key === 'size') found.bytes = Number(value);
  }
  return found;
}

/** Records `LENGTH KEY=VALUE\n`, where LENGTH counts the whole record. */
function* readPax(data: Buffer): Generator<readonly [string, string], void> {
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(0x20, at);
    const length = Number(data.toString('latin1', at, space));
    if (space < 0 || !Number.isInteger(length) || length <= space - at) return;
    const record = data.toString('utf8', space + 1, at + length - 1);
    const equals = record.indexOf('=');
    if (equals > 0) yield [record.slice(0, equals), record.slice(equals + 1)];
    at += length;
  }
}

function readName(block: Buffer): string {
  const name = readText(block, 0, 100);
  // GNU's own format keeps times where ustar keeps the name's beginning.
  const isUstar = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isUstar ? readText(block, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function readText(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}

/** Octal digits, or binary with the highest bit set; NaN for anything else. */
function readNumber(block: Buffer, start: number, length: number): number {
  const field = block.subarray(start, start + length);
  if (field[0]! & 0x80) {
    if (field[0] !== 0x80) return Number.NaN;
    return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
  }
  const digits = field
    .toString('latin1')
    .replace(/^ +/, '')
    .replace(/[ \0].*$/s, '');
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : Number.NaN;
}

/** The sum of all bytes, with the checksum's own field as spaces. */
function isChecksumRight(block: Buffer): boolean {
  let sum = 8 * 0x20;
  for (let at = 0; at < BLOCK_BYTES; at++) if (at < 148 || at >= 156) sum += block[at]!;
  return sum === readNumber(block, 148, 8);
}
