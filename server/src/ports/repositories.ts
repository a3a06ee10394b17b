import type { AccountRepository } from './accounts/account-repository.ts';
import type { ConsoleRepository } from './console/console-repository.ts';
import type { PrintRepository } from './downloads/print-repository.ts';
import type { EligibilityRepository } from './eligibility/eligibility-repository.ts';
import type { StudentRepository } from './eligibility/student-repository.ts';
import type { Happening } from './ground/happenings.ts';
import type { ChatRepository } from './messages/chat-repository.ts';
import type { DeliveryRepository, NoticeRepository } from './messages/notice-repository.ts';
import type { OrderRepository } from './order-life/order-repository.ts';
import type { PaymentRepository } from './payments/payment-repository.ts';
import type { RefundRepository } from './payments/refund-repository.ts';
import type { PhotoRepository } from './photos/photo-repository.ts';
import type { RetentionRepository } from './photos/retention.ts';
import type { ReviewRepository } from './review/review-repository.ts';
import type { RosterRepository } from './rosters/roster-repository.ts';
import type { SchoolRepository } from './schools/school-repository.ts';
import type { StaffRepository } from './staff/staff-repository.ts';
import type { JobRepository } from './standardization/job-repository.ts';
import type { StationRepository } from './stations/station-repository.ts';
import type { UploadRepository } from './uploads/upload-repository.ts';

/**
 * What the services ask of the database, each repository with its rows in the room of its subject.
 * Times are UTC, money is CNY fen. `lock…` methods hold the row until the transaction ends and make
 * sense only inside one.
 */

/** What the staff console needs. */
type ConsoleRepositories = {
  readonly staff: StaffRepository;
  readonly reviews: ReviewRepository;
  readonly desk: ConsoleRepository;
  readonly refunds: RefundRepository;
  readonly rosters: RosterRepository;
};

export type Repositories = ConsoleRepositories & {
  readonly schools: SchoolRepository;
  readonly students: StudentRepository;
  readonly eligibility: EligibilityRepository;
  readonly orders: OrderRepository;
  readonly payments: PaymentRepository;
  readonly photos: PhotoRepository;
  readonly prints: PrintRepository;
  readonly retention: RetentionRepository;
  readonly stations: StationRepository;
  readonly accounts: AccountRepository;
  readonly uploads: UploadRepository;
  readonly jobs: JobRepository;
  readonly chat: ChatRepository;
  readonly notices: NoticeRepository;
  readonly deliveries: DeliveryRepository;
  /** Tells whoever listens, once the transaction is committed; at once outside one. */
  announce(happening: Happening): void;
};

export type Storage = Repositories & {
  /**
   * Runs `work` in one transaction: committed when it returns, rolled back when it throws. Inside
   * it use only the repositories it is given; the embedded database has a single connection.
   */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>;
};
