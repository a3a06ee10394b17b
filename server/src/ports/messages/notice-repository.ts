import type { OrderState } from '@gradshot/domain';
import type { NoticeKind } from './graduate-messages.ts';

export type NoticeRecord = {
  readonly id: string;
  readonly accountId: string;
  readonly sequence: number;
  readonly orderId: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly zh: string;
  readonly en: string;
  readonly at: Date;
};

/** What became of a notice outside of the client. */
export type DeliveryRecord = {
  readonly noticeId: string;
  readonly kind: NoticeKind;
  /** The order's state that the notice tells of. */
  readonly orderState: OrderState;
  readonly state: 'waiting' | 'sending' | 'sent' | 'refused' | 'failed';
  readonly attempts: number;
  /** Why the last try did not send, in the carrier's own word. */
  readonly why: string | null;
  readonly queuedAt: Date;
  readonly updatedAt: Date;
};

export type NoticeRepository = {
  insert(notice: NoticeRecord): Promise<void>;
  find(id: string): Promise<NoticeRecord | undefined>;
  /** Newest first. */
  list(accountId: string, limit: number): Promise<NoticeRecord[]>;
};

export type DeliveryRepository = {
  insert(delivery: DeliveryRecord): Promise<void>;
  find(noticeId: string): Promise<DeliveryRecord | undefined>;
  /**
   * Makes the caller its only sender: one that waits, or whose sender is silent since then.
   * Undefined when there is nothing to send.
   */
  claim(
    noticeId: string,
    when: { readonly at: Date; readonly silentSince: Date },
  ): Promise<DeliveryRecord | undefined>;
  settle(
    noticeId: string,
    patch: Pick<DeliveryRecord, 'state' | 'why' | 'updatedAt'>,
  ): Promise<void>;
  /** Notices neither sent nor given up that nobody touched since, oldest first. */
  listUnsent(before: Date, limit: number): Promise<string[]>;
};

export type NoticeRows = { readonly notices: NoticeRepository };

export type DeliveryRows = { readonly deliveries: DeliveryRepository };
