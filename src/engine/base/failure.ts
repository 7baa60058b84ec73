/**
 * Failures of operations, as errors. Bad input is never one of them: it is data.
 */
import type { Failure, FailureCode } from '../../contract/failure.ts';

/** An operation that could not be done; carries the plain `failure` that crosses the boundary. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.failure = failure;
  }
}

/** Builds the error for one code of the catalogue; `message` is one English sentence, `subject` what it is about. */
export function createFailure(
  code: FailureCode,
  message: string,
  about: { readonly subject?: string; readonly cause?: unknown } = {},
): FailureError {
  const { subject, cause } = about;
  const failure: Failure = subject === undefined ? { code, message } : { code, message, subject };
  return new FailureError(failure, cause === undefined ? undefined : { cause });
}

/** Throws the failure `cancelled` once the signal was aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw createFailure('cancelled', 'The operation was cancelled.', { cause: signal.reason });
}

/** The failure inside an error, where it is one of ours; undefined for a bug. */
export function readFailure(error: unknown): Failure | undefined {
  return error instanceof FailureError ? error.failure : undefined;
}
