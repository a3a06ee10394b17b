import type { ObjectStore } from '@gradshot/storage';
import type { Clock } from '../ground/clock.ts';
import { type Database, openDatabase } from './database.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { createOrderTable, type OrderTable } from './order-table.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPhotoTable, type PhotoTable } from './photo-table.ts';
import { createPictureVault, type PictureVault } from './picture-vault.ts';
import { createSettings, type Settings } from './settings.ts';

export type Store = {
  readonly database: Database;
  readonly settings: Settings;
  readonly events: EventLog;
  readonly orders: OrderTable;
  readonly photos: PhotoTable;
  readonly outbox: Outbox;
  readonly vault: PictureVault;
};

export type StoreOptions = {
  readonly dataDir: string;
  readonly key: Uint8Array;
  readonly clock: Clock;
  readonly wrapPictures?: (store: ObjectStore) => ObjectStore;
};

/** Everything durable of the station, ready for work; throws `StationStartError`. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { dataDir, key, clock } = options;
  const database = await openDatabase(dataDir);
  try {
    const settings = createSettings(database, key);
    const wrap = options.wrapPictures;
    const vault = createPictureVault({ dataDir, key, database, ...(wrap ? { wrap } : {}) });
    await vault.sweep();
    return {
      database,
      settings,
      vault,
      events: createEventLog(database, clock),
      orders: createOrderTable(database, key),
      photos: createPhotoTable(database, key, clock),
      outbox: createOutbox(database, clock),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Waits for pictures that are being written. */
export async function closeStore({ vault, database }: Store): Promise<void> {
  await vault.exclusively(async () => undefined);
  database.close();
}
