import type {
  AccountRecord,
  AccountSession,
  Handover,
  SmsCode,
} from '../../src/ports/accounts/account-repository.ts';
import type { PrintSheetRecord } from '../../src/ports/downloads/print-repository.ts';
import type {
  GraduateSession,
  Ticket,
  VerificationAttempt,
  VerificationLock,
} from '../../src/ports/eligibility/eligibility-repository.ts';
import type { StudentRecord } from '../../src/ports/eligibility/student-repository.ts';
import type { DeliveryRecord, NoticeRecord } from '../../src/ports/messages/notice-repository.ts';
import type {
  ConsentRecord,
  OrderChange,
  OrderEventRecord,
  OrderRecord,
} from '../../src/ports/order-life/order-repository.ts';
import type {
  DeskPaymentRecord,
  PaymentNotificationRecord,
  PaymentRecord,
} from '../../src/ports/payments/payment-repository.ts';
import type { RefundActRecord, RefundRecord } from '../../src/ports/payments/refund-repository.ts';
import type { RefundRequestRecord } from '../../src/ports/payments/refund-request-repository.ts';
import type { AccessLogEntry, PhotoRecord } from '../../src/ports/photos/photo-repository.ts';
import type { ErasureRecord } from '../../src/ports/photos/retention.ts';
import type {
  ReviewDecision,
  ReviewLease,
  ReviewPass,
} from '../../src/ports/review/review-repository.ts';
import type {
  ComparisonRecord,
  RosterEntry,
  RosterPhoto,
} from '../../src/ports/rosters/roster-repository.ts';
import type { SpecialDay } from '../../src/ports/schools/calendar-repository.ts';
import type { Batch, FaqEntry, School } from '../../src/ports/schools/school-repository.ts';
import type { StaffRecord, StaffSession } from '../../src/ports/staff/staff-repository.ts';

/** Rows by their key; rows are replaced, never changed, so that a copy of the map is a snapshot. */
export function emptyTables() {
  return {
    schools: new Map<string, School>(),
    faqEntries: new Map<string, FaqEntry>(),
    specialDays: new Map<string, SpecialDay>(),
    batches: new Map<string, Batch>(),
    students: new Map<string, StudentRecord>(),
    searchKeys: new Map<string, readonly string[]>(),
    tickets: new Map<string, Ticket>(),
    graduateSessions: new Map<string, GraduateSession>(),
    verificationLocks: new Map<string, VerificationLock>(),
    verificationAttempts: new Map<number, VerificationAttempt>(),
    orders: new Map<string, OrderRecord>(),
    orderEvents: new Map<number, OrderEventRecord>(),
    orderChanges: new Map<number, OrderChange>(),
    consents: new Map<number, ConsentRecord>(),
    payments: new Map<string, PaymentRecord>(),
    deskPayments: new Map<string, DeskPaymentRecord>(),
    paymentKeys: new Map<string, string>(),
    paymentNotifications: new Map<string, PaymentNotificationRecord>(),
    refunds: new Map<string, RefundRecord>(),
    refundRequests: new Map<string, RefundRequestRecord>(),
    refundActs: new Map<number, RefundActRecord>(),
    photos: new Map<string, PhotoRecord>(),
    storedObjects: new Map<string, Date>(),
    accessLog: new Map<number, AccessLogEntry>(),
    printSheets: new Map<string, PrintSheetRecord>(),
    photoErasures: new Map<number, ErasureRecord>(),
    accounts: new Map<string, AccountRecord>(),
    accountSessions: new Map<string, AccountSession>(),
    accountStudents: new Map<string, { accountId: string; studentId: string; linkedAt: Date }>(),
    smsCodes: new Map<string, SmsCode>(),
    handovers: new Map<string, Handover>(),
    notices: new Map<string, NoticeRecord>(),
    noticeDeliveries: new Map<string, DeliveryRecord>(),
    staffMembers: new Map<string, StaffRecord>(),
    staffSessions: new Map<string, StaffSession>(),
    reviewLeases: new Map<string, ReviewLease>(),
    reviewDecisions: new Map<string, ReviewDecision>(),
    reviewPasses: new Map<string, ReviewPass>(),
    rosterEntries: new Map<string, RosterEntry>(),
    rosterPhotos: new Map<string, RosterPhoto>(),
    photoComparisons: new Map<string, ComparisonRecord>(),
  };
}

export type Tables = ReturnType<typeof emptyTables>;

/** Puts all rows of `source` in place of those of `target`. */
export function replaceAll(target: Tables, source: Tables): void {
  for (const name of Object.keys(target) as (keyof Tables)[])
    replaceTable<unknown, unknown>(target[name], source[name]);
}

function replaceTable<K, V>(target: Map<K, V>, source: ReadonlyMap<K, V>): void {
  const rows = [...source];
  target.clear();
  for (const [key, row] of rows) target.set(key, row);
}

export function copyOf(tables: Tables): Tables {
  const copy = emptyTables();
  replaceAll(copy, tables);
  return copy;
}

export type Table<Row> = Map<string, Row>;

/** Like SQL's `update … set`: what is undefined in the patch stays. */
export function patch<Row>(table: Table<Row>, key: string, change: Partial<Row>): void {
  const row = table.get(key);
  if (row === undefined) return;
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  table.set(key, { ...row, ...Object.fromEntries(given) });
}

/** Numbered as an identity column does. */
export function append<Row>(table: Map<number, Row>, row: Row): void {
  table.set(table.size + 1, row);
}

export function insertNew<Row>(table: Table<Row>, key: string, row: Row): void {
  if (table.has(key)) throw new Error(`the key ${key} is taken`);
  table.set(key, row);
}

/** A unique index: `clashes` finds another row of the same value. */
export function forbid<Row>(
  table: Table<Row>,
  index: string,
  clashes: (row: Row) => boolean,
): void {
  if ([...table.values()].some(clashes)) throw new Error(`${index} is violated`);
}

export const rowsOf = <Row>(
  table: ReadonlyMap<unknown, Row>,
  wanted: (row: Row) => boolean = () => true,
): Row[] => [...table.values()].filter(wanted);

export const firstOf = <Row>(
  table: ReadonlyMap<unknown, Row>,
  wanted: (row: Row) => boolean,
): Row | undefined => rowsOf(table, wanted)[0];

export function deleteWhere<Row>(table: Map<unknown, Row>, unwanted: (row: Row) => boolean): void {
  for (const [key, row] of table) if (unwanted(row)) table.delete(key);
}

type Sortable = Date | number | string;

/** Ascending by each of these in turn. */
export function sortedBy<Row>(rows: readonly Row[], ...keys: ((row: Row) => Sortable)[]): Row[] {
  return [...rows].sort((a, b) => {
    for (const key of keys) {
      const [left, right] = [key(a), key(b)];
      if (left < right) return -1;
      if (left > right) return 1;
    }
    return 0;
  });
}

export const newestFirst = <Row>(rows: readonly Row[], time: (row: Row) => Date): Row[] =>
  sortedBy(rows, (row) => -time(row).getTime());
