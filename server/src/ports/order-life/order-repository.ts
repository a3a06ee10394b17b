import type { Actor, OrderEvent, OrderState, RefusalReason } from '@gradshot/domain';

export type OrderRecord = {
  readonly id: string;
  readonly orderNo: string;
  readonly studentId: string;
  readonly batchId: string;
  readonly schoolId: string;
  readonly state: OrderState;
  readonly priceFen: number;
  readonly profileId: string;
  /** The photo that counts at present. */
  readonly photoId: string | null;
  readonly reasons: readonly RefusalReason[];
  readonly promisedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type OrderView = OrderRecord & { readonly batchName: string; readonly school: string };

export type OrderEventRecord = {
  readonly orderId: string;
  readonly at: Date;
  readonly event: OrderEvent;
  readonly fromState: OrderState;
  readonly toState: OrderState;
  readonly actor: Actor;
  readonly actorId: string | null;
  readonly details: Readonly<Record<string, string | number | boolean>>;
};

export type OrderChange = {
  readonly schoolId: string;
  readonly sequence: number;
  readonly orderId: string;
  readonly state: OrderState;
  readonly photoId: string | null;
  readonly reasons: readonly RefusalReason[];
  readonly at: Date;
};

export type ConsentRecord = {
  readonly orderId: string;
  readonly kind: string;
  readonly version: string;
  readonly givenAt: Date;
  readonly caller: string;
  readonly callerId: string | null;
};

export type OrderPatch = Partial<
  Pick<OrderRecord, 'state' | 'photoId' | 'reasons' | 'promisedAt' | 'updatedAt'>
>;

export type OrderRepository = {
  find(id: string): Promise<OrderView | undefined>;
  lock(id: string): Promise<OrderRecord | undefined>;
  listOfStudent(studentId: string): Promise<OrderView[]>;
  /** The student's order that is neither cancelled nor refunded. */
  findLive(studentId: string): Promise<OrderRecord | undefined>;
  /** False when the student has a live order already or the number is taken. */
  insert(order: OrderRecord): Promise<boolean>;
  /** Compare and set; false when the order is no longer in state `from`. */
  update(id: string, from: OrderRecord['state'], patch: OrderPatch): Promise<boolean>;
  addEvent(event: OrderEventRecord): Promise<void>;
  history(orderId: string): Promise<OrderEventRecord[]>;
  /** Appends to the school's changes under the next sequence, in commit order, without gaps. */
  addChange(change: Omit<OrderChange, 'sequence'>): Promise<void>;
  changesAfter(schoolId: string, after: number, limit: number): Promise<OrderChange[]>;
  addConsent(consent: ConsentRecord): Promise<void>;
  /** What was agreed to for the order, whenever. */
  consents(orderId: string): Promise<Pick<ConsentRecord, 'kind' | 'version'>[]>;
};

export type OrderRows = { readonly orders: OrderRepository };
