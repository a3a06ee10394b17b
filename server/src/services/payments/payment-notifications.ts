import { fail, ok, type Result } from '@gradshot/domain';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type {
  PaymentNotification,
  PaymentProvider,
  RawNotification,
} from '../../ports/payments/payment-provider.ts';
import type { PaymentRows } from '../../ports/payments/payment-repository.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { confirmPayment } from './payment-confirmation.ts';
import type { Refunds } from './refunds.ts';

type Needs = Stored<OrderChangeRows & PaymentRows> & {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly payments: PaymentProvider;
};

export type PaymentNotifications = {
  /** Takes one delivery of the provider; a repeated one is success and changes nothing. */
  receive(raw: RawNotification): Promise<Result<void>>;
};

export function createPaymentNotifications(
  environment: Needs,
  refunds: Pick<Refunds, 'settleTold'>,
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
  environment: Needs,
  refunds: Pick<Refunds, 'settleTold'>,
  notification: PaymentNotification,
): Promise<Result<void>> {
  const { storage } = environment;
  if (notification.kind === 'ignored') return ok(undefined);
  if (notification.kind === 'refund') {
    // What a refund was before somebody sent it on is no news, however late it is repeated.
    if (await storage.payments.hasNotification(notification.notificationId)) return ok(undefined);
    await refunds.settleTold(notification);
    await remember(environment, notification, `refund ${notification.state}`);
    return ok(undefined);
  }
  const payment = await storage.payments.findByTradeNo(notification.outTradeNo);
  if (!payment) return fail('request.notFound');
  const confirmed = await confirmPayment(environment, payment.id, notification);
  if (!confirmed.ok) return confirmed;
  const other = confirmed.value.askedFen !== null;
  await remember(environment, notification, other ? 'another amount' : 'booked');
  return ok(undefined);
}

async function remember(
  { storage, clock, log }: Needs,
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
