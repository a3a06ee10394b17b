export type UploadRecord = {
  readonly photoId: string;
  readonly orderId: string;
  readonly size: number;
  readonly sha256: string;
  readonly type: string;
  readonly capturedAt: Date;
  /** Bytes stored so far, from the start. */
  readonly received: number;
  readonly state: 'receiving' | 'complete';
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export type UploadChunk = {
  readonly photoId: string;
  readonly start: number;
  readonly length: number;
  /** Address of the chunk's own object. */
  readonly sha256: string;
};

/** What was sent for an order since `dayBegan`, whether it was kept or not. */
export type UploadUsage = {
  readonly orderId: string;
  readonly dayBegan: Date;
  readonly bytes: number;
  /** Completions that found the file damaged or no photo. */
  readonly failures: number;
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

export type UploadRows = { readonly uploads: UploadRepository };
