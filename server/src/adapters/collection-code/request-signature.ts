import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Signing of docs/collection-code-gateway.md: HMAC-SHA256 over lines, each ended by `\n`. */

const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

const hmac = (secret: string, lines: readonly string[]): string =>
  createHmac('sha256', secret)
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex');

export type RequestToSign = {
  readonly method: string;
  readonly pathAndQuery: string;
  /** Unix seconds. */
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: string;
};

/** Value of `X-Signature` of a request, 64 hex digits. */
export function signRequest(secret: string, request: RequestToSign): string {
  const { method, pathAndQuery, timestamp, nonce, body } = request;
  return hmac(secret, ['request', method, pathAndQuery, timestamp, nonce, sha256(body)]);
}

export type AnswerToVerify = {
  /** The nonce of our own request: it binds the answer to the question. */
  readonly nonce: string;
  readonly status: number;
  readonly timestamp: string;
  readonly body: Uint8Array;
};

export function isAnswerAuthentic(
  secret: string,
  answer: AnswerToVerify,
  signature: string,
): boolean {
  const { nonce, status, timestamp, body } = answer;
  const expected = hmac(secret, ['answer', nonce, String(status), timestamp, sha256(body)]);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}
