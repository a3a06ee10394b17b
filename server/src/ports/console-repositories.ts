import type { OrderState } from '@gradshot/domain';
import type { Batch, FaqEntry, OrderView, PaymentRecord, School, Station } from './records.ts';

export type OrderSearch = {
  /** Part of an order number, or the end of a masked ID number; or one of these students. */
  readonly text: string;
  readonly studentIds: readonly string[];
  readonly state?: OrderState | undefined;
  readonly batchId?: string | undefined;
  readonly offset: number;
  readonly limit: number;
};

export type SealedName = {
  readonly id: string;
  readonly gatewayNumberHash: string;
  readonly nameSealed: Uint8Array;
};

export type QueueFacts = {
  readonly waiting: number;
  readonly oldestSubmittedAt: Date | null;
  /** Past the promised time. */
  readonly overdue: number;
  readonly decidedToday: number;
};

export type BatchView = Batch & { readonly school: string; readonly schoolCode: string };

export type RefundRecord = {
  readonly id: string;
  readonly key: string;
  readonly orderId: string;
  /** Null: the order was free of charge. */
  readonly paymentId: string | null;
  readonly outRefundNo: string;
  readonly amountFen: number;
  readonly reason: string;
  readonly state: 'requested' | 'processing' | 'succeeded' | 'failed';
  readonly staffId: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type RosterEntry = {
  readonly id: string;
  readonly batchId: string;
  readonly idNumberHash: string;
  readonly studentNumberHash: string;
  readonly contentHash: string;
  readonly sealed: Uint8Array;
  readonly maskedName: string;
  readonly maskedIdNumber: string;
  readonly importedBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};
export type KnownRosterEntry = Pick<
  RosterEntry,
  'id' | 'idNumberHash' | 'studentNumberHash' | 'contentHash' | 'createdAt'
>;

/** Queries and settings of the console. */
export type ConsoleRepository = {
  /** Students whose masked name is like that, for the service to open and compare. */
  studentsNamedLike(maskedPattern: string, limit: number): Promise<SealedName[]>;
  /** The last changed first. */
  searchOrders(
    search: OrderSearch,
  ): Promise<{ readonly orders: OrderView[]; readonly total: number }>;
  paymentsOf(orderId: string): Promise<PaymentRecord[]>;
  countByState(batchId?: string): Promise<{ state: OrderState; count: number }[]>;
  queueFacts(now: Date, dayStart: Date, batchId?: string): Promise<QueueFacts>;
  /** Reasons of rejections since then, the most frequent first. */
  rejectionCounts(since: Date, batchId?: string): Promise<{ code: string; count: number }[]>;
  stations(): Promise<Station[]>;
  /** People of whom a photo is stored. */
  countFaces(): Promise<number>;
  batches(): Promise<BatchView[]>;
  findBatch(id: string): Promise<BatchView | undefined>;
  saveBatch(batch: Batch): Promise<void>;
  schools(): Promise<School[]>;
  saveSchool(school: School): Promise<void>;
  saveContact(contact: Pick<School, 'phone' | 'hours'>): Promise<void>;
  /** Replaces the questions that every school shows. */
  replaceCommonFaq(entries: readonly FaqEntry[]): Promise<void>;
};

export type RefundRepository = {
  findByKey(key: string): Promise<RefundRecord | undefined>;
  findByNumber(outRefundNo: string): Promise<RefundRecord | undefined>;
  /** Not yet settled and last touched before, the oldest first. */
  listOpen(before: Date, limit: number): Promise<RefundRecord[]>;
  insert(refund: RefundRecord): Promise<void>;
  update(id: string, patch: Pick<RefundRecord, 'state' | 'updatedAt'>): Promise<void>;
};

export type RosterRepository = {
  /** Holds the batch: two imports into it never run at the same time. */
  lockBatch(batchId: string): Promise<void>;
  known(batchId: string): Promise<KnownRosterEntry[]>;
  /** Inserts, or replaces those of the same id. */
  save(entries: readonly RosterEntry[]): Promise<void>;
};
