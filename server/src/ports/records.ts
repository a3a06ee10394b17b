import type { StandardizationReport } from '@gradshot/contract';
import type { Actor, OrderEvent, OrderState, RefusalReason } from '@gradshot/domain';

/** One row of each table, as repositories hand it out. Times are UTC, money is CNY fen. */

export type School = {
  readonly id: string;
  /** Code that the 学信网 gateway uses for the school. */
  readonly code: string;
  readonly name: string;
  readonly phone: string;
  readonly hours: string;
  readonly createdAt: Date;
};

export type FaqEntry = {
  readonly id: string;
  /** Null: shown at every school. */
  readonly schoolId: string | null;
  readonly position: number;
  readonly questionZh: string;
  readonly answerZh: string;
  readonly questionEn: string;
  readonly answerEn: string;
};

export type Batch = {
  readonly id: string;
  readonly schoolId: string;
  readonly name: string;
  readonly priceFen: number;
  readonly profileId: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly createdAt: Date;
};

export type StudentRecord = {
  readonly id: string;
  readonly schoolId: string;
  /** Keyed digest of the gateway's student number. */
  readonly gatewayNumberHash: string;
  /** Keyed digest of the ID number, to find a person without reading anybody's. */
  readonly idNumberHash: string;
  readonly nameSealed: Uint8Array;
  readonly idNumberSealed: Uint8Array;
  readonly maskedName: string;
  readonly maskedIdNumber: string;
  readonly college: string | null;
  readonly major: string | null;
  readonly level: string | null;
  readonly graduationYear: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type Ticket = {
  readonly tokenHash: string;
  readonly studentId: string;
  /** Station or account that opened it; both null for a device without a login. */
  readonly stationId: string | null;
  readonly accountId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
};

export type GraduateSession = {
  readonly id: string;
  readonly tokenHash: string;
  readonly studentId: string;
  readonly stationId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export type VerificationLock = {
  readonly studentId: string;
  readonly wrongCount: number;
  readonly lastWrongAt: Date | null;
  readonly lockedUntil: Date | null;
};

export type VerificationAttempt = {
  readonly studentId: string;
  readonly stationId: string | null;
  readonly outcome: 'correct' | 'wrong' | 'locked';
  readonly at: Date;
};

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

export type PhotoRecord = {
  readonly id: string;
  readonly orderId: string;
  readonly originalSha256: string;
  readonly originalType: string;
  readonly originalBytes: number;
  /** Upright; unknown for the oldest photos. */
  readonly originalWidth: number | null;
  readonly originalHeight: number | null;
  /** Null until the photo of a graduate at home has been standardised. */
  readonly standardSha256: string | null;
  readonly standardBytes: number | null;
  readonly profileId: string;
  readonly profileVersion: number;
  readonly accepted: boolean | null;
  readonly report: StandardizationReport | null;
  readonly capturedAt: Date;
  readonly uploadedAt: Date;
  readonly submittedAt: Date | null;
  readonly discardedAt: Date | null;
  /** Its time was over: pictures and measurements are gone, this record stays. */
  readonly erasedAt: Date | null;
  readonly uploadedBy: string;
  readonly uploaderId: string | null;
};

export type Station = {
  readonly id: string;
  readonly schoolId: string;
  readonly name: string;
  readonly installationId: string;
  readonly deviceKeyHash: string;
  readonly enrolledAt: Date;
  readonly disabledAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly version: string | null;
  readonly outboxLength: number | null;
  readonly parked: number | null;
  readonly freeBytes: number | null;
  readonly provider: string | null;
};

export type StationAct = {
  readonly stationId: string;
  readonly at: Date;
  readonly act: 'enrolled' | 'disabled' | 'enabled';
  /** Null: the station itself, by an enrolment code. */
  readonly staffId: string | null;
  readonly reason: string;
};

export type EnrolmentCode = {
  readonly codeHash: string;
  readonly schoolId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly stationId: string | null;
};

export type AccessLogEntry = {
  readonly at: Date;
  readonly caller: string;
  readonly callerId: string | null;
  readonly action: 'viewStandard' | 'viewOriginal' | 'viewReference' | 'download';
  readonly orderId: string;
  readonly photoId: string | null;
};
