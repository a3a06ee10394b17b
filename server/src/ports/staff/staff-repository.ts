import type { StaffRole } from '@gradshot/domain';

export type StaffRecord = {
  readonly id: string;
  /** Lower case. */
  readonly account: string;
  readonly name: string;
  readonly roles: readonly StaffRole[];
  /** Null: every school. */
  readonly schoolIds: readonly string[] | null;
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
  readonly enabled: boolean;
  /** Wrong passwords in a row. */
  readonly wrongCount: number;
  readonly lockedUntil: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type StaffSession = {
  readonly id: string;
  readonly tokenHash: string;
  readonly staffId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export type StaffRepository = {
  find(id: string): Promise<StaffRecord | undefined>;
  /** Holds the row until the transaction ends. */
  lockByAccount(account: string): Promise<StaffRecord | undefined>;
  list(): Promise<StaffRecord[]>;
  /** Holds every row, so that the last administrator cannot be lost by two changes at once. */
  lockAll(): Promise<StaffRecord[]>;
  /** Inserts, or replaces the one with that id. */
  save(staff: StaffRecord): Promise<void>;
  insertSession(session: StaffSession): Promise<void>;
  findSession(
    tokenHash: string,
  ): Promise<{ readonly session: StaffSession; readonly staff: StaffRecord } | undefined>;
  deleteSession(id: string): Promise<void>;
  /** Ends the member's sessions, all but the one to keep. */
  deleteSessionsOf(staffId: string, keep?: string): Promise<void>;
  deleteExpiredSessions(before: Date): Promise<void>;
};

export type StaffRows = { readonly staff: StaffRepository };
