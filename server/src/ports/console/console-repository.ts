import type { OrderState } from '@gradshot/domain';
import type { OrderView } from '../order-life/order-repository.ts';
import type { Batch, FaqEntry, School } from '../schools/school-repository.ts';
import type { Station } from '../stations/station-repository.ts';

/** What a line of text may stand for; an order is found by any of these. */
export type Sought = {
  /** Of the student's name, a part of it, or the last four. */
  readonly studentKeys: readonly string[];
  /** The whole of an order number, or its beginning. */
  readonly orderNo?: string;
  /** Of a payment, here or at WeChat. */
  readonly paymentNo?: string;
  readonly idNumberHash?: string;
  readonly studentNumberHash?: string;
  readonly examineeNumberHash?: string;
  readonly phoneHash?: string;
};

export type OrderSearch = {
  readonly sought?: Sought;
  readonly state?: OrderState | undefined;
  readonly batchId?: string | undefined;
  /** Of the batches' rosters. */
  readonly className?: string | undefined;
  readonly offset: number;
  readonly limit: number;
  /** So many are counted at the most. */
  readonly counted: number;
};

/** `className`: of the batch's roster; null when it does not name the person. */
export type FoundOrder = OrderView & { readonly className: string | null };

export type QueueFacts = {
  readonly waiting: number;
  readonly oldestSubmittedAt: Date | null;
  /** Past the promised time. */
  readonly overdue: number;
  readonly decidedToday: number;
};

export type BatchView = Batch & { readonly school: string; readonly schoolCode: string };

export type PhotoLook = {
  readonly at: Date;
  readonly caller: string;
  readonly callerId: string | null;
  readonly action: string;
  /** Name of the member of staff or of the station, where it was one. */
  readonly name: string | null;
};

/** Queries and settings of the console. */
export type ConsoleRepository = {
  /** The last changed first. */
  searchOrders(
    search: OrderSearch,
  ): Promise<{ readonly orders: FoundOrder[]; readonly total: number }>;
  /** Who looked at the order's photos, the newest first. */
  looksAt(orderId: string, limit: number): Promise<PhotoLook[]>;
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

export type DeskRows = { readonly desk: ConsoleRepository };
