import type { IdentityBands, RosterProgress } from '@gradshot/contract';
import type { OrderState } from '@gradshot/domain';
import type { IdentityAdvice } from '../standardization/standardizer.ts';

export type RosterEntry = {
  readonly id: string;
  readonly batchId: string;
  readonly idNumberHash: string;
  readonly studentNumberHash: string;
  /** Null: the roster names no 考生号. */
  readonly examineeNumberHash: string | null;
  readonly contentHash: string;
  readonly sealed: Uint8Array;
  readonly maskedName: string;
  readonly maskedIdNumber: string;
  readonly college: string | null;
  readonly className: string | null;
  /** Row in the school's file. */
  readonly position: number;
  readonly importedBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};
export type KnownRosterEntry = Pick<
  RosterEntry,
  'id' | 'idNumberHash' | 'studentNumberHash' | 'examineeNumberHash' | 'sealed'
>;

/** The reference photo of one person. */
export type RosterPhoto = {
  readonly entryId: string;
  readonly sha256: string;
  readonly type: string;
  readonly bytes: number;
  readonly addedBy: string;
  readonly addedAt: Date;
};

export type RosterAct = {
  readonly batchId: string;
  readonly at: Date;
  readonly staffId: string;
  readonly act:
    | 'importRoster'
    | 'importPhotos'
    | 'exportUndone'
    | 'setIdentityBands'
    | 'setOfflineCollection'
    | 'undoImport'
    | 'removePeople'
    | 'movePeople'
    | 'exportBadRows';
  readonly count: number;
};

/** That staff at a station searched; not what for. */
export type RosterSearch = {
  readonly stationId: string;
  readonly at: Date;
  readonly searchedBy: 'number' | 'name' | 'class';
  readonly found: number;
};

/** How often staff of a station searched on a day, and how many people they were shown. */
export type SearchDay = {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly searchedBy: RosterSearch['searchedBy'];
  readonly searches: number;
  readonly found: number;
};

/** Whom a search is for: everybody of a number, or everybody whose name may begin so. */
export type RosterWish =
  | { readonly studentNumberHash: string; readonly examineeNumberHash: string }
  /** Names lie sealed; their masks tell this much. */
  | { readonly firstCharacter: string };

export type SearchedEntry = Pick<
  RosterEntry,
  'id' | 'idNumberHash' | 'sealed' | 'maskedName' | 'college' | 'className'
>;

/** A person of a roster with the order that the person has in its batch. */
export type RosterStanding = Pick<
  RosterEntry,
  'id' | 'idNumberHash' | 'sealed' | 'maskedName' | 'maskedIdNumber' | 'college' | 'className'
> & {
  readonly orderId: string | null;
  readonly orderState: OrderState | null;
  readonly hasPhoto: boolean;
};

/** Empty where the roster names none. */
export type ClassName = { readonly college: string; readonly className: string };

export type RosterFilter = {
  readonly batchId: string;
  readonly className?: string | undefined;
  /** Those of this class alone. */
  readonly exactly?: ClassName;
  /** All steps when absent. */
  readonly progress?: readonly RosterProgress[] | undefined;
};

/** What a batch's roster says about the person of an order. */
export type RosterMatch = Pick<
  RosterEntry,
  'id' | 'batchId' | 'idNumberHash' | 'sealed' | 'college' | 'className'
> & {
  /** Address of the reference photo. */
  readonly photoSha256: string | null;
};

/** A finished comparison: what was found, or why nothing could be. */
export type ComparisonRecord = {
  readonly photoId: string;
  readonly referenceSha256: string;
  readonly comparison: IdentityAdvice | null;
  readonly failure: string | null;
  readonly at: Date;
};

/** What the rest of the server asks of rosters. */
export type RosterLookup = {
  /** The person of an order in the roster of its batch. */
  match(orderId: string): Promise<RosterMatch | undefined>;
  /** Which of these batches names the person; the first one. */
  batchNaming(idNumberHash: string, batchIds: readonly string[]): Promise<string | undefined>;
  findComparison(photoId: string, referenceSha256: string): Promise<ComparisonRecord | undefined>;
};

export type RosterRepository = RosterLookup & {
  /** Holds the batch: two imports into it never run at the same time. */
  lockBatch(batchId: string): Promise<void>;
  known(batchId: string): Promise<KnownRosterEntry[]>;
  /** Those of the batch that have one of these numbers. */
  knownAmong(
    batchId: string,
    numbers: {
      readonly idNumberHashes: readonly string[];
      readonly studentNumberHashes: readonly string[];
    },
  ): Promise<RosterEntry[]>;
  /** Of these entries, those that are in the batch. */
  entriesOf(batchId: string, ids: readonly string[]): Promise<RosterEntry[]>;
  /** Of these people, those with a live order in the batch. */
  withOrders(batchId: string, idNumberHashes: readonly string[]): Promise<string[]>;
  remove(ids: readonly string[]): Promise<void>;
  move(ids: readonly string[], batchId: string, at: Date): Promise<void>;
  /** Inserts, or replaces those of the same id. */
  save(entries: readonly RosterEntry[]): Promise<void>;
  photosOf(batchId: string): Promise<RosterPhoto[]>;
  /** Inserts, or replaces those of the same people. */
  savePhotos(photos: readonly RosterPhoto[]): Promise<void>;
  addAct(act: RosterAct): Promise<void>;
  addSearch(search: RosterSearch): Promise<void>;
  /** Of a station that are kept, by day in Beijing, the latest first. */
  searchDays(stationId: string): Promise<SearchDay[]>;
  deleteSearches(before: Date): Promise<void>;
  /** Of these batches, in the order of their files. */
  search(batchIds: readonly string[], wish: RosterWish): Promise<SearchedEntry[]>;
  /** The person of an entry, if it is of that school. */
  personAt(
    entryId: string,
    schoolId: string,
  ): Promise<Pick<RosterEntry, 'idNumberHash'> | undefined>;
  /** The newest first. */
  acts(batchId: string, limit: number): Promise<(RosterAct & { readonly name: string })[]>;

  people(filter: RosterFilter, offset: number, limit: number): Promise<RosterStanding[]>;
  /** Steps that nobody stands at are left out. */
  counts(
    filter: Pick<RosterFilter, 'batchId' | 'className'>,
  ): Promise<{ progress: RosterProgress; count: number; photos: number }[]>;
  classes(batchId: string): Promise<string[]>;
  /** With how many people, by name. */
  classSizes(batchId: string, limit: number): Promise<(ClassName & { readonly people: number })[]>;
  /** Another one of the same two photos is replaced. */
  saveComparison(comparison: ComparisonRecord): Promise<void>;
  identityBands(batchId: string): Promise<IdentityBands | undefined>;
  /** Null: none of its own. */
  saveIdentityBands(batchId: string, bands: IdentityBands | null): Promise<void>;
  /** Forgets what was found about photos of the batch that wait for a reviewer. */
  forgetOpenComparisons(batchId: string): Promise<void>;
  /** Photos under review with a reference photo that they were not compared with. */
  uncompared(limit: number): Promise<string[]>;
  /** Forgets reference photos of batches that closed before; their objects are swept later. */
  forgetPhotos(closedBefore: Date): Promise<number>;
};

export type RosterLookupRows = { readonly rosters: RosterLookup };
export type RosterRows = { readonly rosters: RosterRepository };
