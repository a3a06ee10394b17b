import type {
  AccountRepository,
  ChatRepository,
  DeliveryRepository,
  JobRepository,
  NoticeRepository,
  UploadRepository,
} from './accounts/companion-repositories.ts';
import type { ConsoleRepository } from './console/console-repositories.ts';
import type { PrintRepository } from './downloads/print-repository.ts';
import type { Happening } from './ground/happenings.ts';
import type { RefundRepository } from './payments/refund-records.ts';
import type { RetentionRepository } from './photos/retention.ts';
import type {
  AccessLogEntry,
  Batch,
  ConsentRecord,
  EnrolmentCode,
  FaqEntry,
  GraduateSession,
  OrderChange,
  OrderEventRecord,
  OrderRecord,
  OrderView,
  PaymentRecord,
  PhotoRecord,
  School,
  Station,
  StationAct,
  StudentRecord,
  Ticket,
  VerificationAttempt,
  VerificationLock,
} from './records.ts';
import type { ReviewRepository } from './review/review-repositories.ts';
import type { RosterRepository } from './rosters/roster-records.ts';
import type { StaffRepository } from './staff/staff-repositories.ts';

/**
 * What the services ask of the database. `lock…` methods hold the row until the transaction ends
 * and make sense only inside one.
 */

export type SchoolRepository = {
  insert(school: School): Promise<void>;
  find(id: string): Promise<School | undefined>;
  findByCode(code: string): Promise<School | undefined>;
  insertBatch(batch: Batch): Promise<void>;
  /** Batches open at that time, the newest first. */
  openBatches(schoolId: string, at: Date): Promise<Batch[]>;
  insertFaq(entry: FaqEntry): Promise<void>;
  /** The school's own entries and those for all, in order; the latter alone without a school. */
  faq(schoolId?: string): Promise<FaqEntry[]>;
};

export type StudentRepository = {
  find(id: string): Promise<StudentRecord | undefined>;
  findByGatewayNumber(hash: string): Promise<StudentRecord | undefined>;
  /** Inserts, or updates the one with the same gateway number; returns the id that stands. */
  save(student: StudentRecord): Promise<string>;
};

export type EligibilityRepository = {
  insertTicket(ticket: Ticket): Promise<void>;
  lockTicket(tokenHash: string): Promise<Ticket | undefined>;
  useTicket(tokenHash: string, at: Date): Promise<void>;
  /** The student's counter of wrong tries, made on demand. */
  lockCounter(studentId: string): Promise<VerificationLock>;
  saveCounter(counter: VerificationLock): Promise<void>;
  addAttempt(attempt: VerificationAttempt): Promise<void>;
  insertSession(session: GraduateSession): Promise<void>;
  findSession(tokenHash: string): Promise<GraduateSession | undefined>;
  /** Deletes tickets and sessions that ended before. */
  deleteExpired(before: Date): Promise<void>;
};

export type OrderPatch = Partial<
  Pick<OrderRecord, 'state' | 'photoId' | 'reasons' | 'promisedAt' | 'updatedAt'>
>;

export type OrderRepository = {
  find(id: string): Promise<OrderView | undefined>;
  lock(id: string): Promise<OrderRecord | undefined>;
  listOfStudent(studentId: string): Promise<OrderView[]>;
  /** The student's order that is neither cancelled nor refunded. */
  findLive(studentId: string): Promise<OrderRecord | undefined>;
  /** False when the student has a live order already or the number is taken. */
  insert(order: OrderRecord): Promise<boolean>;
  /** Compare and set; false when the order is no longer in state `from`. */
  update(id: string, from: OrderRecord['state'], patch: OrderPatch): Promise<boolean>;
  addEvent(event: OrderEventRecord): Promise<void>;
  history(orderId: string): Promise<OrderEventRecord[]>;
  /** Appends to the school's changes under the next sequence, in commit order, without gaps. */
  addChange(change: Omit<OrderChange, 'sequence'>): Promise<void>;
  changesAfter(schoolId: string, after: number, limit: number): Promise<OrderChange[]>;
  addConsent(consent: ConsentRecord): Promise<void>;
  /** What was agreed to for the order, whenever. */
  consents(orderId: string): Promise<Pick<ConsentRecord, 'kind' | 'version'>[]>;
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

export type PaymentNotificationRecord = {
  readonly notificationId: string;
  readonly outTradeNo: string;
  readonly outcome: string;
  readonly receivedAt: Date;
};

export type PhotoRepository = {
  find(id: string): Promise<PhotoRecord | undefined>;
  insert(photo: PhotoRecord): Promise<void>;
  /** A photo that was erased gets no new report. */
  update(
    id: string,
    patch: Partial<
      Pick<
        PhotoRecord,
        | 'submittedAt'
        | 'discardedAt'
        | 'standardSha256'
        | 'standardBytes'
        | 'accepted'
        | 'report'
        | 'profileVersion'
      >
    >,
  ): Promise<void>;
  /** Notes that objects are about to be stored. */
  announceObjects(sha256s: readonly string[], at: Date): Promise<void>;
  /**
   * Forgets objects announced before and used by nothing; returns those to delete, which must
   * happen before the transaction ends.
   */
  forgetUnusedObjects(before: Date, limit: number): Promise<string[]>;
  logAccess(entry: AccessLogEntry): Promise<void>;
  /** Fingerprints of the order's other photos that the engine refused or that were handed in. */
  fingerprintsBefore(photo: Pick<PhotoRecord, 'id' | 'orderId'>): Promise<string[]>;
};

export type StationRepository = {
  find(id: string): Promise<Station | undefined>;
  /** Holds the row until the transaction ends. */
  lock(id: string): Promise<Station | undefined>;
  /** Disabled ones too, by school and name. */
  list(): Promise<(Station & { readonly school: string })[]>;
  addAct(act: StationAct): Promise<void>;
  /** Of one station or of all, the latest first, each with the name of the member of staff. */
  acts(stationId?: string): Promise<(StationAct & { readonly staff: string | null })[]>;
  findByInstallation(installationId: string): Promise<Station | undefined>;
  /** Inserts, or replaces the one of the same installation. */
  save(station: Station): Promise<void>;
  update(id: string, patch: Partial<Omit<Station, 'id' | 'installationId'>>): Promise<void>;
  insertCode(code: EnrolmentCode): Promise<void>;
  lockCode(codeHash: string): Promise<EnrolmentCode | undefined>;
  useCode(codeHash: string, stationId: string, at: Date): Promise<void>;
};

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
