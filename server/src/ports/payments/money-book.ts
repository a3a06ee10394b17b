import type { Bill as BillView, MoneyTotal } from '@gradshot/contract';
import type { PaymentRecord } from './payment-repository.ts';
import type { RefundRecord } from './refund-repository.ts';

/** What is asked of the books as a whole: lists, sums, and the bills that they are compared with. */

export type PaymentSearch = {
  /** Exactly this number; of whatever kind. */
  readonly number?: string | undefined;
  /** Of the student's name or a part of it, as search-keys.ts has it. */
  readonly studentKey?: string | undefined;
  readonly state?: PaymentRecord['state'] | 'partlyRefunded' | 'owed' | undefined;
  readonly methods?: readonly PaymentRecord['method'][] | undefined;
  readonly schoolId?: string | undefined;
  readonly paidFrom?: Date | undefined;
  readonly paidUntil?: Date | undefined;
  /** After this one in the list. */
  readonly after?: { readonly createdAt: Date; readonly id: string } | undefined;
  readonly limit: number;
};

export type ListedPaymentRow = PaymentRecord & {
  readonly orderNo: string;
  readonly maskedName: string;
  readonly school: string;
  readonly receiptNo: string | null;
};

/** A payment with what an invoice is written from. */
export type InvoiceRow = ListedPaymentRow & {
  readonly nameSealed: Uint8Array;
  readonly gatewayNumberHash: string;
};

export type BillRecord = {
  readonly day: string;
  readonly state: BillView['state'];
  readonly triedAt: Date;
  readonly fetchedAt: Date | null;
  readonly hash: string | null;
};

export type BillLineRecord = {
  readonly day: string;
  readonly number: number;
  readonly kind: 'payment' | 'refund';
  readonly at: Date;
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly refundId: string | null;
  readonly outRefundNo: string | null;
  readonly state: string;
  readonly amountFen: number;
  /** In 0.00001 CNY. */
  readonly feeE5: number;
  readonly schoolId: string | null;
};

export type BillSums = BillRecord & {
  readonly payments: number;
  readonly paidFen: number;
  readonly refunds: number;
  readonly refundedFen: number;
  readonly feeE5: number;
  readonly open: number;
  readonly differences: number;
};

export type DifferenceRecord = {
  readonly id: string;
  readonly day: string;
  readonly subject: 'payment' | 'refund';
  readonly what: 'missingHere' | 'missingThere' | 'amount' | 'state';
  readonly number: string;
  readonly providerNumber: string;
  readonly orderId: string | null;
  readonly hereFen: number | null;
  readonly thereFen: number | null;
  readonly hereState: string | null;
  readonly thereState: string | null;
  readonly settledAt: Date | null;
  readonly settledBy: string | null;
  readonly note: string;
};

export type ShownDifference = DifferenceRecord & {
  readonly orderNo: string | null;
  readonly settledName: string | null;
};

export type MoneyExport = {
  readonly at: Date;
  readonly staffId: string;
  readonly what: 'totals' | 'invoices' | 'invoicesWithNames';
  readonly fromDay: string;
  readonly untilDay: string;
  readonly schoolId: string | null;
  readonly rows: number;
  readonly reason: string;
};

type Span = {
  readonly from: Date;
  readonly until: Date;
  readonly schoolId?: string | undefined;
};

export type TotalRow = Omit<MoneyTotal, 'feeFen'> & { readonly feeE5: number };

export type MoneyBook = {
  /** The newest first. */
  listPayments(search: PaymentSearch): Promise<ListedPaymentRow[]>;
  /** By day in Beijing and school, the latest day first. */
  totals(span: Span): Promise<TotalRow[]>;
  /** Paid then and not given back, the oldest first. */
  invoiceRows(span: Span, limit: number): Promise<InvoiceRow[]>;

  findBill(day: string): Promise<BillRecord | undefined>;
  /** False when it was tried since, or is there: then it is somebody else's, or nobody's. */
  claimBill(day: string, now: Date, triedBefore: Date): Promise<boolean>;
  saveBill(bill: BillRecord, lines?: readonly BillLineRecord[]): Promise<void>;
  listBills(from: string, until: string): Promise<BillSums[]>;
  /** Payments through the payment service whose money came then. */
  paidThen(from: Date, until: Date): Promise<PaymentRecord[]>;
  /** Refunds that the payment service took on then. */
  acceptedThen(from: Date, until: Date): Promise<RefundRecord[]>;
  paymentsNumbered(outTradeNos: readonly string[]): Promise<PaymentRecord[]>;
  refundsNumbered(outRefundNos: readonly string[]): Promise<RefundRecord[]>;

  /** In place of the day's open ones; settled ones stay. */
  replaceDifferences(day: string, found: readonly DifferenceRecord[]): Promise<void>;
  listDifferences(
    wanted: { readonly day?: string | undefined; readonly settled: boolean },
    offset: number,
    limit: number,
  ): Promise<{ readonly rows: ShownDifference[]; readonly total: number }>;
  findDifference(id: string): Promise<ShownDifference | undefined>;
  /** False when somebody was faster. */
  settleDifference(
    id: string,
    by: Pick<DifferenceRecord, 'settledAt' | 'settledBy' | 'note'>,
  ): Promise<boolean>;

  addExport(entry: MoneyExport): Promise<void>;
  listExports(limit: number): Promise<(MoneyExport & { readonly name: string })[]>;
};

export type MoneyRows = { readonly money: MoneyBook };
