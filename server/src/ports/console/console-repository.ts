import type { OrderState } from '@gradshot/domain';
import type { SchoolScope } from '../access/school-scope.ts';
import type { OrderView } from '../order-life/order-repository.ts';
import type { Batch, FaqEntry, School } from '../schools/school-repository.ts';
import type { Station } from '../stations/station-repository.ts';

/** What a line of text may stand for; an order is found by any of these. */
export type Sought = {
  /** Of the student's name, a part of it, or the last four. */
  readonly studentKeys: readonly string[];
  readonly orderNo?: string;
  /** That is its beginning alone. */
  readonly orderNoBegins?: boolean;
  /** Of a payment, here or at WeChat. */
  readonly paymentNo?: string;
  readonly idNumberHash?: string;
  readonly studentNumberHash?: string;
  readonly examineeNumberHash?: string;
  readonly phoneHash?: string;
};

export type OrderSearch = {
  readonly scope: SchoolScope;
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
  countByState(
    scope: SchoolScope,
    batchId?: string,
  ): Promise<{ state: OrderState; count: number }[]>;
  queueFacts(now: Date, dayStart: Date, scope: SchoolScope, batchId?: string): Promise<QueueFacts>;
  /** Reasons of rejections since then, the most frequent first. */
  rejectionCounts(
    since: Date,
    scope: SchoolScope,
    batchId?: string,
  ): Promise<{ code: string; count: number }[]>;
  stations(scope: SchoolScope): Promise<Station[]>;
  /** People of whom a photo is stored. */
  countFaces(scope: SchoolScope): Promise<number>;
  batches(scope: SchoolScope): Promise<BatchView[]>;
  findBatch(id: string): Promise<BatchView | undefined>;
  saveBatch(batch: Batch): Promise<void>;
  schools(scope: SchoolScope): Promise<School[]>;
  saveSchool(school: School): Promise<void>;
  /** Undefined until somebody has saved one, or a school was there before. */
  agencyContact(): Promise<Contact | undefined>;
  /** Of one school; null: of the agency and of every school without its own. */
  saveContact(schoolId: string | null, contact: Contact): Promise<void>;
  /** Replaces the questions of one school; null: those that every school shows. */
  replaceFaq(schoolId: string | null, entries: readonly FaqEntry[]): Promise<void>;
};

type Contact = Pick<School, 'phone' | 'hours'>;

export type DeskRows = { readonly desk: ConsoleRepository };
