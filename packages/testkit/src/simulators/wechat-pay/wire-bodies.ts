import { z } from 'zod';
import { type Order, paidFenOf, type Refund } from './ledger.ts';

/** Bodies of API v3 as the simulator reads and writes them. */

const outTradeNo = z.string().regex(/^[\w\-|*]{6,32}$/);

export const orderRequest = z.object({
  appid: z.string(),
  mchid: z.string(),
  description: z.string().min(1).max(127),
  out_trade_no: outTradeNo,
  time_expire: z.iso.datetime({ offset: true }).optional(),
  notify_url: z
    .url()
    .max(255)
    .refine((url) => !url.includes('?')),
  amount: z.object({ total: z.int().min(1), currency: z.literal('CNY').default('CNY') }),
});

export const jsapiOrderRequest = orderRequest.extend({
  payer: z.object({ openid: z.string().min(1).max(128) }),
});

export const h5OrderRequest = orderRequest.extend({
  scene_info: z.object({
    payer_client_ip: z.union([z.ipv4(), z.ipv6()]),
    h5_info: z.object({ type: z.string().min(1) }),
  }),
});

export const closeRequest = z.object({ mchid: z.string() });

export const abnormalRefundRequest = z.object({
  out_refund_no: z.string(),
  type: z.enum(['USER_BANK_CARD', 'MERCHANT_BANK_CARD']),
  bank_type: z.string().optional(),
  bank_account: z.string().optional(),
  real_name: z.string().optional(),
});

export const refundRequest = z.object({
  out_trade_no: outTradeNo,
  out_refund_no: z.string().regex(/^[\w\-|*@]{1,64}$/),
  reason: z.string().max(80).optional(),
  notify_url: z.url().optional(),
  amount: z.object({ refund: z.int().min(1), total: z.int().min(1), currency: z.literal('CNY') }),
});

const STATE_TEXT: Readonly<Record<Order['state'], string>> = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  CLOSED: '订单已关闭',
  REFUND: '转入退款',
};

/** RFC 3339 in Beijing time, as WeChat Pay writes it. */
export function beijing(date: Date): string {
  return `${new Date(date.getTime() + 28_800_000).toISOString().slice(0, 19)}+08:00`;
}

export type MerchantIds = { readonly mchId: string; readonly appId: string };

/** Body of a query's answer and content of a payment notification. */
export function transactionBody(ids: MerchantIds, order: Order): Record<string, unknown> {
  const common = {
    appid: ids.appId,
    mchid: ids.mchId,
    out_trade_no: order.outTradeNo,
    trade_state: order.state,
    trade_state_desc: STATE_TEXT[order.state],
  };
  if (!order.transactionId || !order.paidAt) {
    return { ...common, amount: { total: order.totalFen, currency: 'CNY' } };
  }
  return {
    ...common,
    transaction_id: order.transactionId,
    trade_type: order.tradeType,
    bank_type: 'OTHERS',
    attach: '',
    success_time: beijing(order.paidAt),
    payer: { openid: order.openid },
    amount: {
      total: paidFenOf(order),
      payer_total: paidFenOf(order),
      currency: 'CNY',
      payer_currency: 'CNY',
    },
  };
}

export function refundBody(refund: Refund): Record<string, unknown> {
  const { order } = refund;
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: order.transactionId,
    out_trade_no: order.outTradeNo,
    channel: refund.toCard ? 'OTHER_BANKCARD' : 'ORIGINAL',
    user_received_account: '支付用户零钱',
    create_time: beijing(refund.createdAt),
    ...(refund.succeededAt ? { success_time: beijing(refund.succeededAt) } : {}),
    status: refund.state,
    funds_account: 'AVAILABLE',
    amount: {
      total: paidFenOf(order),
      refund: refund.refundFen,
      payer_total: paidFenOf(order),
      payer_refund: refund.refundFen,
      settlement_refund: refund.refundFen,
      settlement_total: paidFenOf(order),
      discount_refund: 0,
      currency: 'CNY',
    },
  };
}

/** Content of a `REFUND.*` notification. */
export function refundNotice(ids: MerchantIds, refund: Refund): Record<string, unknown> {
  return {
    mchid: ids.mchId,
    transaction_id: refund.order.transactionId,
    out_trade_no: refund.order.outTradeNo,
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    refund_status: refund.state,
    ...(refund.succeededAt ? { success_time: beijing(refund.succeededAt) } : {}),
    user_received_account: '支付用户零钱',
    amount: {
      total: paidFenOf(refund.order),
      refund: refund.refundFen,
      payer_total: paidFenOf(refund.order),
      payer_refund: refund.refundFen,
    },
  };
}
