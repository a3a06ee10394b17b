import type { Result } from '@gradshot/domain';

/** One payment to open. The same `outTradeNo` with the same content may be opened again. */
export type NewPayment = {
  /** Our payment number: 6–32 characters of `A-Z a-z 0-9 _ - | *`, unique for ever. */
  readonly outTradeNo: string;
  /** Shown to the payer, 1–127 characters. */
  readonly description: string;
  /** CNY fen, at least 1. */
  readonly amountFen: number;
  /** The provider refuses payment after this (whole seconds count). */
  readonly expiresAt: Date;
  /** Public HTTPS address that receives the notification, without a query string. */
  readonly notifyUrl: string;
};

/** Signed arguments of `wx.requestPayment`, as the contract hands them to the mini-program. */
export type JsapiArguments = {
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: 'RSA';
  readonly paySign: string;
};

/**
 * - `notPaid`: may still be paid: open, or after a failed try, or a number the provider has not seen
 *   (yet: our own request to open it may still be on its way)
 * - `closed`: can never be paid again
 * - `refunded`: was paid and a refund has been opened (fully or in part)
 */
export const PROVIDER_PAYMENT_STATES = ['notPaid', 'paid', 'closed', 'refunded'] as const;

export type ProviderPayment = {
  readonly outTradeNo: string;
  readonly state: (typeof PROVIDER_PAYMENT_STATES)[number];
  /** CNY fen that the provider knows for this payment; absent while it has not been paid. */
  readonly amountFen?: number;
  /** Provider's own number, once paid. */
  readonly transactionId?: string;
  readonly paidAt?: Date;
};

export type NewRefund = {
  readonly outTradeNo: string;
  /** Our refund number, 1–64 characters of `A-Z a-z 0-9 _ - | * @`; repeating it is harmless. */
  readonly outRefundNo: string;
  readonly refundFen: number;
  /** Total of the payment, CNY fen. */
  readonly totalFen: number;
  /** Shown to the payer, at most 80 bytes. */
  readonly reason?: string;
  readonly notifyUrl?: string;
};

/**
 * - `closed`: given up; the money stayed with the merchant
 * - `abnormal`: the payer's account does not take the money, which waits until somebody says where to
 */
export const REFUND_STATES = ['processing', 'succeeded', 'closed', 'abnormal'] as const;

export type Refund = {
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly state: (typeof REFUND_STATES)[number];
  readonly refundFen: number;
  /** When the provider took it on. */
  readonly acceptedAt?: Date;
};

/** A debit card that is to take a refund which the account it was paid from did not take. */
export type RefundCard = {
  /** The provider's name of the bank, e.g. `ICBC_DEBIT`. */
  readonly bankType: string;
  readonly bankAccount: string;
  readonly realName: string;
};

/** One payment or refund of a day's bill. */
export type BillLine = {
  readonly kind: 'payment' | 'refund';
  readonly at: Date;
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly refundId: string | null;
  readonly outRefundNo: string | null;
  /** In the provider's words. */
  readonly state: string;
  /** CNY fen that came in or went out. */
  readonly amountFen: number;
  /** The provider's fee in 0.00001 CNY; less than nothing where it gives one back. */
  readonly feeE5: number;
};

/** What the provider has booked in a day, complete as far as its hash and its sums tell. */
export type Bill = { readonly hash: string; readonly lines: readonly BillLine[] };

/**
 * A notification whose signature was verified and whose content was decrypted. `notificationId` is
 * the provider's number: a repeated delivery carries the same one.
 */
export type PaymentNotification =
  | {
      readonly kind: 'paid';
      readonly notificationId: string;
      readonly outTradeNo: string;
      readonly transactionId: string;
      /** CNY fen of the payment. */
      readonly amountFen: number;
      readonly paidAt: Date;
    }
  | {
      readonly kind: 'refund';
      readonly notificationId: string;
      readonly outTradeNo: string;
      readonly transactionId: string;
      readonly outRefundNo: string;
      readonly refundId: string;
      readonly state: Exclude<Refund['state'], 'processing'>;
      /** CNY fen of this refund. */
      readonly amountFen: number;
    }
  | {
      /** Authentic, but about something this product does not follow: answer it with success. */
      readonly kind: 'ignored';
      readonly notificationId: string;
    };

export type RawNotification = {
  /** Header names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body byte for byte: the signature covers it before any parsing. */
  readonly rawBody: Uint8Array;
};

/**
 * A payment service. Every method answers `payment.providerUnavailable` when the service is down,
 * slow, answers something unsigned or malformed, or refuses our own credentials; an answer whose
 * signature does not verify is never believed.
 */
export type PaymentProvider = {
  /**
   * Opens a payment by QR code. Further failures: `payment.alreadyPaid`, `payment.expired` (closed),
   * `request.idempotencyMismatch` (the number was used for other content).
   */
  createNative(payment: NewPayment): Promise<Result<{ readonly codeUrl: string }>>;

  /** Opens a payment inside the mini-program. Failures as `createNative`. */
  createJsapi(
    payment: NewPayment & { readonly openid: string },
  ): Promise<Result<{ readonly jsapi: JsapiArguments }>>;

  /**
   * Opens a payment in a phone's browser; `clientIp` is the payer's. The page's address is good for
   * five minutes, and opening again gives a fresh one. Failures as `createNative`.
   */
  createH5(
    payment: NewPayment & { readonly clientIp: string },
  ): Promise<Result<{ readonly h5Url: string }>>;

  /** The truth about a payment, for when no notification has come. */
  query(outTradeNo: string): Promise<Result<ProviderPayment>>;

  /** Makes a payment unpayable; closing a closed one is success. `payment.alreadyPaid` when too late. */
  close(outTradeNo: string): Promise<Result<void>>;

  /**
   * Gives money back. `payment.amountMismatch` when it is more than the payment,
   * `payment.refundRefused` when the provider refuses it (balance, unpaid, too old, used number).
   */
  refund(refund: NewRefund): Promise<Result<Refund>>;

  /** State of a refund. `request.notFound` when the provider never saw the number. */
  queryRefund(outRefundNo: string): Promise<Result<Refund>>;

  /**
   * Sends an abnormal refund to a debit card of the payer; the card leaves encrypted and is kept nowhere.
   * Failures as `refund`.
   */
  refundToCard(refund: Refund, card: RefundCard): Promise<Result<Refund>>;

  /**
   * The bill of a day in Beijing, `YYYY-MM-DD`; `none`: there is none, for a day without business.
   * `payment.billNotYet` while it is being made, `payment.billDamaged` when it is other than its hash or
   * its own sums say.
   */
  bill(day: string): Promise<Result<Bill | 'none'>>;

  /**
   * Verifies and decrypts a notification. `payment.signatureInvalid` when it is not authentic, too
   * old (more than 5 minutes off our clock) or not decryptable: answer 401 and change nothing.
   * `payment.providerUnavailable` when the key to check it with cannot be fetched now: answer 5xx, the
   * provider repeats the notification.
   */
  parseNotification(notification: RawNotification): Promise<Result<PaymentNotification>>;
};
