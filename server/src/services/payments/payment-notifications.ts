import { fail, ok, type Result } from '@gradshot/domain';
import type { Environment } from '../../ports/environment.ts';
import type {
  PaymentNotification,
  RawNotification,
} from '../../ports/payments/payment-provider.ts';
import { confirmPayment } from './payment-confirmation.ts';
import type { Refunds } from './refunds.ts';

export type PaymentNotifications = {
  /** Takes one delivery of the provider; a repeated one is success and changes nothing. */
  receive(raw: RawNotification): Promise<Result<void>>;
};

export function createPaymentNotifications(
  environment: Environment,
  refunds: Pick<Refunds, 'settle'>,
): PaymentNotifications {
  return {
    async receive(raw) {
      const notification = await environment.payments.parseNotification(raw);
      if (!notification.ok) return notification;
      return take(environment, refunds, notification.value);
    },
  };
}

async function take(
  environment: Environment,
  refunds: Pick<Refunds, 'settle'>,
  notification: PaymentNotification,
): Promise<Result<void>> {
  if (notification.kind === 'ignored') return ok(undefined);
  if (notification.kind !== 'paid') {
    const outcome = notification.kind === 'refunded' ? 'succeeded' : 'failed';
    await refunds.settle(notification.outRefundNo, outcome);
    await remember(environment, notification, notification.kind);
    return ok(undefined);
  }
  const { storage } = environment;
  const payment = await storage.payments.findByTradeNo(notification.outTradeNo);
  if (!payment) return fail('request.notFound');
  const confirmed = await confirmPayment(environment, payment.id, notification);
  await remember(environment, notification, confirmed.ok ? 'booked' : confirmed.error.code);
  return confirmed.ok ? ok(undefined) : confirmed;
}

async function remember(
  { storage, clock, log }: Environment,
  notification: Exclude<PaymentNotification, { kind: 'ignored' }>,
  outcome: string,
): Promise<void> {
  const first = await storage.payments.addNotification({
    notificationId: notification.notificationId,
    outTradeNo: notification.outTradeNo,
    outcome,
    receivedAt: clock(),
  });
  log.info({ outcome, repeated: !first }, 'payment notification');
}
