/** Compressed bodies, decompressed no further than allowed. */
import { promisify } from 'node:util';
import zlib from 'node:zlib';

/** Why a body cannot be had. */
export type BodyTrouble = 'too-large' | 'damaged' | 'unsupported';

/** zlib of older runtimes has no zstd; there such a body is refused as unsupported. */
const decoders: Readonly<
  Record<string, ((body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>) | undefined>
> = {
  gzip: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip),
  'x-gzip': promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip),
  ...(zlib.zstdDecompress && {
    zstd: (body: Buffer, options: { maxOutputLength: number }) =>
      promisify<Buffer, zlib.ZstdOptions, Buffer>(zlib.zstdDecompress)(body, {
        ...options,
        // A frame may ask for a window of gigabytes.
        params: { [zlib.constants.ZSTD_d_windowLogMax]: 23 },
      }),
  }),
};

/** The body as its `Content-Encoding` says. */
export async function decompressBody(
  body: Buffer,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Buffer | BodyTrouble> {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return body;
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (!decode) return 'unsupported';
  try {
    return await decode(body, { maxOutputLength: maxBytes });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'damaged';
  }
}
