import type { OrderState } from '@gradshot/domain';
import type { SchoolScope } from '../access/school-scope.ts';
import type { PaymentRecord } from './payment-repository.ts';

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
  /** `order`: its fee, and the order ends; `due`: money that no order had a use for. */
  readonly purpose: 'order' | 'due';
  /** Number of the transfer when it was returned outside of the payment service. */
  readonly byHandReference: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type RefundActRecord = {
  readonly refundId: string;
  readonly at: Date;
  readonly act: 'requested' | 'processing' | 'succeeded' | 'failed' | 'byHand';
  /** Null: the payment service. */
  readonly staffId: string | null;
  readonly note: string;
};

/** A payment that is or was owed back, with its order and what came of it. */
export type DuePayment = PaymentRecord & {
  readonly orderNo: string;
  readonly orderState: OrderState;
  readonly maskedName: string;
  readonly school: string;
};

export type RefundAct = RefundActRecord & {
  readonly paymentId: string;
  /** Of the member of staff. */
  readonly name: string | null;
};

export type RefundRepository = {
  findByKey(key: string): Promise<RefundRecord | undefined>;
  findByNumber(number: string): Promise<RefundRecord | undefined>;
  /** Not yet settled and last touched before, the oldest first. */
  listOpen(before: Date, limit: number): Promise<RefundRecord[]>;
  insert(refund: RefundRecord): Promise<void>;
  update(id: string, patch: Pick<RefundRecord, 'state' | 'updatedAt'>): Promise<void>;
  addAct(act: RefundActRecord): Promise<void>;

  findDue(paymentId: string): Promise<DuePayment | undefined>;
  /** `returned` false: still owed, the oldest first; true: the last returned first. */
  listDue(
    returned: boolean,
    scope: SchoolScope,
    offset: number,
    limit: number,
  ): Promise<DuePayment[]>;
  countDue(
    returned: boolean,
    scope: SchoolScope,
  ): Promise<{ readonly count: number; readonly fen: number }>;
  /** Refunds of these payments, the newest first. */
  refundsOf(paymentIds: readonly string[]): Promise<RefundRecord[]>;
  /** Everything done about these payments, the oldest first. */
  actsOf(paymentIds: readonly string[]): Promise<RefundAct[]>;
};

export type RefundRows = { readonly refunds: RefundRepository };
