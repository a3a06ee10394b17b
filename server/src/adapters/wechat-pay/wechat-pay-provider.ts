import { fail, ok, type Result } from '@gradshot/domain';
import { z } from 'zod';
import type {
  JsapiArguments,
  NewPayment,
  NewRefund,
  PaymentProvider,
  ProviderPayment,
  Refund,
  RefundCard,
} from '../../ports/payments/payment-provider.ts';
import { type Merchant, readConfig, type WechatPayConfig } from './config.ts';
import { parseNotification } from './notification.ts';
import {
  isClosed,
  isUnknownNumber,
  isVague,
  orderFailure,
  type Refusal,
  refundFailure,
} from './refusals.ts';
import { encryptFor, newNonce, signJsapi, unixSeconds } from './signature.ts';
import { createSignedClient, type SignedClient } from './signed-client.ts';
import { fetchTradeBill } from './trade-bill.ts';
import {
  beijingTime,
  h5Order,
  jsapiOrder,
  nativeOrder,
  refundAnswer,
  type Transaction,
  transaction,
} from './wire-format.ts';

/**
 * WeChat Pay API v3 for one directly connected merchant (普通商户).
 *
 * @throws when the configuration's keys cannot be read.
 */
export function createWechatPayProvider(config: WechatPayConfig): PaymentProvider {
  const merchant = readConfig(config);
  const client = createSignedClient(merchant);
  return {
    createNative: (payment) => createNative(merchant, client, payment),
    createJsapi: (payment) => createJsapi(merchant, client, payment),
    createH5: (payment) => createH5(merchant, client, payment),
    query: (outTradeNo) => query(merchant, client, outTradeNo),
    close: (outTradeNo) => close(merchant, client, outTradeNo),
    refund: (refund) => openRefund(client, refund),
    queryRefund: (outRefundNo) => queryRefund(client, outRefundNo),
    refundToCard: (refund, card) => refundToCard(client, refund, card),
    bill: (day) => fetchTradeBill(client, day),
    parseNotification: (raw) => parseNotification(merchant, client.keys, raw),
  };
}

const orderPath = (outTradeNo: string): string =>
  `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}`;

function orderBody(merchant: Merchant, payment: NewPayment) {
  return {
    appid: merchant.appId,
    mchid: merchant.mchId,
    description: payment.description,
    out_trade_no: payment.outTradeNo,
    time_expire: beijingTime(payment.expiresAt),
    notify_url: payment.notifyUrl,
    amount: { total: payment.amountFen, currency: 'CNY' },
  };
}

async function createNative(
  merchant: Merchant,
  client: SignedClient,
  payment: NewPayment,
): Promise<Result<{ codeUrl: string }>> {
  const call = {
    operation: 'createNative',
    method: 'POST',
    pathAndQuery: '/v3/pay/transactions/native',
    body: orderBody(merchant, payment),
  } as const;
  const answer = await client.call(call, nativeOrder);
  if (!answer.ok) return answer;
  if (answer.value.kind === 'refusal') {
    return explainRefusal(merchant, client, answer.value, payment.outTradeNo);
  }
  return ok({ codeUrl: answer.value.value.code_url });
}

async function createH5(
  merchant: Merchant,
  client: SignedClient,
  payment: NewPayment & { readonly clientIp: string },
): Promise<Result<{ h5Url: string }>> {
  const scene = { payer_client_ip: payment.clientIp, h5_info: { type: 'Wap' } };
  const call = {
    operation: 'createH5',
    method: 'POST',
    pathAndQuery: '/v3/pay/transactions/h5',
    body: { ...orderBody(merchant, payment), scene_info: scene },
  } as const;
  const answer = await client.call(call, h5Order);
  if (!answer.ok) return answer;
  if (answer.value.kind === 'refusal') {
    return explainRefusal(merchant, client, answer.value, payment.outTradeNo);
  }
  return ok({ h5Url: answer.value.value.h5_url });
}

