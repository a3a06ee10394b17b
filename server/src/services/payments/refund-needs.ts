import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { PaymentProvider } from '../../ports/payments/payment-provider.ts';
import type { PaymentRows } from '../../ports/payments/payment-repository.ts';
import type { RefundRows } from '../../ports/payments/refund-repository.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';

/** What everything about refunds works with. */
export type RefundRepositories = OrderChangeRows & PaymentRows & PhotoRows & RefundRows;
export type RefundNeeds = Stored<RefundRepositories> & {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly notifyUrl: () => string;
  readonly payments: PaymentProvider;
};
