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
};

export type StationAct = {
  readonly stationId: string;
  readonly at: Date;
  readonly act: 'enrolled' | 'disabled' | 'enabled';
  /** Null: the station itself, by an enrolment code. */
  readonly staffId: string | null;
  readonly reason: string;
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

export type StationRows = { readonly stations: StationRepository };
