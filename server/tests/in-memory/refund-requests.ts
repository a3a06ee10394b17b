import type {
  RefundRequestRecord,
  RefundRequestRepository,
  ShownRefundRequest,
} from '../../src/ports/payments/refund-request-repository.ts';
import { firstOf, forbid, insertNew, patch, rowsOf, sortedBy, type Tables } from './tables.ts';

export function inMemoryRefundRequests(tables: Tables): RefundRequestRepository {
  const { refundRequests } = tables;
  const ofKind = (decided: boolean) =>
    shown(tables, ({ state }) => (state !== 'asked') === decided);
  return {
    find: async (id) => refundRequests.get(id),
    findByKey: async (key) => firstOf(refundRequests, (row) => row.key === key),
    findOpen: async (orderId) =>
      firstOf(refundRequests, (row) => row.orderId === orderId && row.state === 'asked'),
    async insert(request) {
      forbid(
        refundRequests,
        'refund_requests_open',
        (row) => row.orderId === request.orderId && row.state === 'asked',
      );
      insertNew(refundRequests, request.id, request);
    },
    update: async (id, change) => patch(refundRequests, id, change),
    findShown: async (id) => shown(tables, (row) => row.id === id)[0],
    listOfOrder: async (orderId) =>
      sortedBy(
        shown(tables, (row) => row.orderId === orderId),
        ({ askedAt }) => askedAt,
      ),
    async list(decided, offset, limit) {
      const time = ({ askedAt, decidedAt }: RefundRequestRecord) =>
        decided ? -(decidedAt?.getTime() ?? 0) : askedAt.getTime();
      return sortedBy(ofKind(decided), time, ({ id }) => id).slice(offset, offset + limit);
    },
    count: async (decided) => ofKind(decided).length,
  };
}

function shown(
  { refundRequests, orders, students, schools, staffMembers }: Tables,
  wanted: (row: RefundRequestRecord) => boolean,
): ShownRefundRequest[] {
  return rowsOf(refundRequests, wanted).flatMap((row) => {
    const order = orders.get(row.orderId);
    const student = order && students.get(order.studentId);
    const school = order && schools.get(order.schoolId);
    if (!student || !school) return [];
    const { orderNo, state: orderState } = order;
    return [
      {
        ...row,
        ...{ orderNo, orderState, maskedName: student.maskedName, school: school.name },
        askedName: staffMembers.get(row.askedBy)?.name ?? '',
        decidedName: staffMembers.get(row.decidedBy ?? '')?.name ?? null,
      },
    ];
  });
}
