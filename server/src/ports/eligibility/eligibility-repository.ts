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

export type EligibilityRows = { readonly eligibility: EligibilityRepository };
