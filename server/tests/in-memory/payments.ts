import { dayInBeijing } from '@gradshot/domain';
import type {
  DeskTakingsRow,
  PaymentRepository,
} from '../../src/ports/payments/payment-repository.ts';
import {
  firstOf,
  forbid,
  insertNew,
  newestFirst,
  patch,
  rowsOf,
  sortedBy,
  type Tables,
} from './tables.ts';

export function inMemoryPayments(tables: Tables): PaymentRepository {
  const { payments, paymentKeys, paymentNotifications, deskPayments } = tables;
  return {
    find: async (id) => payments.get(id),
    findByKey: async (key) => payments.get(paymentKeys.get(key) ?? ''),
    findByTradeNo: async (outTradeNo) => firstOf(payments, (row) => row.outTradeNo === outTradeNo),
    findByTransaction: async (transactionId) =>
      firstOf(payments, (row) => row.transactionId === transactionId),
    findPending: async (orderId) =>
      firstOf(payments, (row) => row.orderId === orderId && row.state === 'pending'),
    listOfOrder: async (orderId) =>
      newestFirst(
        rowsOf(payments, (row) => row.orderId === orderId),
        ({ createdAt }) => createdAt,
      ),
    hasPaid: async (orderId) =>
      rowsOf(payments, (row) => row.orderId === orderId && row.state === 'paid').length > 0,
    listStale: async (before, limit) =>
      sortedBy(
        rowsOf(payments, ({ state, expiresAt }) => state === 'pending' && expiresAt < before),
        ({ lastQueriedAt, createdAt }) => lastQueriedAt ?? createdAt,
      ).slice(0, limit),
    async insert(payment) {
      forbid(payments, 'payments_out_trade_no', (row) => row.outTradeNo === payment.outTradeNo);
      if (payment.state === 'pending')
        forbid(
          payments,
          'payments_one_live',
          (row) => row.orderId === payment.orderId && row.state === 'pending',
        );
      insertNew(payments, payment.id, payment);
    },
    async addKey(key, paymentId) {
      if (!paymentKeys.has(key)) paymentKeys.set(key, paymentId);
    },
    async moveKey(key, paymentId) {
      paymentKeys.set(key, paymentId);
    },
    async update(id, { jsapi, ...change }) {
      patch(payments, id, { ...change, ...(jsapi ? { jsapi } : {}) });
    },
    async addDesk(desk) {
      const isTaken = ({ schoolId, receiptNo }: typeof desk) =>
        receiptNo !== null && schoolId === desk.schoolId && receiptNo === desk.receiptNo;
      if (firstOf(deskPayments, isTaken)) return false;
      insertNew(deskPayments, desk.paymentId, desk);
      return true;
    },
    findDesk: async (paymentId) => deskPayments.get(paymentId),
    deskTakings: async (from, until) => takings(tables, from, until),
    hasNotification: async (notificationId) => paymentNotifications.has(notificationId),
    async addNotification(notification) {
      if (paymentNotifications.has(notification.notificationId)) return false;
      paymentNotifications.set(notification.notificationId, notification);
      return true;
    },
  };
}

function takings({ payments, deskPayments }: Tables, from: Date, until: Date): DeskTakingsRow[] {
  const sums = new Map<string, DeskTakingsRow>();
  for (const { paymentId, stationId, takenAt } of deskPayments.values()) {
    const payment = payments.get(paymentId);
    if (!payment || takenAt < from || takenAt >= until) continue;
    const day = dayInBeijing(takenAt);
    const { amountFen } = payment;
    const method = payment.method as DeskTakingsRow['method'];
    const key = [day, stationId, method].join();
    const none = { count: 0, amountFen: 0, returned: 0, returnedFen: 0 };
    const sum = sums.get(key) ?? { day, stationId, method, ...none };
    const back = payment.state === 'refunded' ? 1 : 0;
    sums.set(key, {
      ...sum,
      count: sum.count + 1,
      amountFen: sum.amountFen + amountFen,
      returned: sum.returned + back,
      returnedFen: sum.returnedFen + back * amountFen,
    });
  }
  return [...sums.values()];
}
