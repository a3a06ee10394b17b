import type { StudentRecord } from '../eligibility/student-repository.ts';

export type AccountRecord = {
  readonly id: string;
  readonly kind: 'wechat' | 'phone';
  readonly openidHash: string | null;
  readonly openidSealed: Uint8Array | null;
  readonly phoneHash: string | null;
  /** Null for an account that has not logged in since numbers are kept for messages. */
  readonly phoneSealed: Uint8Array | null;
  readonly maskedPhone: string | null;
  readonly createdAt: Date;
  /** Sequence of the newest message and notice. */
  readonly chatLast: number;
  readonly noticeLast: number;
  /** Up to where the graduate, and the desk, have read. */
  readonly chatRead: number;
  readonly deskRead: number;
  readonly noticeRead: number;
  /** The agent who took the conversation. */
  readonly agentName: string | null;
};

export type AccountSession = {
  readonly id: string;
  readonly tokenHash: string;
  readonly accountId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export type SmsCode = {
  readonly phoneHash: string;
  readonly codeHash: string;
  readonly sentAt: Date;
  readonly expiresAt: Date;
  readonly wrongCount: number;
  readonly dayCount: number;
  readonly dayBegan: Date;
};

export type Handover = {
  readonly tokenHash: string;
  readonly studentId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
};

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

export type AccountRows = { readonly accounts: AccountRepository };
