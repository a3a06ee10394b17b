import type { OrderDetail } from '@gradshot/contract';
import type { StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderRows } from '../../ports/order-life/order-repository.ts';
import { detailOf } from './order-view.ts';

type Needs = Stored<OrderRows & StudentRows>;

/** An order that is known to exist, as it stands. */
export async function orderDetail({ storage }: Needs, orderId: string): Promise<OrderDetail> {
  const order = await storage.orders.find(orderId);
  const student = order && (await storage.students.find(order.studentId));
  if (!student) throw new Error(`order ${orderId} or its student vanished`);
  return detailOf(order, student, await storage.orders.history(orderId));
}
