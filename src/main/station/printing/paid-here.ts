import type { GraduateDesk } from '../session/ports.ts';
import type { PaidBy } from './print-words.ts';

/** How the fees of the present visit came in; only what this station saw itself stands on a 凭条. */
export type PaidHere = {
  of(orderId: string): PaidBy | undefined;
  /** The same desk, which notes what it is told of payments. */
  watch(desk: GraduateDesk): GraduateDesk;
  forget(): void;
};

export function createPaidHere(): PaidHere {
  const paid = new Map<string, PaidBy>();
  /** Order of a payment that was opened here. */
  const orders = new Map<string, string>();
  return {
    of: (orderId) => paid.get(orderId),
    watch: (desk) => ({
      ...desk,
      async createPayment(token, orderId, key) {
        const opened = await desk.createPayment(token, orderId, key);
        if (opened.ok) orders.set(opened.value.paymentId, orderId);
        return opened;
      },
      async getPayment(token, paymentId) {
        const payment = await desk.getPayment(token, paymentId);
        const orderId = orders.get(paymentId);
        if (payment.ok && payment.value.state === 'paid' && orderId !== undefined)
          paid.set(orderId, { method: 'wechat' });
        return payment;
      },
      async recordPayment(orderId, taken, key) {
        const recorded = await desk.recordPayment(orderId, taken, key);
        if (recorded.ok) paid.set(orderId, taken);
        return recorded;
      },
    }),
    forget() {
      paid.clear();
      orders.clear();
    },
  };
}
