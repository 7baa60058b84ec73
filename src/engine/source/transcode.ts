/**
 * UTF-16, as PowerShell's `>` writes it: recognised with or without its mark, and turned into UTF-8. The mark is
 * dropped; a lone surrogate or an odd last byte becomes U+FFFD.
 */
import type { Encoding } from './open-source.ts';

/** Recognises UTF-16 by its mark, or where JSON text has a zero in every second of its first bytes. */
export function detectEncoding(head: Uint8Array): Encoding | undefined {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (isAscii(a) && b === 0 && isAscii(c) && d === 0) return 'utf-16le';
  if (a === 0 && isAscii(b) && c === 0 && isAscii(d)) return 'utf-16be';
  return undefined;
}

function isAscii(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0 && byte < 0x80;
}

/** Turns UTF-16 into UTF-8; what came before an error comes out before it. */
export async function* transcode(
  encoding: Encoding,
  bytes: AsyncGenerator<Buffer, void>,
): AsyncGenerator<Buffer, void> {
  const decoder = new TextDecoder(encoding);
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const part of bytes) {
      const text = decoder.decode(part, { stream: true });
      if (text.length > 0) yield Buffer.from(text);
    }
  } catch (error) {
    failure = { error };
  }
  const rest = decoder.decode();
  if (rest.length > 0) yield Buffer.from(rest);
  if (failure) throw failure.error;
}
