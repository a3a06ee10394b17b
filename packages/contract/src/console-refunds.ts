import { DESK_PAYMENT_METHODS } from '@gradshot/domain';
import { z } from 'zod';
import { id, orderState, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

/** Why money is owed back: paid twice, for an order that was over, or a refunded fee that was paid in cash. */
export const REFUND_CAUSES = ['paidTwice', 'cancelled', 'refunded', 'cash'] as const;

export const REFUND_ACTS = ['requested', 'processing', 'succeeded', 'failed', 'byHand'] as const;

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
  state: z.enum(['due', 'running', 'failed', 'returned', 'returnedByHand']),
  history: z.array(
    z.object({
      at: timestamp,
      act: z.enum(REFUND_ACTS),
      /** Empty: the payment service. */
      by: z.string(),
      note: z.string(),
    }),
  ),
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