async function createJsapi(
  merchant: Merchant,
  client: SignedClient,
  payment: NewPayment & { readonly openid: string },
): Promise<Result<{ jsapi: JsapiArguments }>> {
  const call = {
    operation: 'createJsapi',
    method: 'POST',
    pathAndQuery: '/v3/pay/transactions/jsapi',
    body: { ...orderBody(merchant, payment), payer: { openid: payment.openid } },
  } as const;
  const answer = await client.call(call, jsapiOrder);
  if (!answer.ok) return answer;
  if (answer.value.kind === 'refusal') {
    return explainRefusal(merchant, client, answer.value, payment.outTradeNo);
  }
  return ok({ jsapi: jsapiArguments(merchant, answer.value.value.prepay_id) });
}

function jsapiArguments(merchant: Merchant, prepayId: string): JsapiArguments {
  const timeStamp = unixSeconds(merchant.now());
  const nonceStr = newNonce();
  const prepayPackage = `prepay_id=${prepayId}`;
  const { privateKey, appId } = merchant;
  const paySign = signJsapi(privateKey, appId, timeStamp, nonceStr, prepayPackage);
  return { timeStamp, nonceStr, package: prepayPackage, signType: 'RSA', paySign };
}

async function query(
  merchant: Merchant,
  client: SignedClient,
  outTradeNo: string,
): Promise<Result<ProviderPayment>> {
  const known = await queryKnown(merchant, client, outTradeNo);
  return known.ok ? ok(known.value ?? { outTradeNo, state: 'notPaid' }) : known;
}

/** Undefined when WeChat Pay has not seen the number. */
async function queryKnown(
  merchant: Merchant,
  client: SignedClient,
  outTradeNo: string,
): Promise<Result<ProviderPayment | undefined>> {
  const pathAndQuery = `${orderPath(outTradeNo)}?mchid=${encodeURIComponent(merchant.mchId)}`;
  const answer = await client.call(
    { operation: 'query', method: 'GET', pathAndQuery },
    transaction,
  );
  if (!answer.ok) return answer;
  if (answer.value.kind === 'success') return readTransaction(outTradeNo, answer.value.value);
  return isUnknownNumber(answer.value) ? ok(undefined) : orderFailure(answer.value);
}

/** Failure of an operation on an order; asks the order where the refusal alone does not tell. */
async function explainRefusal(
  merchant: Merchant,
  client: SignedClient,
  refusal: Refusal,
  outTradeNo: string,
): Promise<Result<never>> {
  if (!isVague(refusal)) return orderFailure(refusal);
  const known = await queryKnown(merchant, client, outTradeNo);
  if (!known.ok) return known;
  const state = known.value?.state;
  if (state === 'paid' || state === 'refunded') return fail('payment.alreadyPaid');
  if (state === 'closed') return fail('payment.expired');
  if (state === 'notPaid') return fail('request.idempotencyMismatch');
  return orderFailure(refusal);
}

/** REVOKED, USERPAYING and PAYERROR belong to payment codes; a failed try may be repeated. */
const STATES: Readonly<Record<Transaction['trade_state'], ProviderPayment['state']>> = {
  SUCCESS: 'paid',
  REFUND: 'refunded',
  NOTPAY: 'notPaid',
  USERPAYING: 'notPaid',
  PAYERROR: 'notPaid',
  CLOSED: 'closed',
  REVOKED: 'closed',
};

function readTransaction(outTradeNo: string, answer: Transaction): Result<ProviderPayment> {
  // A correctly signed answer about another order (a replay within the tolerance) is no answer.
  if (answer.out_trade_no !== outTradeNo) return fail('payment.providerUnavailable');
  return ok({
    outTradeNo,
    state: STATES[answer.trade_state],
    ...(answer.amount?.total === undefined ? {} : { amountFen: answer.amount.total }),
    ...(answer.transaction_id ? { transactionId: answer.transaction_id } : {}),
    ...(answer.success_time ? { paidAt: new Date(answer.success_time) } : {}),
  });
}

