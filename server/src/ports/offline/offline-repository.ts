import type { OfflinePayer } from '@gradshot/domain';
import type { RosterEntry } from '../rosters/roster-repository.ts';

/** 离线采集 of a batch that has it switched on. */
export type OfflineBatchRecord = { readonly batchId: string; readonly payer: OfflinePayer };

/** A visit that was begun without the server, and that it has confirmed. */
export type OfflineVisitRecord = {
  /** Chosen by the station. */
  readonly id: string;
  readonly stationId: string;
  readonly entryId: string;
  readonly orderId: string;
  readonly confirmedAt: Date;
};

/** That a station was given the roster, from its first page on. */
export type OfflineReadRecord = {
  readonly stationId: string;
  readonly at: Date;
  readonly version: string;
};

export type OfflineRepository = {
  payerOf(batchId: string): Promise<OfflinePayer | undefined>;
  /** Null: switched off. */
  savePayer(batchId: string, payer: OfflinePayer | null): Promise<void>;
  /** Of these batches the ones that have it switched on, in the order of their ids. */
  payersOf(batchIds: readonly string[]): Promise<OfflineBatchRecord[]>;
  /** Number of the last import into any of these rosters; 0 before the first. */
  lastImport(batchIds: readonly string[]): Promise<number>;
  /** People of these batches after an entry, in the order of their ids. */
  page(
    batchIds: readonly string[],
    after: string | undefined,
    limit: number,
  ): Promise<
    Pick<
      RosterEntry,
      | 'id'
      | 'batchId'
      | 'idNumberHash'
      | 'sealed'
      | 'maskedName'
      | 'maskedIdNumber'
      | 'college'
      | 'className'
    >[]
  >;
  addRead(read: OfflineReadRecord): Promise<void>;
  findVisit(id: string): Promise<OfflineVisitRecord | undefined>;
  /** False where there is one of that id. */
  insertVisit(visit: OfflineVisitRecord): Promise<boolean>;
};

export type OfflineRows = { readonly offline: OfflineRepository };
