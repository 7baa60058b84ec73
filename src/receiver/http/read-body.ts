/** The body of a request, as long as it is no longer than allowed. */
import type { IncomingMessage } from 'node:http';

/** Resolves with the body; `too-large` as soon as that is known; undefined where the connection ended before it. */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | 'too-large' | undefined> {
  if (Number(request.headers['content-length']) > maxBytes) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    request.on('data', (piece: Buffer) => {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes <= maxBytes) return;
      request.pause();
      resolve('too-large');
    });
    request.on('end', () => {
      const [first] = pieces;
      resolve(pieces.length === 1 ? first : Buffer.concat(pieces));
    });
    // Also after an error, which nobody listens to: what was cut off is sent again.
    request.on('close', () => resolve(undefined));
  });
}
