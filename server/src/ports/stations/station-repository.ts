import type { StationRight } from '@gradshot/domain';
import type { SchoolScope } from '../access/school-scope.ts';

export type Station = {
  readonly id: string;
  readonly schoolId: string;
  readonly name: string;
  readonly installationId: string;
  readonly deviceKeyHash: string;
  readonly enrolledAt: Date;
  readonly disabledAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly version: string | null;
  readonly outboxLength: number | null;
  readonly parked: number | null;
  readonly freeBytes: number | null;
  readonly provider: string | null;
  /** The key that seals its photos, as the station sealed it for this server. */
  readonly sealedKey: Uint8Array | null;
  /** What its staff may do beyond serving graduates; none until an administrator grants it. */
  readonly rights: readonly StationRight[];
};

export type StationAct = {
  readonly stationId: string;
  readonly at: Date;
  readonly act: 'enrolled' | 'disabled' | 'enabled' | 'granted' | 'withdrawn' | 'lockLifted';
  /** Null: the station itself, by an enrolment code or by its staff behind their PIN. */
  readonly staffId: string | null;
  readonly reason: string;
  /** Which one was granted or withdrawn. */
  readonly stationRight: StationRight | null;
  /** Whose lock was lifted. */
  readonly studentId: string | null;
};

/** An act as it is shown. */
export type ShownAct = StationAct & {
  /** Name of the member of staff. */
  readonly staff: string | null;
  readonly maskedName: string | null;
};

export type EnrolmentCode = {
  readonly codeHash: string;
  readonly schoolId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly stationId: string | null;
};

export type StationRepository = {
  find(id: string): Promise<Station | undefined>;
  /** Holds the row until the transaction ends. */
  lock(id: string): Promise<Station | undefined>;
  /** Disabled ones too, by school and name. */
  list(scope: SchoolScope): Promise<(Station & { readonly school: string })[]>;
  addAct(act: StationAct): Promise<void>;
  /** Of one station or of all, the latest first. */
  acts(stationId: string): Promise<ShownAct[]>;
  /** When and where the student's lock was lifted since then. */
  liftsSince(studentId: string, since: Date): Promise<Pick<StationAct, 'stationId' | 'at'>[]>;
  findByInstallation(installationId: string): Promise<Station | undefined>;
  /** Inserts, or replaces the one of the same installation. */
  save(station: Station): Promise<void>;
  update(id: string, patch: Partial<Omit<Station, 'id' | 'installationId'>>): Promise<void>;
  insertCode(code: EnrolmentCode): Promise<void>;
  lockCode(codeHash: string): Promise<EnrolmentCode | undefined>;
  useCode(codeHash: string, stationId: string, at: Date): Promise<void>;
};

export type StationRows = { readonly stations: StationRepository };
