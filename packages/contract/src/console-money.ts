import { DESK_PAYMENT_METHODS } from '@gradshot/domain';
import { z } from 'zod';
import { PAYMENT_METHODS, PAYMENT_STATES } from './payments.ts';
import { id, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

/** A day in China, `YYYY-MM-DD`. */
const day = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const days = {
  from: day,
  until: day.describe('The last day, which is among them'),
};
const fen = z.int().min(0);

/** `wechat`: through the payment service, by whatever screen. */
export const PAYMENT_WAYS = ['wechat', ...DESK_PAYMENT_METHODS] as const;

export const listedPayment = z.object({
  paymentId: id,
  orderId: id,
  orderNo: z.string(),
  maskedName: z.string(),
  school: z.string(),
  method: z.enum([...PAYMENT_METHODS, ...DESK_PAYMENT_METHODS]),
  state: z.enum(PAYMENT_STATES),
  amountFen: fen,
  /** What had been asked for, where another sum was paid. */
  askedFen: fen.optional(),
  refundedFen: fen,
  refundDue: z.boolean(),
  outTradeNo: z.string(),
  transactionId: z.string().optional(),
  receiptNo: z.string().optional(),
  createdAt: timestamp,
  paidAt: timestamp.optional(),
});
export type ListedPayment = z.infer<typeof listedPayment>;

export const listPayments = defineRoute({
  id: 'listPayments',
  method: 'GET',
  path: '/v1/console/payments',
  summary:
    'Payments by merchant order number, WeChat number, order number, receipt or name, newest first',
  callers: ['staff'],
  right: 'seeMoney',
  school: 'global',
  query: z.object({
    text: z.string().trim().max(64).default(''),
    state: z.enum([...PAYMENT_STATES, 'partlyRefunded', 'owed']).optional(),
    way: z.enum(PAYMENT_WAYS).optional(),
    schoolCode: z.string().trim().max(20).optional(),
    /** Paid on that day in China. */
    day: day.optional(),
    /** Where the page before ended. */
    after: z.string().max(80).optional(),
    pageSize: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({
    payments: z.array(listedPayment),
    /** For `after`; absent: these were the last. */
    next: z.string().optional(),
  }),
  errors: [],
});

export const BILL_STATES = ['waiting', 'none', 'done', 'damaged', 'failed'] as const;

/** `waiting`: not made yet; `none`: a day without business; `damaged`: other than its hash or its sums say. */
export const bill = z.object({
  day,
  state: z.enum(BILL_STATES),
  triedAt: timestamp,
  fetchedAt: timestamp.optional(),
  payments: z.int().min(0),
  paidFen: fen,
  refunds: z.int().min(0),
  refundedFen: fen,
  /** Of the payment service, rounded to fen; what it gave back of it is taken off. */
  feeFen: z.int(),
  open: z.int().min(0).describe('Differences that nobody has settled'),
  differences: z.int().min(0),
});
export type Bill = z.infer<typeof bill>;

export const listBills = defineRoute({
  id: 'listBills',
  method: 'GET',
  path: '/v1/console/bills',
  summary: 'WeChat Pay’s daily bills, the latest first, with what differs',
  callers: ['staff'],
  right: 'seeMoney',
  school: 'global',
  query: z.object(days),
  response: z.object({
    bills: z.array(bill),
    /** Of all days. */
    open: z.int().min(0),
  }),
  errors: [],
});

export const fetchBill = defineRoute({
  id: 'fetchBill',
  method: 'POST',
  path: '/v1/console/bills/:day/fetch',
  summary: 'Fetch the bill of a day now and compare it; repeating it compares anew',
  callers: ['staff'],
  right: 'refund',
  school: 'global',
  params: z.object({ day }),
  response: bill,
  errors: ['payment.billNotYet', 'payment.billDamaged', 'payment.providerUnavailable'],
});

export const BILL_DIFFERENCES = ['missingHere', 'missingThere', 'amount', 'state'] as const;

export const billDifference = z.object({
  differenceId: id,
  day,
  subject: z.enum(['payment', 'refund']),
  what: z.enum(BILL_DIFFERENCES),
  /** Our number of the payment or refund. */
  number: z.string(),
  /** The payment service's own. */
  providerNumber: z.string(),
  orderId: id.optional(),
  orderNo: z.string().optional(),
  hereFen: fen.optional(),
  thereFen: fen.optional(),
  hereState: z.string().optional(),
  thereState: z.string().optional(),
  settledAt: timestamp.optional(),
  /** Empty: by the comparison itself, which booked what was missing. */
  settledBy: z.string().optional(),
  note: z.string(),
});
export type BillDifference = z.infer<typeof billDifference>;

export const listBillDifferences = defineRoute({
  id: 'listBillDifferences',
  method: 'GET',
  path: '/v1/console/bill-differences',
  summary: 'Where a bill and our books differ: the open ones, or all of a day',
  callers: ['staff'],
  right: 'seeMoney',
  school: 'global',
  query: z.object({
    day: day.optional(),
    settled: z.enum(['true', 'false']).default('false'),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({ differences: z.array(billDifference), total: z.int().min(0) }),
  errors: [],
});

export const settleBillDifference = defineRoute({
  id: 'settleBillDifference',
  method: 'POST',
  path: '/v1/console/bill-differences/:differenceId/settle',
  summary: 'Write down what became of a difference; repeating it is success',
  callers: ['staff'],
  right: 'refund',
  school: 'global',
  params: z.object({ differenceId: id }),
  body: z.object({ note: z.string().trim().min(2).max(200) }),
  response: billDifference,
  errors: ['request.notFound', 'payment.differenceSettled'],
});

const sum = z.object({ count: z.int().min(0), fen });

export const moneyTotal = z.object({
  day,
  schoolId: id,
  school: z.string(),
  wechat: sum,
  cash: sum,
  campus: sum,
  refunded: sum,
  feeFen: z.int(),
});
export type MoneyTotal = z.infer<typeof moneyTotal>;

const totalsQuery = z.object({ ...days, schoolCode: z.string().trim().max(20).optional() });

export const listMoneyTotals = defineRoute({
  id: 'listMoneyTotals',
  method: 'GET',
  path: '/v1/console/money-totals',
  summary: 'What was paid and given back, by day and school, the latest first',
  callers: ['staff'],
  right: 'seeMoney',
  school: 'global',
  query: totalsQuery,
  response: z.object({ totals: z.array(moneyTotal) }),
  errors: ['request.invalid'],
});

export const exportMoneyTotals = defineRoute({
  id: 'exportMoneyTotals',
  method: 'GET',
  path: '/v1/console/money-totals.csv',
  summary: 'The same as CSV (UTF-8 with a mark); each export is written down',
  callers: ['staff'],
  right: 'seeMoney',
  school: 'global',
  query: totalsQuery,
  response: z.unknown(),
  file: 'text/csv',
  errors: ['request.invalid'],
});

/** Names leave only when asked for, with a reason; each export is written down. */
export const exportInvoiceRows = defineRoute({
  id: 'exportInvoiceRows',
  method: 'GET',
  path: '/v1/console/invoice-rows.csv',
  summary:
    '电子发票: what an invoicing system needs of each paid order, as CSV (UTF-8 with a mark)',
  callers: ['staff'],
  right: 'seeMoney',
  school: 'global',
  query: totalsQuery.extend({
    names: z.enum(['true', 'false']).default('false'),
    reason: z.string().trim().max(80).default(''),
  }),
  response: z.unknown(),
  file: 'text/csv',
  errors: ['request.invalid', 'payment.exportReasonNeeded'],
});

export const listMoneyExports = defineRoute({
  id: 'listMoneyExports',
  method: 'GET',
  path: '/v1/console/money-exports',
  summary: 'Who exported what about money, the latest first',
  callers: ['staff'],
  right: 'seeMoney',
  school: 'global',
  response: z.object({
    exports: z.array(
      z.object({
        at: timestamp,
        by: z.string(),
        what: z.enum(['totals', 'invoices', 'invoicesWithNames']),
        from: day,
        until: day,
        rows: z.int().min(0),
        reason: z.string(),
      }),
    ),
  }),
  errors: [],
});
