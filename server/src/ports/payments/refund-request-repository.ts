import type { OrderState } from '@gradshot/domain';

/** Asked by one, decided by another. */
export type RefundRequestRecord = {
  readonly id: string;
  readonly key: string;
  readonly orderId: string;
  readonly reason: string;
  readonly state: 'asked' | 'approved' | 'declined';
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly note: string;
};

export type ShownRefundRequest = RefundRequestRecord & {
  readonly orderNo: string;
  readonly orderState: OrderState;
  readonly maskedName: string;
  readonly school: string;
  readonly askedName: string;
  readonly decidedName: string | null;
};

export type RefundRequestRepository = {
  find(id: string): Promise<RefundRequestRecord | undefined>;
  findByKey(key: string): Promise<RefundRequestRecord | undefined>;
  /** The order's request that nobody has decided on. */
  findOpen(orderId: string): Promise<RefundRequestRecord | undefined>;
  insert(request: RefundRequestRecord): Promise<void>;
  update(
    id: string,
    patch: Pick<RefundRequestRecord, 'state' | 'decidedBy' | 'decidedAt' | 'note'>,
  ): Promise<void>;
  findShown(id: string): Promise<ShownRefundRequest | undefined>;
  /** Of one order, the oldest first. */
  listOfOrder(orderId: string): Promise<ShownRefundRequest[]>;
  /** The open ones oldest first, the decided ones latest first. */
  list(decided: boolean, offset: number, limit: number): Promise<ShownRefundRequest[]>;
  count(decided: boolean): Promise<number>;
};

export type RefundRequestRows = { readonly refundRequests: RefundRequestRepository };
