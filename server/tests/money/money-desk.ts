import { randomBytes, randomUUID } from 'node:crypto';
import type { RefundRequest } from '@gradshot/contract';
import type { Result, StationRight } from '@gradshot/domain';
import type { StaffCaller, StationCaller } from '../../src/ports/access/caller.ts';
import type { EventLog } from '../../src/ports/ground/event-log.ts';
import type { OrderRecord, OrderView } from '../../src/ports/order-life/order-repository.ts';
import type { Station } from '../../src/ports/stations/station-repository.ts';
import { createVault } from '../../src/security/vault.ts';
import { CONSENTS } from '../../src/services/consents/service-content.ts';
import { createOrders } from '../../src/services/orders/orders.ts';
import { createDeskPayments } from '../../src/services/payments/desk-payments.ts';
import { createDueRefunds } from '../../src/services/payments/due-refunds.ts';
import { createPaymentNotifications } from '../../src/services/payments/payment-notifications.ts';
import { createPayments } from '../../src/services/payments/payments.ts';
import {
  createRefundRequests,
  type RefundRequests,
} from '../../src/services/payments/refund-requests.ts';
import { createRefunds } from '../../src/services/payments/refunds.ts';
import { createShownRefunds } from '../../src/services/payments/shown-refunds.ts';
import { createInMemoryPaymentService } from '../in-memory/payment-service.ts';
import { batchRow, hour, orderRow, schoolRow, staffRow, studentRow } from '../in-memory/rows.ts';
import { createInMemoryStorage } from '../in-memory/storage.ts';

/** Everything about money, without HTTP and database, around one payment service. */
export function createMoneyDesk() {
  let now = hour(0).getTime();
  const clock = () => new Date(now);
  const storage = createInMemoryStorage();
  const payments = createInMemoryPaymentService(clock);
  const vault = createVault(randomBytes(32));
  const logged: string[] = [];
  const note = (_facts: object, message: string) => void logged.push(message);
  const log: EventLog = { info: () => undefined, warn: note, error: note };
  const notifyUrl = () => 'https://school.example/notify';
  const jobs = { compare: async () => undefined };
  const needs = { storage, clock, payments, vault, log, notifyUrl, jobs };
  const refunds = createRefunds(needs);
  const refundRequests = createRefundRequests(needs);
  const rights: StationRight[] = ['takeCash', 'chargeSchool'];
  const stations = { find: async () => ({ rights }) as Partial<Station> as Station };
  return {
    storage,
    /** Sees the money of every school. */
    staff: { schools: 'everySchool' } as StaffCaller,
    service: payments,
    logged,
    clock,
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
    /** Of every station. */
    rights,
    payments: createPayments(needs),
    deskPayments: createDeskPayments({ ...needs, storage: { ...storage, stations } }),
    orders: createOrders(needs),
    refunds: { ...refunds, request: requestByTwo(storage, refundRequests) },
    refundRequests,
    shownRefunds: createShownRefunds(needs),
    dueRefunds: createDueRefunds(needs),
    notifications: createPaymentNotifications(needs, refunds),
  };
}

/** Asked for by somebody else, and approved by this one; what cannot be approved is declined. */
function requestByTwo(storage: InMemoryStorage, requests: RefundRequests) {
  return async (
    staff: StaffCaller,
    order: OrderView,
    wish: { readonly reason: string; readonly idempotencyKey: string },
  ): Promise<Result<RefundRequest>> => {
    const other = { ...staff, staffId: await colleagueOf(storage) };
    const asked = await requests.ask(other, order, wish);
    if (!asked.ok) return asked;
    const { requestId } = asked.value;
    const decided = await requests.decide(staff, requestId, { decision: 'approve' });
    if ((await storage.refundRequests.find(requestId))?.state === 'asked')
      await requests.decide(staff, requestId, { decision: 'decline', note: '不能退' });
    return decided;
  };
}

async function colleagueOf(storage: InMemoryStorage): Promise<string> {
  const colleague = staffRow({ name: '李老师', roles: ['agent'] });
  await storage.staff.save(colleague);
  return colleague.id;
}

type InMemoryStorage = ReturnType<typeof createInMemoryStorage>;

export type MoneyDesk = ReturnType<typeof createMoneyDesk>;

/** An order to be paid, with both consents given, and a member of staff. */
export async function openOrder(
  { storage }: MoneyDesk,
  given: Partial<OrderRecord> = {},
): Promise<{
  readonly order: OrderView;
  readonly staff: StaffCaller;
  readonly station: StationCaller;
}> {
  const school = schoolRow();
  const batch = batchRow(school);
  const student = studentRow(school);
  const order = orderRow(student, batch, given);
  const member = staffRow({ roles: ['administrator'] });
  await storage.schools.insert(school);
  await storage.schools.insertBatch(batch);
  await storage.students.save(student);
  await storage.staff.save(member);
  await storage.orders.insert(order);
  for (const { kind, version } of CONSENTS)
    await storage.orders.addConsent({
      orderId: order.id,
      kind,
      version,
      givenAt: order.createdAt,
      caller: 'graduate',
      callerId: student.id,
    });
  const { id: staffId, roles } = member;
  return {
    order: { ...order, batchName: batch.name, school: school.name },
    station: { kind: 'station', stationId: randomUUID(), schoolId: school.id },
    staff: {
      ...{ kind: 'staff', sessionId: randomUUID(), staffId, roles },
      ...{ schools: 'everySchool', mustChangePassword: false },
    },
  };
}
