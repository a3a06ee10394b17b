import type { EXPORT_ACTS, EXPORT_ITEM_STATES, ExportState } from '@gradshot/contract';

/** Which of a school's approved photos a batch is made from. */
export type ExportFilter = {
  readonly schoolId: string;
  readonly batchId: string | null;
  readonly level: string | null;
  readonly approvedSince: Date | null;
};

export type ExportSettings = {
  readonly naming: string;
  readonly maxPartMb: number;
  readonly maxPartPhotos: number;
};

export type ExportRecord = ExportFilter &
  ExportSettings & {
    readonly id: string;
    readonly state: ExportState;
    /** Its files are made once more. */
    readonly again: boolean;
    readonly noteSealed: Uint8Array;
    readonly askedBy: string;
    readonly askedAt: Date;
    readonly approvedBy: string | null;
    readonly madeAt: Date | null;
    readonly downloadedAt: Date | null;
    /** Handed to the portal's interface. */
    readonly filesUntil: Date | null;
    readonly total: number;
    /** Photos that the present work is done with. */
    readonly done: number;
    readonly trouble: boolean;
  };

export type ExportView = ExportRecord & {
  readonly number: number;
  readonly school: string;
  readonly schoolCode: string;
  readonly batchName: string | null;
  readonly askedByName: string;
  readonly approvedByName: string | null;
};

export type ExportItemState = (typeof EXPORT_ITEM_STATES)[number];

export type ExportItem = {
  readonly exportId: string;
  /** Its place in the files and in the manifest, for good. */
  readonly position: number;
  readonly orderId: string;
  readonly photoId: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Name in the archive and the facts of the manifest: see `export-facts.ts`. */
  readonly sealed: Uint8Array;
  readonly nameHash: string;
  readonly idNumberHash: string;
  readonly studentNumberHash: string | null;
  readonly examineeNumberHash: string | null;
  /** The archive that it lies in; null before the files are made, and where it was dropped. */
  readonly part: number | null;
  readonly state: ExportItemState;
  /** No other batch may take the photo. */
  readonly open: boolean;
  readonly outcomeAt: Date | null;
  readonly reasonSealed: Uint8Array | null;
};

/** An approved photo that a selection finds, with the reasons it might not go along. */
export type ExportCandidate = {
  readonly orderId: string;
  readonly orderNo: string;
  readonly photoId: string;
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly erased: boolean;
  readonly inBatch: boolean;
  readonly withdrawing: boolean;
  readonly gatewayNumberHash: string;
  readonly nameSealed: Uint8Array;
  readonly idNumberSealed: Uint8Array;
  readonly idNumberHash: string;
  readonly maskedName: string;
  readonly level: string | null;
  readonly major: string | null;
  readonly rosterSealed: Uint8Array | null;
};

export type ExportFile = {
  readonly exportId: string;
  readonly name: string;
  readonly place: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly photos: number;
  /** Its time was over. */
  readonly gone: boolean;
};

export type ExportChunk = {
  readonly exportId: string;
  readonly name: string;
  readonly position: number;
  readonly sha256: string;
  readonly bytes: number;
};

export type ExportAct = {
  readonly exportId: string;
  readonly at: Date;
  /** Null: the server. */
  readonly staffId: string | null;
  readonly act: (typeof EXPORT_ACTS)[number];
  readonly count: number;
  /** A reason or the name of a file; nothing about a person. */
  readonly note: string;
};

export type ExportReceipt = {
  readonly id: string;
  readonly exportId: string;
  readonly fileSha256: string;
  /** When 学信网 gave it out: of two about one photo the newer counts. */
  readonly receivedAt: Date;
  /** Null: the portal's interface. */
  readonly importedBy: string | null;
  readonly importedAt: Date;
};

/** What a receipt changes about the item of that position. */
export type ReceiptRow = {
  readonly receiptId: string;
  readonly position: number;
  readonly accepted: boolean;
  readonly reasonSealed: Uint8Array;
  readonly applied: boolean;
};

export type ItemPatch = Partial<
  Pick<ExportItem, 'part' | 'state' | 'open' | 'outcomeAt' | 'reasonSealed'>
>;

