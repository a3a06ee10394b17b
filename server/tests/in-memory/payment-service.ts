import { fail, ok, type Result } from '@gradshot/domain';
import type { Clock } from '../../src/ports/ground/clock.ts';
import type {
  NewPayment,
  PaymentNotification,
  PaymentProvider,
  ProviderPayment,
  RawNotification,
  Refund,
} from '../../src/ports/payments/payment-provider.ts';

type Opened = NewPayment & { readonly paidAt?: Date; readonly closed: boolean };

/** The money of one payment, as the payment service's own books have it. */
export type Account = {
  readonly outTradeNo: string;
  readonly receivedFen: number;
  readonly returnedFen: number;
};

export type InMemoryPaymentService = PaymentProvider & {
  /** Answers nothing while true. */
  away: boolean;
  /** Refuses to give money back while true. */
  empty: boolean;
  /** The payer pays; false when it cannot be paid any more. */
  pay(outTradeNo: string): boolean;
  /** Payments that can be paid now. */
  payable(): readonly string[];
  /** What the service would notify of, each as often as it is asked. */
  notifications(): readonly RawNotification[];
  accounts(): readonly Account[];
};

const AWAY = fail('payment.providerUnavailable');

/** A payment service that keeps to the rules of the real one and whose books a test can read. */
export function createInMemoryPaymentService(clock: Clock): InMemoryPaymentService {
  const opened = new Map<string, Opened>();
  const refunds = new Map<string, Refund & { readonly outTradeNo: string }>();
  const isPayable = (payment: Opened) =>
    !payment.closed && !payment.paidAt && payment.expiresAt > clock();
  const returnedFen = (outTradeNo: string) =>
    [...refunds.values()]
      .filter((refund) => refund.outTradeNo === outTradeNo)
      .reduce((sum, { refundFen }) => sum + refundFen, 0);

  const open = <T>(payment: NewPayment, answer: T): Result<T> => {
    if (service.away) return AWAY;
    const known = opened.get(payment.outTradeNo);
    if (known?.paidAt) return fail('payment.alreadyPaid');
    if (known?.closed || payment.expiresAt <= clock()) return fail('payment.expired');
    opened.set(payment.outTradeNo, { ...payment, closed: false });
    return ok(answer);
  };

  const service: InMemoryPaymentService = {
    away: false,
    empty: false,
    createNative: async (payment) => open(payment, { codeUrl: `pay ${payment.outTradeNo}` }),
    createH5: async (payment) => open(payment, { h5Url: `https://${payment.outTradeNo}` }),
    createJsapi: async (payment) => {
      const texts = { timeStamp: '', nonceStr: '', package: '', paySign: '' };
      return open(payment, { jsapi: { ...texts, signType: 'RSA' } });
    },
    query: async (outTradeNo) =>
      service.away
        ? AWAY
        : ok(truthOf(outTradeNo, opened.get(outTradeNo), returnedFen(outTradeNo))),
    async close(outTradeNo) {
      if (service.away) return AWAY;
      const payment = opened.get(outTradeNo);
      if (payment?.paidAt) return fail('payment.alreadyPaid');
      if (payment) opened.set(outTradeNo, { ...payment, closed: true });
      return ok(undefined);
    },
    async refund({ outTradeNo, outRefundNo, refundFen }) {
      if (service.away) return AWAY;
      const known = refunds.get(outRefundNo);
      if (known) return ok(known);
      const payment = opened.get(outTradeNo);
      if (service.empty || !payment?.paidAt) return fail('payment.refundRefused');
      if (returnedFen(outTradeNo) + refundFen > payment.amountFen)
        return fail('payment.amountMismatch');
      const refund = { outRefundNo, refundId: outRefundNo, refundFen, outTradeNo };
      refunds.set(outRefundNo, { ...refund, state: 'succeeded' });
      return ok({ ...refund, state: 'processing' });
    },
    async queryRefund(outRefundNo) {
      if (service.away) return AWAY;
      const refund = refunds.get(outRefundNo);
      return refund ? ok(refund) : fail('request.notFound');
    },
    refundToCard: async ({ outRefundNo }) => {
      if (service.away) return AWAY;
      const refund = refunds.get(outRefundNo);
      return refund ? ok({ ...refund, state: 'processing' }) : fail('payment.refundRefused');
    },
    bill: async () => (service.away ? AWAY : ok('none')),
    parseNotification: async ({ rawBody }) =>
      ok(JSON.parse(Buffer.from(rawBody).toString(), dates)),
    pay(outTradeNo) {
      const payment = opened.get(outTradeNo);
      if (!payment || !isPayable(payment)) return false;
      opened.set(outTradeNo, { ...payment, paidAt: clock() });
      return true;
    },
    payable: () => [...opened.values()].filter(isPayable).map(({ outTradeNo }) => outTradeNo),
    notifications: () => [
      ...[...opened.values()].flatMap(paidNotification),
      ...[...refunds.values()].map((refund) => rawOf(refundNotification(refund))),
    ],
    accounts: () =>
      [...opened.values()].map(({ outTradeNo, paidAt, amountFen }) => ({
        outTradeNo,
        receivedFen: paidAt ? amountFen : 0,
        returnedFen: returnedFen(outTradeNo),
      })),
  };
  return service;
}

function truthOf(
  outTradeNo: string,
  payment: Opened | undefined,
  returnedFen: number,
): ProviderPayment {
  if (!payment?.paidAt) return { outTradeNo, state: payment?.closed ? 'closed' : 'notPaid' };
  const { amountFen, paidAt } = payment;
  const state = returnedFen > 0 ? 'refunded' : 'paid';
  return { outTradeNo, state, amountFen, paidAt, transactionId: `of ${outTradeNo}` };
}

const dates = (key: string, value: unknown) => (key === 'paidAt' ? new Date(String(value)) : value);

const rawOf = (notification: PaymentNotification): RawNotification => ({
  headers: {},
  rawBody: Buffer.from(JSON.stringify(notification)),
});

function paidNotification({ outTradeNo, amountFen, paidAt }: Opened): RawNotification[] {
  if (!paidAt) return [];
  const notificationId = `paid ${outTradeNo}`;
  const transactionId = `of ${outTradeNo}`;
  return [rawOf({ kind: 'paid', notificationId, outTradeNo, transactionId, amountFen, paidAt })];
}

function refundNotification({
  outTradeNo,
  outRefundNo,
  refundFen,
}: Refund & { readonly outTradeNo: string }): PaymentNotification {
  return {
    kind: 'refund',
    state: 'succeeded',
    refundId: outRefundNo,
    notificationId: `refunded ${outRefundNo}`,
    outTradeNo,
    outRefundNo,
    transactionId: `of ${outTradeNo}`,
    amountFen: refundFen,
  };
}
