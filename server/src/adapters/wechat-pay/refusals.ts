import { type ErrorCode, type Failure, fail, type Result } from '@gradshot/domain';

/**
 * WeChat Pay's error codes that mean something to this product. The same fact has had several names
 * over the years (`ORDERPAID`, `ORDER_PAID`), so underscores do not count. Everything else is our
 * configuration or their service: `payment.providerUnavailable`, with the code in the report.
 */
const ORDER_REFUSALS: Readonly<Record<string, ErrorCode>> = {
  ORDERPAID: 'payment.alreadyPaid',
  ORDERCLOSED: 'payment.expired',
  OUTTRADENOUSED: 'request.idempotencyMismatch',
};

const REFUND_REFUSALS: ReadonlySet<string> = new Set([
  'NOTENOUGH',
  'INVALIDREQUEST',
  'REFUNDNOTALLOWED',
  'USERACCOUNTABNORMAL',
  'RESOURCENOTEXISTS',
  'ORDERNOTEXIST',
]);

const UNKNOWN_NUMBER: ReadonlySet<string> = new Set([
  'ORDERNOTEXIST',
  'ORDERNOTEXISTS',
  'RESOURCENOTEXISTS',
]);

const plain = (code: string): string => code.replaceAll('_', '').toUpperCase();

export type Refusal = { readonly code: string; readonly message: string };

export function orderFailure(refusal: Refusal): Result<never> {
  return fail(ORDER_REFUSALS[plain(refusal.code)] ?? 'payment.providerUnavailable');
}

/** Codes behind which a paid, closed or reused number hides: only the order itself can tell which. */
const VAGUE: ReadonlySet<string> = new Set(['INVALIDREQUEST', 'TRADEERROR', 'OUTTRADENOUSED']);

export function isVague(refusal: Refusal): boolean {
  return VAGUE.has(plain(refusal.code));
}

/** WeChat Pay's own sentence goes to staff as the reason; it names no person. */
export function refundFailure(refusal: Refusal): Result<never> {
  if (!REFUND_REFUSALS.has(plain(refusal.code))) return fail('payment.providerUnavailable');
  const details: Failure['details'] = { reason: refusal.message.slice(0, 120) || refusal.code };
  return fail('payment.refundRefused', details);
}

export function isClosed(refusal: Refusal): boolean {
  return plain(refusal.code) === 'ORDERCLOSED';
}

export function isUnknownNumber(refusal: Refusal): boolean {
  return UNKNOWN_NUMBER.has(plain(refusal.code));
}
