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
  /** `abnormal`: the money did not arrive and waits at the payment service for somebody's hand. */
  readonly state: 'requested' | 'processing' | 'abnormal' | 'succeeded' | 'failed';
  /** Null: nobody here, it was opened at the payment service's own desk. */
  readonly staffId: string | null;
  /**
   * `order`: its fee, and the order ends; `due`: money that no order had a use for; `foreign`: opened at
   * the payment service's own desk.
   */
  readonly purpose: 'order' | 'due' | 'foreign';
  /** The payment service's own number, once it has told one. */
  readonly providerRefundId: string | null;
  /** When the payment service took it on. */
  readonly acceptedAt: Date | null;
  /** Number of the transfer when it was returned outside of the payment service. */
  readonly byHandReference: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type RefundActRecord = {
  readonly refundId: string;
  readonly at: Date;
  /** `toCard`: sent once more, to a bank card; `twice`: came through after it was returned by hand. */
  readonly act:
    | 'requested'
    | 'processing'
    | 'abnormal'
    | 'toCard'
    | 'succeeded'
    | 'failed'
    | 'byHand'
    | 'twice';
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

/** A refund with its order, whatever it was for. */
export type ShownRefund = RefundRecord & {
  readonly orderNo: string;
  readonly orderState: OrderState;
  readonly maskedName: string;
  readonly school: string;
  readonly paidFen: number | null;
  /** Of the member of staff. */
  readonly name: string | null;
};

export type RefundPatch = Partial<
  Pick<RefundRecord, 'state' | 'updatedAt' | 'byHandReference' | 'providerRefundId' | 'acceptedAt'>
>;

export type RefundAct = RefundActRecord & {
  readonly paymentId: string;
  /** Of the member of staff. */
  readonly name: string | null;
};

export type RefundRepository = {
  find(id: string): Promise<RefundRecord | undefined>;
  findByKey(key: string): Promise<RefundRecord | undefined>;
  findByNumber(number: string): Promise<RefundRecord | undefined>;
  /** Not yet settled and last touched before, the oldest first. */
  listOpen(before: Date, limit: number): Promise<RefundRecord[]>;
  insert(refund: RefundRecord): Promise<void>;
  update(id: string, patch: RefundPatch): Promise<void>;
  /** Refunds of the order, whatever they are for. */
  listOfOrder(orderId: string): Promise<RefundRecord[]>;
  /** In any of these states, the newest first. */
  listShown(
    states: readonly RefundRecord['state'][],
    offset: number,
    limit: number,
  ): Promise<ShownRefund[]>;
  findShown(id: string): Promise<ShownRefund | undefined>;
  countIn(states: readonly RefundRecord['state'][]): Promise<number>;
  /** Everything done about these refunds, the oldest first. */
  actsOfRefunds(refundIds: readonly string[]): Promise<RefundAct[]>;
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
