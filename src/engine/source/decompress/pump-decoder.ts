/** Drives one of zlib's decoder streams over a cursor, losing nothing at a damage and nothing behind the end. */
import type { Transform } from 'node:stream';
import { createDamaged, createTruncated, SourceError } from '../source-error.ts';
import { ByteCursor } from './byte-cursor.ts';

type Decoder = Transform & { readonly bytesWritten: number };

/** Input per write: small, so that a second look has little to go through byte by byte. */
const PIECE_BYTES = 16 * 1024;

/**
 * Decodes until the decoder says that its content is complete; the cursor then stands right behind it.
 *
 * zlib drops what the failing call had decoded before it met the damage. So on a damage the input is gone through once
 * more, `open`ed anew, and byte by byte where it happened, for the rest of what can be had.
 */
export async function* pumpDecoder(
  create: () => Decoder,
  input: ByteCursor,
  open: () => AsyncGenerator<Buffer, void>,
): AsyncGenerator<Buffer, void> {
  const startBytes = input.consumed;
  let given = 0;
  try {
    for await (const chunk of pumpOnce(create(), input, () => PIECE_BYTES)) {
      given += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'damaged-compression') throw error;
    const suspectBytes = input.consumed - PIECE_BYTES;
    const again = new ByteCursor(open());
    try {
      await again.skip(startBytes);
      const pieceBytes = (): number => Math.max(1, Math.min(PIECE_BYTES, suspectBytes - again.consumed));
      for await (const chunk of pumpOnce(create(), again, pieceBytes)) {
        const known = Math.min(given, chunk.length);
        given -= known;
        if (known < chunk.length) yield chunk.subarray(known);
      }
    } catch (second) {
      if (!(second instanceof SourceError)) throw second;
    } finally {
      await again.close();
    }
    throw error;
  }
}

/** Decodes without the second look; `pieceBytes` tells how much to feed next. */
export async function* pumpOnce(
  decoder: Decoder,
  input: ByteCursor,
  pieceBytes: () => number,
): AsyncGenerator<Buffer, void> {
  let failure: Error | undefined;
  let ended = false;
  let wake: (() => void) | undefined;
  const notify = (): void => wake?.();
  decoder.on('error', (error) => {
    failure = error;
    notify();
  });
  decoder.on('end', () => {
    ended = true;
    notify();
  });
  decoder.on('readable', notify);
  let fed = 0;
  try {
    for (;;) {
      const piece = await input.next(pieceBytes());
      let writing = piece !== undefined;
      if (piece) {
        fed += piece.length;
        decoder.write(piece, () => {
          writing = false;
          notify();
        });
      } else {
        decoder.end();
      }
      for (;;) {
        // `read` goes on giving what was decoded after an error; an iterator would drop it.
        const chunk = decoder.read() as Buffer | null;
        if (chunk) {
          yield chunk;
          continue;
        }
        if (failure) throw classifyDecoderError(failure);
        if (ended) {
          input.unread(fed - decoder.bytesWritten);
          return;
        }
        // A piece that was not taken whole means that the content ended in it: wait for the end.
        if (piece && !writing && decoder.bytesWritten === fed) break;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
    }
  } finally {
    decoder.destroy();
  }
}

function classifyDecoderError(error: Error): SourceError {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR') return createTruncated(error);
  if (code.endsWith('windowTooLarge') || code.endsWith('dictionary_wrong'))
    return new SourceError('unsupported-compression', 'this variant of zstd cannot be read', {
      cause: error,
    });
  return createDamaged(error);
}
