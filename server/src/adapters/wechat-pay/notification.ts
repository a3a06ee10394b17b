import { fail, ok, type Result } from '@gradshot/domain';
import type {
  PaymentNotification,
  RawNotification,
} from '../../ports/payments/payment-provider.ts';
import { parseJson } from '../http/bounded-exchange.ts';
import type { Merchant } from './config.ts';
import type { PlatformKeys } from './platform-keys.ts';
import { decryptResource } from './resource-cipher.ts';
import { isAuthentic, isTimely, readSignatureHeaders } from './signature.ts';
import { notification, refundNotice, transaction } from './wire-format.ts';

/**
 * Signature first, then decryption, then meaning. A message that is authentic but not understood is
 * `payment.providerUnavailable`: it is repeated for a day, and the report calls staff.
 */
export async function parseNotification(
  merchant: Merchant,
  keys: PlatformKeys,
  raw: RawNotification,
): Promise<Result<PaymentNotification>> {
  const refused = await refuseUnauthentic(merchant, keys, raw);
  if (refused) return refused;
  const envelope = notification.safeParse(parseJson(raw.rawBody));
  if (!envelope.success) return notUnderstood(merchant, 'envelope');
  const content = decryptResource(merchant.apiV3Key, envelope.data.resource);
  if (!content) return fail('payment.signatureInvalid');
  const { id, event_type: event } = envelope.data;
  const meaning = readContent(merchant, id, event, parseJson(content));
  return meaning ?? notUnderstood(merchant, event);
}

function notUnderstood(merchant: Merchant, what: string): Result<never> {
  merchant.report({ operation: 'notification', why: 'malformed', message: what });
  return fail('payment.providerUnavailable');
}

async function refuseUnauthentic(
  merchant: Merchant,
  keys: PlatformKeys,
  raw: RawNotification,
): Promise<Result<never> | undefined> {
  const headers = readSignatureHeaders(raw.headers);
  if (!headers || !isTimely(headers.timestamp, merchant.now())) {
    return fail('payment.signatureInvalid');
  }
  const lookup = await keys.keyFor(headers.serial);
  if (!lookup.found && lookup.why === 'unavailable') return fail('payment.providerUnavailable');
  if (!lookup.found || !isAuthentic(lookup.key, headers, raw.rawBody)) {
    return fail('payment.signatureInvalid');
  }
  return undefined;
}

function readContent(
  merchant: Merchant,
  notificationId: string,
  event: string,
  content: unknown,
): Result<PaymentNotification> | undefined {
  if (event === 'TRANSACTION.SUCCESS') return readPaid(merchant, notificationId, content);
  if (event.startsWith('REFUND.')) return readRefund(merchant, notificationId, content);
  return ok({ kind: 'ignored', notificationId });
}

function readPaid(
  merchant: Merchant,
  notificationId: string,
  content: unknown,
): Result<PaymentNotification> | undefined {
  const paid = transaction.safeParse(content).data;
  if (!paid) return undefined;
  if (paid.mchid !== merchant.mchId || paid.appid !== merchant.appId) {
    return fail('payment.signatureInvalid');
  }
  const { transaction_id: transactionId, success_time: time, amount } = paid;
  if (paid.trade_state !== 'SUCCESS' || !transactionId || !time) return undefined;
  if (amount?.total === undefined) return undefined;
  return ok({
    kind: 'paid',
    notificationId,
    outTradeNo: paid.out_trade_no,
    transactionId,
    amountFen: amount.total,
    paidAt: new Date(time),
  });
}

function readRefund(
  merchant: Merchant,
  notificationId: string,
  content: unknown,
): Result<PaymentNotification> | undefined {
  const refund = refundNotice.safeParse(content).data;
  if (!refund) return undefined;
  if (refund.mchid !== merchant.mchId) return fail('payment.signatureInvalid');
  return ok({
    kind: 'refund',
    notificationId,
    outTradeNo: refund.out_trade_no,
    transactionId: refund.transaction_id,
    outRefundNo: refund.out_refund_no,
    refundId: refund.refund_id,
    state: REFUND_STATES[refund.refund_status],
    amountFen: refund.amount.refund,
  });
}

const REFUND_STATES = { SUCCESS: 'succeeded', CLOSED: 'closed', ABNORMAL: 'abnormal' } as const;
