import type { ColumnType, Generated, GeneratedAlways, Kysely } from 'kysely';
import type * as companion from '../ports/accounts/companion-records.ts';
import type { PrintSheetRecord } from '../ports/downloads/print-repository.ts';
import type { RefundActRecord, RefundRecord } from '../ports/payments/refund-records.ts';
import type { ErasureRecord } from '../ports/photos/retention.ts';
import type * as records from '../ports/records.ts';
import type { PaymentNotificationRecord } from '../ports/repositories.ts';
import type { ReviewDecision, ReviewLease } from '../ports/review/review-repositories.ts';
import type {
  ComparisonRecord,
  RosterAct,
  RosterEntry,
  RosterPhoto,
} from '../ports/rosters/roster-records.ts';
import type { StaffRecord, StaffSession } from '../ports/staff/staff-repositories.ts';

/** Read as a value, written as JSON text: an array parameter would become a PostgreSQL array. */
type Json<T> = ColumnType<T, string, string>;
type WithJson<R, Keys extends keyof R> = Omit<R, Keys> & { [K in Keys]: Json<R[K]> };
type Numbered<R> = R & { id: GeneratedAlways<number> };

/** Tables in camel case; `CamelCasePlugin` writes them with underscores. */
export type Tables = {
  schools: records.School & { lastChange: Generated<number> };
  faqEntries: records.FaqEntry;
  batches: records.Batch;
  students: records.StudentRecord;
  stations: records.Station;
  stationActs: Numbered<records.StationAct>;
  enrolmentCodes: records.EnrolmentCode;
  tickets: records.Ticket;
  graduateSessions: records.GraduateSession;
  verificationLocks: records.VerificationLock;
  verificationAttempts: Numbered<records.VerificationAttempt>;
  orders: WithJson<records.OrderRecord, 'reasons'>;
  orderEvents: Numbered<WithJson<records.OrderEventRecord, 'details'>>;
  orderChanges: WithJson<records.OrderChange, 'reasons'>;
  consents: Numbered<records.ConsentRecord>;
  payments: WithJson<records.PaymentRecord, 'jsapi'>;
  paymentKeys: { key: string; paymentId: string };
  paymentNotifications: PaymentNotificationRecord;
  photos: WithJson<records.PhotoRecord, 'report'>;
  storedObjects: { sha256: string; putAt: Date };
  accessLog: Numbered<records.AccessLogEntry>;
  accounts: companion.AccountRecord;
  accountSessions: companion.AccountSession;
  accountStudents: { accountId: string; studentId: string; linkedAt: Date };
  smsCodes: companion.SmsCode;
  handovers: companion.Handover;
  uploads: companion.UploadRecord;
  uploadChunks: companion.UploadChunk;
  uploadUsage: companion.UploadUsage;
  standardizationJobs: companion.StandardizationJobRecord & { number: GeneratedAlways<number> };
  chatMessages: companion.ChatMessageRecord;
  notices: companion.NoticeRecord;
  noticeDeliveries: companion.DeliveryRecord;
  deskPresence: { staffId: string; seenAt: Date };
  staffMembers: WithJson<StaffRecord, 'roles'>;
  staffSessions: StaffSession;
  reviewLeases: ReviewLease;
  reviewDecisions: WithJson<ReviewDecision, 'codes'>;
  refunds: RefundRecord;
  refundActs: Numbered<RefundActRecord>;
  rosterEntries: RosterEntry;
  rosterPhotos: RosterPhoto;
  rosterLog: Numbered<RosterAct>;
  identityBands: { batchId: string; mismatchBelow: number; similarFrom: number };
  photoComparisons: WithJson<ComparisonRecord, 'comparison'>;
  printSheets: PrintSheetRecord;
  photoErasures: Numbered<ErasureRecord>;
};

export type Db = Kysely<Tables>;
