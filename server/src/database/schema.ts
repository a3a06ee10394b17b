import type { ColumnType, Generated, GeneratedAlways, Kysely } from 'kysely';
import type {
  AccountRecord,
  AccountSession,
  Handover,
  SmsCode,
} from '../ports/accounts/account-repository.ts';
import type { PrintSheetRecord } from '../ports/downloads/print-repository.ts';
import type {
  GraduateSession,
  Ticket,
  VerificationAttempt,
  VerificationLock,
} from '../ports/eligibility/eligibility-repository.ts';
import type { StudentRecord } from '../ports/eligibility/student-repository.ts';
import type { ChatMessageRecord } from '../ports/messages/chat-repository.ts';
import type { DeliveryRecord, NoticeRecord } from '../ports/messages/notice-repository.ts';
import type {
  OfflineBatchRecord,
  OfflineReadRecord,
  OfflineVisitRecord,
} from '../ports/offline/offline-repository.ts';
import type {
  ConsentRecord,
  OrderChange,
  OrderEventRecord,
  OrderRecord,
} from '../ports/order-life/order-repository.ts';
import type {
  BillLineRecord,
  BillRecord,
  DifferenceRecord,
  MoneyExport,
} from '../ports/payments/money-book.ts';
import type {
  DeskPaymentRecord,
  PaymentNotificationRecord,
  PaymentRecord,
} from '../ports/payments/payment-repository.ts';
import type { RefundActRecord, RefundRecord } from '../ports/payments/refund-repository.ts';
import type { RefundRequestRecord } from '../ports/payments/refund-request-repository.ts';
import type { AccessLogEntry, PhotoRecord } from '../ports/photos/photo-repository.ts';
import type { ErasureRecord } from '../ports/photos/retention.ts';
import type {
  ExportAct,
  ExportChunk,
  ExportFile,
  ExportItem,
  ExportReceipt,
  ExportRecord,
  ExportSettings,
  ImageCheckRecord,
  ReceiptRow,
} from '../ports/publishing/publishing-repository.ts';
import type { ReviewDecision, ReviewLease, ReviewPass } from '../ports/review/review-repository.ts';
import type { WithdrawalRecord } from '../ports/review/withdrawal-repository.ts';
import type {
  DraftPortion,
  RosterDraft,
  SchoolHeadings,
} from '../ports/rosters/draft-repository.ts';
import type { ImportChange, RosterImportRecord } from '../ports/rosters/import-repository.ts';
import type {
  ComparisonRecord,
  RosterAct,
  RosterEntry,
  RosterPhoto,
  RosterSearch,
} from '../ports/rosters/roster-repository.ts';
import type { SpecialDay } from '../ports/schools/calendar-repository.ts';
import type { Batch, FaqEntry, School } from '../ports/schools/school-repository.ts';
import type { StaffRecord, StaffSession } from '../ports/staff/staff-repository.ts';
import type { StandardizationJobRecord } from '../ports/standardization/job-repository.ts';
import type { ArrivalRecord } from '../ports/stations/arrival-repository.ts';
import type { EnrolmentCode, Station, StationAct } from '../ports/stations/station-repository.ts';
import type { UploadChunk, UploadRecord, UploadUsage } from '../ports/uploads/upload-repository.ts';

/** Read as a value, written as JSON text: an array parameter would become a PostgreSQL array. */
type Json<T> = ColumnType<T, string, string>;
type WithJson<R, Keys extends keyof R> = Omit<R, Keys> & { [K in Keys]: Json<R[K]> };
type Numbered<R> = R & { id: GeneratedAlways<number> };

