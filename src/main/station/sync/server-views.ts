import type { OrderDetail, OrderSummary, Payment, Student } from '@gradshot/contract';
import type { OrderView, PaymentView, StudentView } from '../../../shared/index.ts';
import type { OrderChange } from '../store/order-table.ts';

/** The server's records as the screens show them; what no screen shows is left behind. */

export function studentView(student: Omit<Student, 'studentId'>): StudentView {
  const { maskedName, maskedIdNumber, school, college, major, level, graduationYear } = student;
  return present({ maskedName, maskedIdNumber, school, college, major, level, graduationYear });
}

export function orderView(order: OrderSummary | OrderDetail): OrderView {
  const { orderId, orderNo, state, batchName, school, priceFen, profileId, updatedAt } = order;
  const promisedAt = 'promisedAt' in order ? order.promisedAt : undefined;
  const photoId = 'photoId' in order ? order.photoId : undefined;
  const { reasons, profileVersion } = order;
  const facts = { orderId, orderNo, state, batchName, school, priceFen, profileId, updatedAt };
  return present({ ...facts, profileVersion, promisedAt, photoId, reasons });
}

export function paymentView(payment: Payment): PaymentView {
  const { paymentId, state, amountFen, codeUrl = '', expiresAt } = payment;
  return { paymentId, state, amountFen, codeUrl, expiresAt };
}

export function orderChange(order: OrderDetail): OrderChange {
  const { orderId, state, photoId, promisedAt, reasons, updatedAt } = order;
  return { orderId, state, photoId, promisedAt, reasons, at: updatedAt };
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without the fields that are undefined. */
function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined),
  ) as Present<T>;
}
