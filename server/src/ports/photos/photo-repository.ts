import type { StandardizationReport } from '@gradshot/domain';

export type PhotoRecord = {
  readonly id: string;
  readonly orderId: string;
  readonly originalSha256: string;
  readonly originalType: string;
  readonly originalBytes: number;
  /** Upright; unknown for the oldest photos. */
  readonly originalWidth: number | null;
  readonly originalHeight: number | null;
  /** Null until the photo of a graduate at home has been standardised. */
  readonly standardSha256: string | null;
  readonly standardBytes: number | null;
  readonly profileId: string;
  readonly profileVersion: number;
  readonly accepted: boolean | null;
  readonly report: StandardizationReport | null;
  /** 现场核对, sealed: see `on-site-records.ts`. */
  readonly onSiteSealed: Uint8Array | null;
  readonly capturedAt: Date;
  readonly uploadedAt: Date;
  readonly handedInAt: Date | null;
  readonly discardedAt: Date | null;
  /** Its time was over: pictures and measurements are gone, this record stays. */
  readonly erasedAt: Date | null;
  readonly uploadedBy: string;
  readonly uploaderId: string | null;
};

export type AccessLogEntry = {
  readonly at: Date;
  readonly caller: string;
  readonly callerId: string | null;
  readonly action:
    | 'viewStandard'
    | 'viewOriginal'
    | 'viewReference'
    | 'readNote'
    | 'download'
    | 'carryIn'
    | 'export';
  readonly orderId: string;
  readonly photoId: string | null;
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
        | 'handedInAt'
        | 'discardedAt'
        | 'standardSha256'
        | 'standardBytes'
        | 'accepted'
        | 'report'
        | 'onSiteSealed'
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
  /** The newest first. */
  listOfOrder(orderId: string): Promise<PhotoRecord[]>;
  logAccess(entry: AccessLogEntry): Promise<void>;
  /** Fingerprints of the order's other photos that the engine refused or that were handed in. */
  fingerprintsBefore(photo: Pick<PhotoRecord, 'id' | 'orderId'>): Promise<string[]>;
};

export type PhotoRows = { readonly photos: PhotoRepository };
