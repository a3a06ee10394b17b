import { fail, ok, type Result } from '@gradshot/domain';
import type { CallerIdentity } from '../../ports/access/caller.ts';
import type { Environment } from '../../ports/environment.ts';
import type { OrderRecord, OrderView } from '../../ports/order-life/order-repository.ts';
import type { PaymentRecord } from '../../ports/payments/payment-repository.ts';

export type OwnedPayment = { readonly payment: PaymentRecord; readonly order: OrderView };

/**
 * Who may see and change which order: the one place that decides it, asked before every route with
 * an order or payment in its path. Somebody else's order is answered like one that does not exist.
 */
export type OrderAccess = {
  order(caller: CallerIdentity, orderId: string): Promise<Result<OrderView>>;
  payment(caller: CallerIdentity, paymentId: string): Promise<Result<OwnedPayment>>;
};

export function createOrderAccess({ storage }: Environment): OrderAccess {
  return {
    async order(caller, orderId) {
      const order = await storage.orders.find(orderId);
      return order && mayAct(caller, order) ? ok(order) : fail('order.notFound');
    },
    async payment(caller, paymentId) {
      const payment = await storage.payments.find(paymentId);
      const order = payment && (await storage.orders.find(payment.orderId));
      return order && mayAct(caller, order) ? ok({ payment, order }) : fail('request.notFound');
    },
  };
}

/** A graduate acts on the own orders, a station on those of its school, staff on all. */
export function mayAct(caller: CallerIdentity, order: OrderRecord): boolean {
  if (caller.kind === 'staff') return true;
  if (caller.kind === 'station') return order.schoolId === caller.schoolId;
  return caller.kind !== 'public' && caller.studentIds.includes(order.studentId);
}
