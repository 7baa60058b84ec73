/** Errors on the way from a disk to content. They stay inside this stage: what comes out is data. */
import type { ReadErrorCode } from './open-source.ts';

/** Something that cannot be read (any further); `message` says what, without the path. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: ReadErrorCode;

  constructor(code: ReadErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }

  /** Classifies what the file system threw; our own errors and failures pass through as they are. */
  static from(error: unknown): unknown {
    if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
    const code = String(error.code);
    if (code === 'EACCES' || code === 'EPERM') return new SourceError('permission', code, { cause: error });
    if (code === 'ENOENT' || code === 'ENOTDIR') return new SourceError('vanished', code, { cause: error });
    return new SourceError('read-error', code, { cause: error });
  }
}

/** The error of a compressed stream that stops before its end. */
export function createTruncated(cause?: unknown): SourceError {
  return new SourceError('truncated-compression', 'the compressed content is cut off', { cause });
}

/** The error of compressed content that is not as its compressor wrote it. */
export function createDamaged(cause?: unknown): SourceError {
  return new SourceError('damaged-compression', 'the compressed content is damaged', { cause });
}
