import { CLOSED_ORDER_CODES, DESK_PAYMENT_METHODS } from '@gradshot/domain';
import { z } from 'zod';
import { orderParams } from './orders.ts';
import { id, orderState, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

/**
 * Why money is owed back: paid twice, for an order that was over, a refunded fee that was paid in cash, or
 * another sum than was asked for.
 */
export const REFUND_CAUSES = ['paidTwice', 'cancelled', 'refunded', 'cash', 'amount'] as const;

/** `toCard`: sent once more, to a bank card; `twice`: came through after it was returned by hand. */
export const REFUND_ACTS = [
  'requested',
  'processing',
  'abnormal',
  'toCard',
  'succeeded',
  'failed',
  'byHand',
  'twice',
] as const;

const refundHistory = z.array(
  z.object({
    at: timestamp,
    act: z.enum(REFUND_ACTS),
    /** Empty: the payment service. */
    by: z.string(),
    note: z.string(),
  }),
);

export const dueRefund = z.object({
  paymentId: id,
  orderId: id,
  orderNo: z.string(),
  orderState,
  maskedName: z.string(),
  school: z.string(),
  amountFen: z.int(),
  cause: z.enum(REFUND_CAUSES),
  paidAt: timestamp,
  /** The payment service's number, to find it in the merchant's books. */
  transactionId: z.string().optional(),
  /** `failed`: tried in vain, still owed. */
  state: z.enum(['due', 'running', 'abnormal', 'failed', 'returned', 'returnedByHand']),
  history: refundHistory,
});
export type DueRefund = z.infer<typeof dueRefund>;

export const listDueRefunds = defineRoute({
  id: 'listDueRefunds',
  method: 'GET',
  path: '/v1/console/due-refunds',
  summary: 'Payments that no order has a use for; the open ones oldest first',
  callers: ['staff'],
  right: 'seeMoney',
  school: 'filtered',
  query: z.object({
    returned: z.enum(['true', 'false']).default('false'),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({
    refunds: z.array(dueRefund),
    total: z.int().min(0),
    /** Of all that is still owed, fen. */
    owedFen: z.int().min(0),
    owed: z.int().min(0),
  }),
  errors: [],
});

const params = z.object({ paymentId: id });
const errors = [
  'request.notFound',
  'request.idempotencyMismatch',
  'payment.notDue',
  'payment.refundRunning',
  'payment.refundRefused',
  'payment.amountMismatch',
  'payment.cashByHand',
] as const;

/** Asks the payment service to return it; while that is away the request is repeated. */
export const returnDuePayment = defineRoute({
  id: 'returnDuePayment',
  method: 'POST',
  path: '/v1/console/due-refunds/:paymentId/return',
  summary: 'Return money that is owed back to the payer',
  callers: ['staff'],
  right: 'refund',
  school: 'ofPayment',
  params,
  body: z.object({ reason: z.string().trim().min(1).max(80), idempotencyKey: id }),
  response: dueRefund,
  errors,
});

/** Returned outside of the payment service, e.g. by bank transfer. */
export const noteDuePaymentReturned = defineRoute({
  id: 'noteDuePaymentReturned',
  method: 'POST',
  path: '/v1/console/due-refunds/:paymentId/returned-by-hand',
  summary: 'Write down that owed money was returned by hand, with its reference',
  callers: ['staff'],
  right: 'refund',
  school: 'ofPayment',
  params,
  body: z.object({
    reference: z.string().trim().min(2).max(60),
    note: z.string().trim().max(80).default(''),
    idempotencyKey: id,
  }),
  response: dueRefund,
  errors,
});

export const REFUND_PURPOSES = ['order', 'due', 'foreign'] as const;

export const shownRefund = z.object({
  refundId: id,
  orderId: id,
  orderNo: z.string(),
  orderState,
  maskedName: z.string(),
  school: z.string(),
  /** The number that the payment service knows it by, and its own. */
  outRefundNo: z.string(),
  providerRefundId: z.string().optional(),
  amountFen: z.int().min(0),
  /** Of the payment; 0: the order was free. */
  paidFen: z.int().min(0),
  /** `foreign`: opened at the payment service's own desk. */
  purpose: z.enum(REFUND_PURPOSES),
  state: z.enum(['requested', 'processing', 'abnormal', 'succeeded', 'failed']),
  reason: z.string(),
  /** Who asked for it; empty: nobody here. */
  by: z.string(),
  byHandReference: z.string().optional(),
  createdAt: timestamp,
  updatedAt: timestamp,
  history: refundHistory,
});
export type ShownRefund = z.infer<typeof shownRefund>;

export const listRefunds = defineRoute({
  id: 'listRefunds',
  method: 'GET',
  path: '/v1/console/refunds',
  summary:
    'Refunds, whoever opened them: those that wait for a hand, those under way, those at an end',
  callers: ['staff'],
  right: 'seeMoney',
  school: 'global',
  query: z.object({
    show: z.enum(['abnormal', 'running', 'ended']).default('abnormal'),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({
    refunds: z.array(shownRefund),
    total: z.int().min(0),
    /** Of all that wait for a hand. */
    abnormal: z.int().min(0),
  }),
  errors: [],
});

const refundParams = z.object({ refundId: id });

/** 发起异常退款. Card and name go to the payment service encrypted and are kept nowhere. */
export const sendRefundToCard = defineRoute({
  id: 'sendRefundToCard',
  method: 'POST',
  path: '/v1/console/refunds/:refundId/to-card',
  summary: 'Send an abnormal refund to a debit card of the payer',
  callers: ['staff'],
  right: 'refund',
  school: 'global',
  params: refundParams,
  body: z.object({
    bankType: z.string().regex(/^[A-Z0-9_]{2,32}$/),
    bankAccount: z.string().regex(/^\d{12,19}$/),
    realName: z.string().trim().min(2).max(60),
  }),
  response: shownRefund,
  errors: [
    'request.notFound',
    'payment.notAbnormal',
    'payment.refundRefused',
    'payment.providerUnavailable',
  ],
});

export const markRefundDone = defineRoute({
  id: 'markRefundDone',
  method: 'POST',
  path: '/v1/console/refunds/:refundId/done',
  summary: 'Write down that an abnormal refund was paid by other means; repeating it is success',
  callers: ['staff'],
  right: 'refund',
  school: 'global',
  params: refundParams,
  body: z.object({
    reference: z.string().trim().min(2).max(60),
    note: z.string().trim().max(80).default(''),
  }),
  response: shownRefund,
  errors: ['request.notFound', 'payment.notAbnormal'],
});

export const refundRequest = z.object({
  requestId: id,
  orderId: id,
  orderNo: z.string(),
  orderState,
  maskedName: z.string(),
  school: z.string(),
  /** What is left of the fee. */
  amountFen: z.int().min(0),
  reason: z.string(),
  state: z.enum(['asked', 'approved', 'declined']),
  askedBy: z.string(),
  /** By the caller, who therefore cannot decide on it. */
  own: z.boolean(),
  askedAt: timestamp,
  decidedBy: z.string().optional(),
  decidedAt: timestamp.optional(),
  note: z.string(),
});
export type RefundRequest = z.infer<typeof refundRequest>;

/** 申请退款: the first of two people. The order goes on until a second one approves. */
export const askRefund = defineRoute({
  id: 'askRefund',
  method: 'POST',
  path: '/v1/console/orders/:orderId/refund-requests',
  summary: 'Ask for the fee of an order that was not handed in to be returned',
  callers: ['staff'],
  right: 'askRefund',
  school: 'ofOrder',
  params: orderParams,
  body: z.object({ reason: z.string().trim().min(1).max(80), idempotencyKey: id }),
  response: refundRequest,
  errors: [
    'order.notFound',
    'order.transitionForbidden',
    ...CLOSED_ORDER_CODES,
    'request.idempotencyMismatch',
    'payment.refundAsked',
  ],
});

export const listRefundRequests = defineRoute({
  id: 'listRefundRequests',
  method: 'GET',
  path: '/v1/console/refund-requests',
  summary: 'Refunds that were asked for: the open ones oldest first, the decided ones latest first',
  callers: ['staff'],
  right: 'askRefund',
  school: 'global',
  query: z.object({
    decided: z.enum(['true', 'false']).default('false'),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({
    requests: z.array(refundRequest),
    total: z.int().min(0),
    /** Of all that wait for a decision. */
    open: z.int().min(0),
  }),
  errors: [],
});

/**
 * The second of two people. Once it is approved the payment service is asked; its answer or notification
 * confirms the refund. While the service is away the order stays `refunding` and the request is repeated.
 */
export const decideRefundRequest = defineRoute({
  id: 'decideRefundRequest',
  method: 'POST',
  path: '/v1/console/refund-requests/:requestId/decision',
  summary: '审批退款: approve what somebody else asked for, or decline it with a note',
  callers: ['staff'],
  right: 'refund',
  school: 'global',
  params: z.object({ requestId: id }),
  body: z.discriminatedUnion('decision', [
    z.object({ decision: z.literal('approve') }),
    z.object({ decision: z.literal('decline'), note: z.string().trim().min(1).max(80) }),
  ]),
  response: refundRequest,
  errors: [
    'request.notFound',
    'order.notFound',
    'order.transitionForbidden',
    ...CLOSED_ORDER_CODES,
    'payment.ownRefund',
    'payment.refundDecided',
    'payment.refundRefused',
    'payment.amountMismatch',
  ],
});

/** A day in China, `YYYY-MM-DD`. */
const day = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);

export const deskTakings = z.object({
  day,
  stationId: id,
  station: z.string(),
  school: z.string(),
  method: z.enum(DESK_PAYMENT_METHODS),
  count: z.int().min(0),
  amountFen: z.int().min(0),
  /** Of these, given back since. */
  returned: z.int().min(0),
  returnedFen: z.int().min(0),
});
export type DeskTakings = z.infer<typeof deskTakings>;

/** To be compared with what lies in the cash boxes, and with what a school is billed. */
export const listDeskTakings = defineRoute({
  id: 'listDeskTakings',
  method: 'GET',
  path: '/v1/console/desk-takings',
  summary:
    'What stations took in cash or on their school’s account, by day and station, latest first',
  callers: ['staff'],
  right: 'seeMoney',
  school: 'filtered',
  query: z.object({ from: day, until: day.describe('The last day, which is among them') }),
  response: z.object({ takings: z.array(deskTakings) }),
  errors: [],
});
