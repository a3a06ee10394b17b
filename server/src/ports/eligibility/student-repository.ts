export type StudentRecord = {
  readonly id: string;
  readonly schoolId: string;
  /** Keyed digest of the gateway's student number. */
  readonly gatewayNumberHash: string;
  /** Keyed digest of the ID number, to find a person without reading anybody's. */
  readonly idNumberHash: string;
  readonly nameSealed: Uint8Array;
  readonly idNumberSealed: Uint8Array;
  readonly maskedName: string;
  readonly maskedIdNumber: string;
  readonly college: string | null;
  readonly major: string | null;
  readonly level: string | null;
  readonly graduationYear: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type StudentRepository = {
  find(id: string): Promise<StudentRecord | undefined>;
  /** Inserts, or updates the one with the same gateway number, whose id and time stand; returns the id. */
  save(student: StudentRecord): Promise<string>;
  /** In place of those that there were. */
  replaceSearchKeys(id: string, keys: readonly string[]): Promise<void>;
  /** Of before there were keys. */
  withoutSearchKeys(limit: number): Promise<StudentRecord[]>;
};

export type StudentRows = { readonly students: StudentRepository };
