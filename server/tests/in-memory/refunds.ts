import { isWithin, type SchoolScope } from '../../src/ports/access/school-scope.ts';
import type {
  DuePayment,
  RefundAct,
  RefundRecord,
  RefundRepository,
  ShownRefund,
} from '../../src/ports/payments/refund-repository.ts';
import {
  append,
  firstOf,
  forbid,
  insertNew,
  newestFirst,
  patch,
  rowsOf,
  sortedBy,
  type Tables,
} from './tables.ts';

const isOpen = ({ state }: RefundRecord) =>
  state === 'requested' || state === 'processing' || state === 'abnormal';

export function inMemoryRefunds(tables: Tables): RefundRepository {
  const { refunds, refundActs } = tables;
  return {
    find: async (id) => refunds.get(id),
    findByKey: async (key) => firstOf(refunds, (row) => row.key === key),
    findByNumber: async (number) => firstOf(refunds, (row) => row.outRefundNo === number),
    listOpen: async (before, limit) =>
      sortedBy(
        rowsOf(refunds, (row) => isOpen(row) && row.updatedAt < before),
        ({ updatedAt }) => updatedAt,
      ).slice(0, limit),
    async insert(refund) {
      checkIndexes(tables, refund);
      insertNew(refunds, refund.id, refund);
    },
    update: async (id, change) => patch(refunds, id, change),
    addAct: async (act) => append(refundActs, act),
    listOfOrder: async (orderId) =>
      newestFirst(
        rowsOf(refunds, (row) => row.orderId === orderId),
        ({ createdAt }) => createdAt,
      ),
    ...shownMethods(tables),
    ...dueMethods(tables),
  };
}

function checkIndexes({ refunds }: Tables, refund: RefundRecord): void {
  forbid(refunds, 'refunds_key', (row) => row.key === refund.key);
  forbid(refunds, 'refunds_out_refund_no', (row) => row.outRefundNo === refund.outRefundNo);
  const { orderId, paymentId, purpose } = refund;
  if (purpose === 'order' && isOpen(refund))
    forbid(
      refunds,
      'refunds_one_live',
      (row) => row.purpose === 'order' && row.orderId === orderId && isOpen(row),
    );
  if (purpose === 'due' && refund.state !== 'failed')
    forbid(
      refunds,
      'refunds_one_payment',
      (row) => row.purpose === 'due' && row.paymentId === paymentId && row.state !== 'failed',
    );
}

type ShownMethods = 'listShown' | 'findShown' | 'countIn' | 'actsOfRefunds';

function shownMethods(tables: Tables): Pick<RefundRepository, ShownMethods> {
  const { refunds } = tables;
  return {
    listShown: async (states, offset, limit) =>
      newestFirst(
        shown(tables).filter(({ state }) => states.includes(state)),
        ({ createdAt }) => createdAt,
      ).slice(offset, offset + limit),
    findShown: async (id) => shown(tables).find((refund) => refund.id === id),
    countIn: async (states) => rowsOf(refunds, ({ state }) => states.includes(state)).length,
    actsOfRefunds: async (ids) => actsOf(tables, (refund) => ids.includes(refund.id)),
  };
}

function shown({ refunds, orders, students, schools, payments, staffMembers }: Tables) {
  return rowsOf(refunds).flatMap((refund): ShownRefund[] => {
    const order = orders.get(refund.orderId);
    const student = order && students.get(order.studentId);
    const school = order && schools.get(order.schoolId);
    if (!student || !school) return [];
    const { orderNo, state: orderState } = order;
    const paidFen = payments.get(refund.paymentId ?? '')?.amountFen ?? null;
    const name = staffMembers.get(refund.staffId ?? '')?.name ?? null;
    const { maskedName } = student;
    return [{ ...refund, orderNo, orderState, maskedName, school: school.name, paidFen, name }];
  });
}

function actsOf(
  { refunds, refundActs, staffMembers }: Tables,
  wanted: (refund: RefundRecord) => boolean,
): RefundAct[] {
  return rowsOf(refundActs).flatMap((act) => {
    const refund = refunds.get(act.refundId);
    const name = staffMembers.get(act.staffId ?? '')?.name ?? null;
    return refund && wanted(refund) ? [{ ...act, paymentId: refund.paymentId ?? '', name }] : [];
  });
}

type DueMethods = 'findDue' | 'listDue' | 'countDue' | 'refundsOf' | 'actsOf';

function dueMethods(tables: Tables): Pick<RefundRepository, DueMethods> {
  const { refunds } = tables;
  const ofState = (returned: boolean, scope: SchoolScope) =>
    due(tables).filter(
      ({ state, orderId }) =>
        state === (returned ? 'refunded' : 'paid') &&
        isWithin(scope, tables.orders.get(orderId)?.schoolId ?? ''),
    );
  return {
    findDue: async (paymentId) => due(tables).find(({ id }) => id === paymentId),
    async listDue(returned, scope, offset, limit) {
      const direction = returned ? -1 : 1;
      const paidAt = (row: DuePayment) => direction * (row.paidAt?.getTime() ?? 0);
      return sortedBy(ofState(returned, scope), paidAt, ({ id }) => id).slice(
        offset,
        offset + limit,
      );
    },
    async countDue(returned, scope) {
      const owed = ofState(returned, scope);
      const left = (row: DuePayment) => row.amountFen - (returned ? 0 : row.refundedFen);
      return { count: owed.length, fen: owed.reduce((sum, row) => sum + left(row), 0) };
    },
    refundsOf: async (paymentIds) =>
      newestFirst(
        rowsOf(refunds, ({ paymentId }) => paymentId !== null && paymentIds.includes(paymentId)),
        ({ createdAt }) => createdAt,
      ),
    actsOf: async (paymentIds) =>
      actsOf(tables, ({ paymentId }) => paymentId !== null && paymentIds.includes(paymentId)),
  };
}

function due({ payments, orders, students, schools }: Tables): DuePayment[] {
  return rowsOf(payments, ({ refundDue }) => refundDue).flatMap((payment) => {
    const order = orders.get(payment.orderId);
    const student = order && students.get(order.studentId);
    const school = order && schools.get(order.schoolId);
    if (!student || !school) return [];
    const { orderNo, state: orderState } = order;
    return [
      { ...payment, orderNo, orderState, maskedName: student.maskedName, school: school.name },
    ];
  });
}
