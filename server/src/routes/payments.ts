import { ok } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { CallerIdentity } from '../ports/access/caller.ts';
import type { DeskPayments } from '../services/payments/desk-payments.ts';
import type { PaymentNotifications } from '../services/payments/payment-notifications.ts';
import type { Payments } from '../services/payments/payments.ts';

export function paymentRoutes(services: {
  /** The openid of a caller who logged in by WeChat. */
  openidOf(caller: CallerIdentity): Promise<string | undefined>;
  readonly payments: Payments;
  readonly deskPayments: DeskPayments;
  readonly notifications: PaymentNotifications;
}): HandlersOf<'createPayment' | 'recordDeskPayment' | 'getPayment' | 'wechatPayNotify'> {
  return {
    async createPayment({ order, body, caller, request }) {
      const openid = await services.openidOf(caller);
      const payer = { clientIp: request.ip, ...(openid ? { openid } : {}) };
      return services.payments.open(order, { ...body, ...payer });
    },
    recordDeskPayment: ({ order, body, caller }) =>
      services.deskPayments.record(caller, order, body),
    getPayment: ({ owned }) => services.payments.refresh(owned.payment),
    wechatPayNotify: async ({ request }) => {
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const taken = await services.notifications.receive({ headers: request.headers, rawBody });
      return taken.ok ? ok({ code: 'SUCCESS', message: '成功' }) : taken;
    },
  };
}
