export type PaymentRecord = {
  readonly id: string;
  readonly orderId: string;
  readonly outTradeNo: string;
  readonly method: 'native' | 'jsapi' | 'h5';
  readonly state: 'pending' | 'paid' | 'expired' | 'closed' | 'refunded';
  readonly amountFen: number;
  readonly codeUrl: string | null;
  readonly h5Url: string | null;
  readonly jsapi: JsapiRecord | null;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  readonly lastQueriedAt: Date | null;
  readonly paidAt: Date | null;
  readonly transactionId: string | null;
  readonly refundDue: boolean;
  /** Why it is owed back: paid twice, or for an order that was over. */
  readonly refundCause: 'paidTwice' | 'cancelled' | 'refunded' | null;
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
  >
>;

export type PaymentRepository = {
  find(id: string): Promise<PaymentRecord | undefined>;
  findByKey(key: string): Promise<PaymentRecord | undefined>;
  findByTradeNo(outTradeNo: string): Promise<PaymentRecord | undefined>;
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
  /** False when this notification was seen before. */
  addNotification(notification: PaymentNotificationRecord): Promise<boolean>;
};

export type PaymentRows = { readonly payments: PaymentRepository };
