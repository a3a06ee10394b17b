import type { AccountRows } from './accounts/account-repository.ts';
import type { DeskRows } from './console/console-repository.ts';
import type { PrintRows } from './downloads/print-repository.ts';
import type { EligibilityRows } from './eligibility/eligibility-repository.ts';
import type { StudentRows } from './eligibility/student-repository.ts';
import type { Announcing } from './ground/happenings.ts';
import type { StorageOf } from './ground/storage.ts';
import type { ChatRows } from './messages/chat-repository.ts';
import type { DeliveryRows, NoticeRows } from './messages/notice-repository.ts';
import type { OfflineRows } from './offline/offline-repository.ts';
import type { OrderRows } from './order-life/order-repository.ts';
import type { MoneyRows } from './payments/money-book.ts';
import type { PaymentRows } from './payments/payment-repository.ts';
import type { RefundRows } from './payments/refund-repository.ts';
import type { RefundRequestRows } from './payments/refund-request-repository.ts';
import type { PhotoRows } from './photos/photo-repository.ts';
import type { RetentionRows } from './photos/retention.ts';
import type { ImageCheckRows, PublishingRows } from './publishing/publishing-repository.ts';
import type { ReviewRows } from './review/review-repository.ts';
import type { WithdrawalRows } from './review/withdrawal-repository.ts';
import type { RosterDraftRows } from './rosters/draft-repository.ts';
import type { RosterImportRows } from './rosters/import-repository.ts';
import type { RosterRows } from './rosters/roster-repository.ts';
import type { CalendarRows } from './schools/calendar-repository.ts';
import type { SchoolRows } from './schools/school-repository.ts';
import type { StaffRows } from './staff/staff-repository.ts';
import type { JobRows } from './standardization/job-repository.ts';
import type { ArrivalRows } from './stations/arrival-repository.ts';
import type { StationRows } from './stations/station-repository.ts';
import type { UploadRows } from './uploads/upload-repository.ts';

/**
 * All that the services ask of the database, each repository with its rows in the room of its
 * subject. Times are UTC, money is CNY fen. `lock…` methods hold the row until the transaction ends
 * and make sense only inside one. A service names the rows that it uses; whoever composes the
 * server knows them all.
 */
export type Repositories = SchoolRows &
  CalendarRows &
  StudentRows &
  EligibilityRows &
  OrderRows &
  PaymentRows &
  RefundRows &
  RefundRequestRows &
  MoneyRows &
  PhotoRows &
  RetentionRows &
  PrintRows &
  StationRows &
  ArrivalRows &
  AccountRows &
  UploadRows &
  JobRows &
  ChatRows &
  NoticeRows &
  DeliveryRows &
  StaffRows &
  ReviewRows &
  DeskRows &
  RosterRows &
  RosterDraftRows &
  RosterImportRows &
  OfflineRows &
  PublishingRows &
  ImageCheckRows &
  WithdrawalRows &
  Announcing;

export type Storage = StorageOf<Repositories>;