async function close(
  merchant: Merchant,
  client: SignedClient,
  outTradeNo: string,
): Promise<Result<void>> {
  const call = {
    operation: 'close',
    method: 'POST',
    pathAndQuery: `${orderPath(outTradeNo)}/close`,
    body: { mchid: merchant.mchId },
  } as const;
  const answer = await client.call(call, z.undefined());
  if (!answer.ok) return answer;
  if (answer.value.kind === 'success') return ok(undefined);
  const refusal = answer.value;
  if (isClosed(refusal) || isUnknownNumber(refusal)) return ok(undefined);
  const explained = await explainRefusal(merchant, client, refusal, outTradeNo);
  if (explained.ok || explained.error.code === 'payment.alreadyPaid') return explained;
  // Closed already is what was asked for; still open after a refused closing is their trouble.
  return explained.error.code === 'payment.expired' ? ok(undefined) : orderFailure(refusal);
}

const REFUND_STATES: Readonly<Record<z.infer<typeof refundAnswer>['status'], Refund['state']>> = {
  SUCCESS: 'succeeded',
  PROCESSING: 'processing',
  CLOSED: 'closed',
  ABNORMAL: 'abnormal',
};

function readRefund(outRefundNo: string, answer: z.infer<typeof refundAnswer>): Result<Refund> {
  if (answer.out_refund_no !== outRefundNo) return fail('payment.providerUnavailable');
  return ok({
    outRefundNo,
    refundId: answer.refund_id,
    state: REFUND_STATES[answer.status],
    refundFen: answer.amount.refund,
    ...(answer.create_time ? { acceptedAt: new Date(answer.create_time) } : {}),
  });
}

async function openRefund(client: SignedClient, refund: NewRefund): Promise<Result<Refund>> {
  if (refund.refundFen > refund.totalFen) return fail('payment.amountMismatch');
  const call = {
    operation: 'refund',
    method: 'POST',
    pathAndQuery: '/v3/refund/domestic/refunds',
    body: {
      out_trade_no: refund.outTradeNo,
      out_refund_no: refund.outRefundNo,
      ...(refund.reason ? { reason: refund.reason } : {}),
      ...(refund.notifyUrl ? { notify_url: refund.notifyUrl } : {}),
      amount: { refund: refund.refundFen, total: refund.totalFen, currency: 'CNY' },
    },
  } as const;
  const answer = await client.call(call, refundAnswer);
  if (!answer.ok) return answer;
  if (answer.value.kind === 'refusal') return refundFailure(answer.value);
  return readRefund(refund.outRefundNo, answer.value.value);
}

async function queryRefund(client: SignedClient, outRefundNo: string): Promise<Result<Refund>> {
  const pathAndQuery = `/v3/refund/domestic/refunds/${encodeURIComponent(outRefundNo)}`;
  const call = { operation: 'queryRefund', method: 'GET', pathAndQuery } as const;
  const answer = await client.call(call, refundAnswer);
  if (!answer.ok) return answer;
  if (answer.value.kind === 'success') return readRefund(outRefundNo, answer.value.value);
  if (isUnknownNumber(answer.value)) return fail('request.notFound');
  return refundFailure(answer.value);
}

/** 发起异常退款. Card and name are encrypted for WeChat Pay alone. */
async function refundToCard(
  client: SignedClient,
  refund: Refund,
  card: RefundCard,
): Promise<Result<Refund>> {
  const recipient = await client.keys.recipient();
  if (!recipient) return fail('payment.providerUnavailable');
  const sealed = (text: string) => encryptFor(recipient.key, text);
  const call = {
    operation: 'refundToCard',
    method: 'POST',
    pathAndQuery: `/v3/refund/domestic/refunds/${encodeURIComponent(refund.refundId)}/apply-abnormal-refund`,
    encryptedFor: recipient.serial,
    body: {
      out_refund_no: refund.outRefundNo,
      type: 'USER_BANK_CARD',
      bank_type: card.bankType,
      bank_account: sealed(card.bankAccount),
      real_name: sealed(card.realName),
    },
  } as const;
  const answer = await client.call(call, refundAnswer);
  if (!answer.ok) return answer;
  if (answer.value.kind === 'refusal') return refundFailure(answer.value);
  return readRefund(refund.outRefundNo, answer.value.value);
}
