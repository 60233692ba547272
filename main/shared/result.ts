/**
 * Expected failure as a value. A `Failure` carries a snake_case tag for programs and a sentence for people;
 * a bug throws instead.
 */
export interface Failure {
  /** snake_case, stable: HTTP status, exit code and tests key on it. */
  readonly tag: string;
  /** One sentence that says what happened. */
  readonly message: string;
  /** One sentence that says what to do about it. */
  readonly hint?: string;
  readonly details?: unknown;
}

export interface Refusal {
  readonly ok: false;
  readonly error: Failure;
}

export type Result<T> = { readonly ok: true; readonly value: T } | Refusal;

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(
  tag: string,
  message: string,
  extra: { hint?: string; details?: unknown } = {},
): Refusal {
  return { ok: false, error: { tag, message, ...extra } };
}

/** Carries a `Failure` through code that can only throw, such as a transaction that must roll back. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

/** The value, or a throw: for callers that have already excluded failure. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new FailureError(result.error);
}

/** Runs `work`, turning a thrown `FailureError` back into a failed `Result`; anything else is a bug and goes on up. */
export function catchFailure<T>(work: () => T): Result<T> {
  try {
    return ok(work());
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, error: error.failure };
    throw error;
  }
}

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** As `catchFailure`, for work that takes time. */
export async function catchFailureAsync<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, error: error.failure };
    throw error;
  }
}
