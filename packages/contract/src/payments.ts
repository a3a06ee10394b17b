import { DESK_PAYMENT_METHODS } from '@gradshot/domain';
import { z } from 'zod';
import { orderParams } from './orders.ts';
import { fen, id, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

export const PAYMENT_STATES = ['pending', 'paid', 'expired', 'closed', 'refunded'] as const;

/** `native`: QR code at the station; `jsapi`: mini-program; `h5`: a phone's browser. */
export const PAYMENT_METHODS = ['native', 'jsapi', 'h5'] as const;

export const payment = z.object({
  paymentId: id,
  orderId: id,
  method: z.enum([...PAYMENT_METHODS, ...DESK_PAYMENT_METHODS]),
  state: z.enum(PAYMENT_STATES),
  amountFen: fen,
  /** Native: the text of the QR code that the payer scans. */
  codeUrl: z.string().optional(),
  /** H5: the payment page; the client appends `redirect_url`, where it comes back to. */
  h5Url: z.string().optional(),
  /** JSAPI: arguments of `wx.requestPayment`. */
  jsapi: z
    .object({
      timeStamp: z.string(),
      nonceStr: z.string(),
      package: z.string(),
      signType: z.literal('RSA'),
      paySign: z.string(),
    })
    .optional(),
  expiresAt: timestamp,
  paidAt: timestamp.optional(),
});
export type Payment = z.infer<typeof payment>;

export const createPayment = defineRoute({
  id: 'createPayment',
  method: 'POST',
  path: '/v1/orders/:orderId/payments',
  summary: '立即支付: open (or return the still valid) payment of an order',
  callers: ['graduate', 'station'],
  params: orderParams,
  body: z.object({
    method: z.enum(PAYMENT_METHODS),
    /** Made by the client once per press of the button; the same key returns the same payment. */
    idempotencyKey: id,
  }),
  response: payment,
  errors: [
    'order.notFound',
    'order.cancelled',
    'consent.required',
    'payment.alreadyPaid',
    'payment.providerUnavailable',
    'order.transitionForbidden',
    'request.idempotencyMismatch',
  ],
});

/**
 * By staff at the desk of a station with that right. The payment service's open payment of the order is
 * closed first; money that arrives there all the same is owed back. Repeating is success.
 */
export const recordDeskPayment = defineRoute({
  id: 'recordDeskPayment',
  method: 'POST',
  path: '/v1/orders/:orderId/desk-payments',
  summary:
    '现金收款 or 校方统付: the fee was taken at the desk, with the receipt that was given for cash',
  callers: ['station'],
  params: orderParams,
  body: z.discriminatedUnion('method', [
    z.object({
      method: z.literal('cash'),
      receiptNo: z.string().max(80).describe('One receipt of a school is for one payment'),
      idempotencyKey: id,
    }),
    z.object({ method: z.literal('school'), idempotencyKey: id }),
  ]),
  response: payment,
  errors: [
    'order.notFound',
    'order.cancelled',
    'order.transitionForbidden',
    'station.mayNotTakePayment',
    'consent.required',
    'payment.alreadyPaid',
    'payment.receiptInvalid',
    'payment.receiptUsed',
    'payment.providerUnavailable',
    'request.idempotencyMismatch',
  ],
});

/** Asks the payment service itself when no notification has come, so a lost callback costs nothing. */
export const getPayment = defineRoute({
  id: 'getPayment',
  method: 'GET',
  path: '/v1/payments/:paymentId',
  summary: 'State of a payment',
  callers: ['graduate', 'station'],
  params: z.object({ paymentId: id }),
  response: payment,
  errors: ['request.notFound'],
});

export const wechatPayNotify = defineRoute({
  id: 'wechatPayNotify',
  method: 'POST',
  path: '/v1/wechat/pay/notify',
  summary: 'WeChat Pay API v3 notification: signed, encrypted; repeated delivery is success',
  callers: ['public'],
  upload: 'raw',
  response: z.object({ code: z.string(), message: z.string() }),
  errors: ['payment.signatureInvalid', 'payment.providerUnavailable', 'request.notFound'],
});
