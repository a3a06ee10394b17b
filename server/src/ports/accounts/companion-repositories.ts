import type { StudentRecord } from '../records.ts';
import type {
  AccountRecord,
  AccountSession,
  ChatMessageRecord,
  DeliveryRecord,
  Handover,
  NoticeRecord,
  SmsCode,
  StandardizationJobRecord,
  UploadChunk,
  UploadRecord,
  UploadUsage,
} from './companion-records.ts';

export type AccountRepository = {
  find(id: string): Promise<AccountRecord | undefined>;
  lock(id: string): Promise<AccountRecord | undefined>;
  /** Inserts, unless one with the same openid or phone exists; returns the one that stands. */
  ensure(account: AccountRecord): Promise<AccountRecord>;
  update(
    id: string,
    patch: Partial<Omit<AccountRecord, 'id' | 'kind' | 'createdAt'>>,
  ): Promise<void>;
  insertSession(session: AccountSession): Promise<void>;
  findSession(tokenHash: string): Promise<AccountSession | undefined>;
  endSession(id: string): Promise<void>;
  deleteExpired(before: Date): Promise<void>;
  link(accountId: string, studentId: string, at: Date): Promise<void>;
  students(accountId: string): Promise<(StudentRecord & { readonly school: string })[]>;
  studentIds(accountId: string): Promise<string[]>;
  /** Accounts linked to the student. */
  ofStudent(studentId: string): Promise<string[]>;
  /** Holds the number, also one that no code was sent to yet. */
  lockSmsCode(phoneHash: string): Promise<SmsCode | undefined>;
  saveSmsCode(code: SmsCode): Promise<void>;
  deleteSmsCode(phoneHash: string): Promise<void>;
  insertHandover(handover: Handover): Promise<void>;
  lockHandover(tokenHash: string): Promise<Handover | undefined>;
  useHandover(tokenHash: string, at: Date): Promise<void>;
};

export type UploadRepository = {
  find(photoId: string): Promise<UploadRecord | undefined>;
  lock(photoId: string): Promise<UploadRecord | undefined>;
  /** False when there is one already. */
  insert(upload: UploadRecord): Promise<boolean>;
  update(
    photoId: string,
    patch: Partial<Pick<UploadRecord, 'received' | 'state' | 'expiresAt'>>,
  ): Promise<void>;
  addChunk(chunk: UploadChunk): Promise<void>;
  /** In order. */
  chunks(photoId: string): Promise<UploadChunk[]>;
  deleteChunks(photoId: string): Promise<void>;
  /** Deletes uploads that never were completed. */
  deleteExpired(before: Date): Promise<void>;
  /** Deletes the order's unfinished ones but `keep`: `photoId` and those touched most recently. */
  keepUnfinished(orderId: string, photoId: string, keep: number): Promise<void>;
  /** Usage of all orders of these students, of days that began after `since`. */
  usageOf(studentIds: readonly string[], since: Date): Promise<UploadUsage[]>;
  /** Adds to the order's day; a new day begins at `now` where the last one did not after `since`. */
  addUsage(
    orderId: string,
    added: Partial<Pick<UploadUsage, 'bytes' | 'failures'>>,
    day: { readonly now: Date; readonly since: Date },
  ): Promise<void>;
};

export type JobPatch = Partial<Omit<StandardizationJobRecord, 'photoId' | 'orderId'>>;

export type JobRepository = {
  find(photoId: string): Promise<StandardizationJobRecord | undefined>;
  lock(photoId: string): Promise<StandardizationJobRecord | undefined>;
  insert(job: StandardizationJobRecord): Promise<void>;
  /** Of a job that has ended: it starts again. */
  restart(photoId: string, patch: JobPatch): Promise<void>;
  /** False, and nothing written, when the job has ended: another worker was faster. */
  update(photoId: string, patch: JobPatch): Promise<boolean>;
  /** Writes progress, unless the job has ended. */
  progress(
    photoId: string,
    patch: Pick<StandardizationJobRecord, 'progress' | 'stage'>,
  ): Promise<void>;
  /** Queued jobs before this one. */
  ahead(photoId: string): Promise<number>;
  /** Jobs queued before and not begun. */
  listWaiting(before: Date): Promise<StandardizationJobRecord[]>;
  /** Jobs said to run since before: their worker is gone. */
  listStuck(before: Date): Promise<StandardizationJobRecord[]>;
};

export type ChatRepository = {
  find(id: string): Promise<ChatMessageRecord | undefined>;
  insert(message: ChatMessageRecord): Promise<void>;
  after(accountId: string, sequence: number, limit: number): Promise<ChatMessageRecord[]>;
  /** Messages behind a sequence that did not come from that side. */
  countUnread(accountId: string, after: number, reader: 'graduate' | 'agent'): Promise<number>;
  /** Waiting ones first, the longest waiting at the top; then the latest. */
  conversations(limit: number): Promise<ConversationSummary[]>;
  seeAtDesk(staffId: string, at: Date): Promise<void>;
  anybodyAtDesk(since: Date): Promise<boolean>;
};

export type ConversationSummary = {
  readonly last: ChatMessageRecord;
  /** Masked name of the linked student, else the masked phone. */
  readonly who: string;
  /** Messages of the graduate that no agent has read. */
  readonly unread: number;
  readonly agentName: string | null;
};

export type NoticeRepository = {
  insert(notice: NoticeRecord): Promise<void>;
  find(id: string): Promise<NoticeRecord | undefined>;
  /** Newest first. */
  list(accountId: string, limit: number): Promise<NoticeRecord[]>;
};

export type DeliveryRepository = {
  insert(delivery: DeliveryRecord): Promise<void>;
  find(noticeId: string): Promise<DeliveryRecord | undefined>;
  /**
   * Makes the caller its only sender: one that waits, or whose sender is silent since then.
   * Undefined when there is nothing to send.
   */
  claim(
    noticeId: string,
    when: { readonly at: Date; readonly silentSince: Date },
  ): Promise<DeliveryRecord | undefined>;
  settle(
    noticeId: string,
    patch: Pick<DeliveryRecord, 'state' | 'why' | 'updatedAt'>,
  ): Promise<void>;
  /** Notices neither sent nor given up that nobody touched since, oldest first. */
  listUnsent(before: Date, limit: number): Promise<string[]>;
};
