import { fail, ok, type Result } from '@gradshot/domain';
import type { CallerIdentity } from '../../ports/access/caller.ts';
import { isWithin } from '../../ports/access/school-scope.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderRecord, OrderRows, OrderView } from '../../ports/order-life/order-repository.ts';
import type { PaymentRecord, PaymentRows } from '../../ports/payments/payment-repository.ts';

type Needs = Stored<OrderRows & PaymentRows>;

export type OwnedPayment = { readonly payment: PaymentRecord; readonly order: OrderView };

/**
 * Who may see and change which order: the one place that decides it, asked before every route with
 * an order or payment in its path. Somebody else's order is answered like one that does not exist.
 */
export type OrderAccess = {
  order(caller: CallerIdentity, orderId: string): Promise<Result<OrderView>>;
  payment(caller: CallerIdentity, paymentId: string): Promise<Result<OwnedPayment>>;
};

export function createOrderAccess({ storage }: Needs): OrderAccess {
  return {
    order: (caller, orderId) => reachOrder({ storage }, caller, orderId),
    async payment(caller, paymentId) {
      const payment = await storage.payments.find(paymentId);
      const order = payment && (await storage.orders.find(payment.orderId));
      return order && mayAct(caller, order) ? ok({ payment, order }) : fail('request.notFound');
    },
  };
}

export async function reachOrder(
  { storage }: Stored<OrderRows>,
  caller: CallerIdentity,
  orderId: string,
): Promise<Result<OrderView>> {
  const order = await storage.orders.find(orderId);
  return order && mayAct(caller, order) ? ok(order) : fail('order.notFound');
}

/** A graduate acts on the own orders, a station on those of its school, staff on those of theirs. */
export function mayAct(caller: CallerIdentity, order: OrderRecord): boolean {
  if (caller.kind === 'staff') return isWithin(caller.schools, order.schoolId);
  if (caller.kind === 'station') return order.schoolId === caller.schoolId;
  return caller.kind !== 'public' && caller.studentIds.includes(order.studentId);
}
