import type { DeskPaymentMethod } from '@gradshot/domain';
import type { SchoolScope } from '../access/school-scope.ts';

export type PaymentRecord = {
  readonly id: string;
  readonly orderId: string;
  /** Of its order; null only of one that an older version wrote since. */
  readonly schoolId: string | null;
  readonly outTradeNo: string;
  readonly method: 'native' | 'jsapi' | 'h5' | DeskPaymentMethod;
  readonly state: 'pending' | 'paid' | 'expired' | 'closed' | 'refunded';
  /** What was asked for; once it is paid, what was paid. */
  readonly amountFen: number;
  /** What had been asked for, where another sum was paid. */
  readonly askedFen: number | null;
  /** Given back so far, by whomever. */
  readonly refundedFen: number;
  readonly codeUrl: string | null;
  readonly h5Url: string | null;
  readonly jsapi: JsapiRecord | null;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  readonly lastQueriedAt: Date | null;
  readonly paidAt: Date | null;
  readonly transactionId: string | null;
  readonly refundDue: boolean;
  /**
   * Why it is owed back: paid twice, for an order that was over, a refunded fee that was cash, or another
   * sum than was asked for.
   */
  readonly refundCause: 'paidTwice' | 'cancelled' | 'refunded' | 'cash' | 'amount' | null;
  /** Keyed digest of the openid that alone may pay it; `jsapi` only. */
  readonly payerHash: string | null;
};

export type JsapiRecord = {
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: 'RSA';
  readonly paySign: string;
};

export type PaymentNotificationRecord = {
  readonly notificationId: string;
  readonly outTradeNo: string;
  readonly outcome: string;
  readonly receivedAt: Date;
};

export type PaymentPatch = Partial<
  Pick<
    PaymentRecord,
    | 'state'
    | 'codeUrl'
    | 'h5Url'
    | 'jsapi'
    | 'lastQueriedAt'
    | 'paidAt'
    | 'transactionId'
    | 'refundDue'
    | 'refundCause'
    | 'expiresAt'
    | 'amountFen'
    | 'askedFen'
    | 'refundedFen'
  >
>;

/** Where a fee was taken without the payment service. */
export type DeskPaymentRecord = {
  readonly paymentId: string;
  readonly schoolId: string;
  readonly stationId: string;
  /** Of the receipt that was given for cash; one of a school is for one payment. */
  readonly receiptNo: string | null;
  readonly takenAt: Date;
};

/** Sums of what was taken, and of what of it was given back. */
export type DeskTakingsRow = {
  /** `YYYY-MM-DD` in Beijing. */
  readonly day: string;
  readonly stationId: string;
  readonly method: DeskPaymentMethod;
  readonly count: number;
  readonly amountFen: number;
  readonly returned: number;
  readonly returnedFen: number;
};

export type PaymentRepository = {
  find(id: string): Promise<PaymentRecord | undefined>;
  findByKey(key: string): Promise<PaymentRecord | undefined>;
  findByTradeNo(outTradeNo: string): Promise<PaymentRecord | undefined>;
  findByTransaction(transactionId: string): Promise<PaymentRecord | undefined>;
  findPending(orderId: string): Promise<PaymentRecord | undefined>;
  /** The newest first. */
  listOfOrder(orderId: string): Promise<PaymentRecord[]>;
  hasPaid(orderId: string): Promise<boolean>;
  /** Pending payments that expired before; those first that nobody has asked about for longest. */
  listStale(before: Date, limit: number): Promise<PaymentRecord[]>;
  insert(payment: PaymentRecord): Promise<void>;
  /** Lets the key stand for this payment, unless it stands for another. */
  addKey(key: string, paymentId: string): Promise<void>;
  /** Lets the key stand for this payment, whatever it stood for. */
  moveKey(key: string, paymentId: string): Promise<void>;
  update(id: string, patch: PaymentPatch): Promise<void>;
  /** Before its payment is inserted; false, and nothing is written, when the receipt is taken. */
  addDesk(desk: DeskPaymentRecord): Promise<boolean>;
  findDesk(paymentId: string): Promise<DeskPaymentRecord | undefined>;
  /** Taken from then on and before; by day, station and method. */
  deskTakings(from: Date, until: Date, scope: SchoolScope): Promise<DeskTakingsRow[]>;
  /** Taken to its end before. */
  hasNotification(notificationId: string): Promise<boolean>;
  /** False when this notification was seen before. */
  addNotification(notification: PaymentNotificationRecord): Promise<boolean>;
};

export type PaymentRows = { readonly payments: PaymentRepository };
