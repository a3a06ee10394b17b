import type { OrderDetail } from '@gradshot/contract';
import type { Environment } from '../../ports/environment.ts';
import { detailOf } from './order-view.ts';

/** An order that is known to exist, as it stands. */
export async function orderDetail({ storage }: Environment, orderId: string): Promise<OrderDetail> {
  const order = await storage.orders.find(orderId);
  const student = order && (await storage.students.find(order.studentId));
  if (!student) throw new Error(`order ${orderId} or its student vanished`);
  return detailOf(order, student, await storage.orders.history(orderId));
}
