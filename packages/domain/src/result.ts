import type { ErrorCode } from './errors.ts';

/** An expected failure. It crosses IPC and HTTP as it is; exceptions are bugs. */
export type Failure = {
  readonly code: ErrorCode;
  /** Facts that the sentence of the code may name, e.g. `{ remaining: 2 }`. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
};

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(code: ErrorCode, details?: Failure['details']): Result<never> {
  return { ok: false, error: details ? { code, details } : { code } };
}
