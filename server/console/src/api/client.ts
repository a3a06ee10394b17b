import { CONSOLE_ROUTES, createTableClient, getClientSettings } from '@gradshot/contract';
import type { Failure, Result } from '@gradshot/domain';

const TIMEOUT_MS = 20_000;

/** Answers 401 for other reasons than a lost session, or are asked to find out. */
const SESSION_PATHS: readonly string[] = [
  CONSOLE_ROUTES.loginStaff.path,
  CONSOLE_ROUTES.getStaff.path,
  CONSOLE_ROUTES.logoutStaff.path,
  CONSOLE_ROUTES.changePassword.path,
];

const signedOutListeners = new Set<() => void>();

/** Calls the listener when the server no longer knows the session; returns how to stop. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

async function send(url: string, init: object): Promise<Response> {
  const response = await fetch(url, {
    ...init,
    credentials: 'same-origin',
    cache: 'no-store',
  });
  if (response.status === 401 && !SESSION_PATHS.includes(new URL(url).pathname))
    for (const listener of signedOutListeners) listener();
  return response;
}

/**
 * The server by its contract. The session travels in a cookie that scripts cannot read; nothing is
 * ever kept in the browser's cache.
 */
export const client = createTableClient(
  { ...CONSOLE_ROUTES, getClientSettings },
  {
    baseUrl: window.location.origin,
    fetch: send,
    timeoutMs: TIMEOUT_MS,
  },
);

/** An expected failure on its way through a library that only knows exceptions. */
export class CallFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.name = 'CallFailed';
    this.failure = failure;
  }
}

/** The value, or throws `CallFailed`: for query functions, whose library reports by exceptions. */
export async function answerOf<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new CallFailed(result.error);
  return result.value;
}

/** Any error of a query in the words of the catalogue. */
export function failureOf(error: unknown): Failure {
  return error instanceof CallFailed ? error.failure : { code: 'server.internal' };
}