export type ImageCheckRecord = {
  readonly orderId: string;
  readonly publishedAt: Date;
  readonly remindAt: Date;
  readonly remindedAt: Date | null;
  readonly answer: 'confirmed' | 'differs' | null;
  readonly noteSealed: Uint8Array | null;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
};

export type PublishingRepository = {
  /** By order number; so many at most. */
  candidates(filter: ExportFilter, limit: number): Promise<ExportCandidate[]>;
  /** Approved photos that are in no open batch. */
  countUnexported(): Promise<number>;
  settingsOf(schoolId: string): Promise<ExportSettings | undefined>;
  saveSettings(schoolId: string, settings: ExportSettings): Promise<void>;

  insert(batch: ExportRecord): Promise<void>;
  find(id: string): Promise<ExportView | undefined>;
  /** Held until the transaction ends. */
  lock(id: string): Promise<ExportRecord | undefined>;
  /** The newest first. */
  list(offset: number, limit: number): Promise<ExportView[]>;
  count(state?: ExportState): Promise<number>;
  update(id: string, patch: Partial<Omit<ExportRecord, 'id' | keyof ExportFilter>>): Promise<void>;
  /** Batches with work to be done by a job. */
  unfinished(limit: number): Promise<string[]>;

  /** How many were taken: photos that another open batch has are not. */
  insertItems(items: readonly ExportItem[]): Promise<number>;
  /** In their order, after a position; of all archives, or of one. */
  items(
    exportId: string,
    after: number,
    limit: number,
    states?: readonly ExportItemState[],
    part?: number,
  ): Promise<ExportItem[]>;
  shownItems(
    exportId: string,
    state: ExportItemState | undefined,
    offset: number,
    limit: number,
  ): Promise<(ExportItem & { readonly orderNo: string; readonly maskedName: string })[]>;
  itemCounts(
    exportIds: readonly string[],
  ): Promise<
    { readonly exportId: string; readonly state: ExportItemState; readonly count: number }[]
  >;
  findItem(exportId: string, position: number): Promise<ExportItem | undefined>;
  updateItem(exportId: string, position: number, patch: ItemPatch): Promise<void>;
  /** Frees what waits, in one go. */
  giveUpWaiting(exportId: string): Promise<void>;
  /** Number of the open batch that has the photo. */
  openBatchOf(photoId: string): Promise<number | undefined>;

  files(exportId: string): Promise<ExportFile[]>;
  saveFile(file: ExportFile): Promise<void>;
  chunks(exportId: string, name: string): Promise<ExportChunk[]>;
  addChunk(chunk: ExportChunk): Promise<void>;
  /** Of one file, or of all. */
  dropChunks(exportId: string, name?: string): Promise<void>;
  /** The files of these batches are over their time. */
  expired(now: Date, limit: number): Promise<string[]>;

  addAct(act: ExportAct): Promise<void>;
  /** The newest first. */
  acts(exportId: string, limit: number): Promise<(ExportAct & { readonly name: string | null })[]>;

  findReceipt(exportId: string, fileSha256: string): Promise<ExportReceipt | undefined>;
  insertReceipt(receipt: ExportReceipt, rows: readonly ReceiptRow[]): Promise<void>;
  receipts(exportId: string): Promise<
    (ExportReceipt & {
      readonly name: string | null;
      readonly rows: number;
      readonly applied: number;
    })[]
  >;
  /** Rows not carried out yet, of the batch's receipts, the oldest receipt first. */
  openRows(
    exportId: string,
    limit: number,
  ): Promise<(ReceiptRow & { readonly receivedAt: Date })[]>;
  markApplied(receiptId: string, position: number): Promise<void>;
  /** Batches with rows of receipts that are not carried out. */
  unapplied(limit: number): Promise<string[]>;
};

export type ImageCheckRepository = {
  find(orderId: string): Promise<ImageCheckRecord | undefined>;
  save(check: ImageCheckRecord): Promise<void>;
  drop(orderId: string): Promise<void>;
  /** Orders whose graduates are to be told now, the longest due first. */
  due(now: Date, limit: number): Promise<string[]>;
};

export type PublishingRows = { readonly publishing: PublishingRepository };
export type ImageCheckRows = { readonly imageChecks: ImageCheckRepository };