/** Tables in camel case; `CamelCasePlugin` writes them with underscores. */
export type Tables = {
  schools: School & { lastChange: Generated<number>; ownContact: Generated<boolean> };
  agencyContact: { id: Generated<number>; phone: string; hours: string };
  faqEntries: FaqEntry;
  specialDays: SpecialDay & { enteredBy: string; enteredAt: Date };
  batches: Batch;
  students: StudentRecord & { searchKeyed: Generated<boolean> };
  studentSearchKeys: { key: string; studentId: string };
  stations: WithJson<Station, 'rights'>;
  stationActs: Numbered<StationAct>;
  arrivals: ArrivalRecord;
  enrolmentCodes: EnrolmentCode;
  tickets: Ticket;
  graduateSessions: GraduateSession;
  verificationLocks: VerificationLock;
  verificationAttempts: Numbered<VerificationAttempt>;
  orders: WithJson<OrderRecord, 'reasons'>;
  orderEvents: Numbered<WithJson<OrderEventRecord, 'details'>>;
  orderChanges: WithJson<OrderChange, 'reasons'>;
  consents: Numbered<ConsentRecord>;
  payments: WithJson<PaymentRecord, 'jsapi'>;
  deskPayments: DeskPaymentRecord;
  paymentKeys: { key: string; paymentId: string };
  paymentNotifications: PaymentNotificationRecord;
  photos: WithJson<PhotoRecord, 'report'>;
  storedObjects: { sha256: string; putAt: Date };
  accessLog: Numbered<AccessLogEntry>;
  accounts: AccountRecord;
  accountSessions: AccountSession;
  accountStudents: { accountId: string; studentId: string; linkedAt: Date };
  smsCodes: SmsCode;
  handovers: Handover;
  uploads: UploadRecord;
  uploadChunks: UploadChunk;
  uploadUsage: UploadUsage;
  standardizationJobs: StandardizationJobRecord & { number: GeneratedAlways<number> };
  chatMessages: ChatMessageRecord;
  notices: NoticeRecord;
  noticeDeliveries: DeliveryRecord;
  deskPresence: { staffId: string; seenAt: Date };
  staffMembers: Omit<WithJson<StaffRecord, 'roles'>, 'schoolIds'> & {
    schoolIds: ColumnType<StaffRecord['schoolIds'], string | null, string | null>;
  };
  staffSessions: StaffSession;
  reviewLeases: ReviewLease;
  reviewDecisions: WithJson<ReviewDecision, 'codes'>;
  reviewPasses: ReviewPass;
  refunds: RefundRecord;
  refundRequests: RefundRequestRecord;
  refundActs: Numbered<RefundActRecord>;
  bills: BillRecord;
  billLines: BillLineRecord;
  billDifferences: DifferenceRecord;
  moneyExports: Numbered<MoneyExport>;
  rosterEntries: RosterEntry;
  rosterPhotos: RosterPhoto;
  rosterLog: Numbered<RosterAct>;
  rosterSearches: Numbered<RosterSearch>;
  rosterDrafts: RosterDraft;
  rosterDraftPortions: DraftPortion;
  rosterImports: RosterImportRecord;
  rosterImportChanges: WithJson<ImportChange, 'before'>;
  rosterHeadings: SchoolHeadings;
  identityBands: { batchId: string; mismatchBelow: number; similarFrom: number };
  offlineBatches: OfflineBatchRecord;
  offlineVisits: OfflineVisitRecord;
  offlineReads: Numbered<OfflineReadRecord>;
  photoComparisons: WithJson<ComparisonRecord, 'comparison'>;
  printSheets: PrintSheetRecord;
  photoErasures: Numbered<ErasureRecord>;
  exportBatches: ExportRecord & { number: GeneratedAlways<number> };
  exportItems: ExportItem;
  exportFiles: ExportFile;
  exportChunks: ExportChunk;
  exportActs: Numbered<ExportAct>;
  exportReceipts: ExportReceipt;
  exportReceiptRows: ReceiptRow;
  exportSettings: ExportSettings & { schoolId: string };
  approvalWithdrawals: WithdrawalRecord;
  imageChecks: ImageCheckRecord;
};

export type Db = Kysely<Tables>;
