import { join } from 'node:path';
import { stationKeyContext } from '@gradshot/contract';
import { type ObjectStore, sealToKey } from '@gradshot/storage';
import type { StationOptions } from '../api.ts';
import type { Clock } from '../ground/clock.ts';
import { timestamp } from '../ground/clock.ts';
import { DATABASE_FILE, type Database } from './database.ts';
import { listCopies } from './database-copies.ts';
import { createDayBook, type DayBook } from './day-book.ts';
import { type DurableLog, type OpenLogFile, openDurableLog } from './durable-log.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { type FoundIdentity, keepIdentity, readIdentity } from './identity-file.ts';
import { createOfflineRosterTable, type OfflineRosterTable } from './offline-roster-table.ts';
import { createOfflineVisitTable, type OfflineVisitTable } from './offline-visit-table.ts';
import { createOrderTable, type OrderTable } from './order-table.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { type Repaired, repairPhotos } from './photo-repair.ts';
import { createPhotoTable, type PhotoTable } from './photo-table.ts';
import { createPictureVault, openPictureObjects, type PictureVault } from './picture-vault.ts';
import { createQuarantine, type Quarantine } from './quarantine.ts';
import { createQueueTable, type QueueTable } from './queue-table.ts';
import { type Safekeeping, startSafekeeping } from './safekeeping.ts';
import { createSettings, lookAtSettings, type Recovery, type Settings } from './settings.ts';
import { type DatabaseLoss, openSoundDatabase } from './sound-database.ts';
import { startFailure } from './start-failure.ts';
import { type KeyEvidence, keyMismatch, lookForKey } from './station-key.ts';
import { unlessFull } from './store-failure.ts';
import { createUpkeep, type Upkeep } from './upkeep.ts';

export type Store = {
  readonly database: Database;
  readonly settings: Settings;
  readonly events: EventLog;
  readonly orders: OrderTable;
  readonly photos: PhotoTable;
  readonly outbox: Outbox;
  readonly vault: PictureVault;
  readonly quarantine: Quarantine;
  readonly queue: QueueTable;
  readonly offlineRoster: OfflineRosterTable;
  readonly offlineVisits: OfflineVisitTable;
  readonly dayBook: DayBook;
  readonly safekeeping: Safekeeping;
  readonly durableLog: DurableLog;
  /** As `DurableLog.settled`. */
  readonly settled: DurableLog['settled'];
  readonly upkeep: Upkeep;
  /** The key that seals everything here, sealed in turn for the holder of another key. */
  sealedKey(publicKey: Uint8Array): Buffer;
  /** To be called when the enrolment or the PIN has changed. Rejects when the disk is full. */
  keepIdentity(): Promise<void>;
};

export type StoreOptions = {
  readonly dataDir: string;
  readonly key: Uint8Array;
  readonly clock: Clock;
  readonly log: StationOptions['log'];
  readonly wrapPictures?: (store: ObjectStore) => ObjectStore;
  readonly openLogFile?: OpenLogFile;
};

/**
 * Everything durable of the station, ready for work, with whatever damage was found put right;
 * throws `StationStartError`. Nothing is changed before it is known that the key is the right one.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  try {
    return await open(options);
  } catch (error) {
    const failure = startFailure(error) ?? error;
    options.log('error', 'The store cannot be opened', { error: String(failure) });
    throw failure;
  }
}

async function open(options: StoreOptions): Promise<Store> {
  const { dataDir, key, log } = options;
  const objects = await openPictureObjects(dataDir, key);
  const addresses = await objects.list();
  const identity = await readIdentity(dataDir, key);
  const evidence = await lookForKey(identity, objects, addresses);
  const hasCopies = (await listCopies(dataDir)).length > 0;
  const { database, loss } = await openSoundDatabase({
    dataDir,
    hasTraces: evidence !== 'none' || hasCopies,
    assertKey: () => {
      if (evidence === 'wrong') throw keyMismatch();
    },
  });
  if (loss) log('error', 'The database was lost and replaced', loss);
  const upkeep = createUpkeep(join(dataDir, DATABASE_FILE));
  const durableLog = await openDurableLog({
    ...{ database, checkpoint: upkeep.checkpoint, log },
    ...(options.openLogFile ? { openLogFile: options.openLogFile } : {}),
  });
  try {
    const store = tables(options, { database, objects, durableLog, upkeep });
    const healed = healSettings(store, { key, identity, evidence });
    if (healed.length > 0) log('error', 'Damaged settings were replaced', { names: healed });
    const repaired = await repairPhotos(store);
    tell(options, repaired);
    // A copy of yesterday may know a tablet that was unpaired since.
    if (loss) unlessFull(log, () => store.settings.remove('pairedTablets'));
    unlessFull(log, () => remember(store, options.clock, { loss, healed, repaired }));
    await store.keepIdentity().catch((error: Error) => {
      log('error', 'The identity could not be kept', { error: error.message });
    });
    await durableLog.settled();
    return { ...store, safekeeping: startSafekeeping({ ...options, upkeep }) };
  } catch (error) {
    await closeDatabase({ database, durableLog, upkeep });
    throw error;
  }
}

type Tables = Omit<Store, 'safekeeping'>;

type Opened = Pick<Store, 'database' | 'durableLog' | 'upkeep'> & { readonly objects: ObjectStore };

function tables(options: StoreOptions, opened: Opened): Tables {
  const { objects, ...ground } = opened;
  const { database, durableLog } = ground;
  const { settled } = durableLog;
  const { dataDir, key, clock, log, wrapPictures } = options;
  const settings = createSettings(database, key);
  return {
    ...ground,
    settled,
    settings,
    events: createEventLog(database, clock, log),
    orders: createOrderTable(database, key),
    photos: createPhotoTable(database, key, clock),
    outbox: createOutbox(database, clock),
    dayBook: createDayBook(database),
    vault: createPictureVault({
      ...{ dataDir, database, settled },
      objects: wrapPictures ? wrapPictures(objects) : objects,
    }),
    quarantine: createQuarantine(database, clock),
    queue: createQueueTable(database, key),
    offlineRoster: createOfflineRosterTable(database, key),
    offlineVisits: createOfflineVisitTable(database, key, clock),
    sealedKey: (publicKey) =>
      sealToKey(publicKey, key, stationKeyContext(settings.installationId())),
    keepIdentity: () => keepIdentity(dataDir, key, settings),
  };
}

type KeyLook = {
  readonly key: Uint8Array;
  readonly identity: FoundIdentity;
  readonly evidence: KeyEvidence;
};

/**
 * Values that the right key does not open are damaged: they come back from the identity file, or are
 * told by the server again. Returns their names; throws `station.keyMismatch` when the key is wrong.
 */
function healSettings({ database, settings }: Tables, look: KeyLook): readonly string[] {
  const { opened, closed } = lookAtSettings(database, look.key);
  const isRight = opened > 0 || look.evidence === 'right';
  if (!isRight && (closed.length > 0 || look.evidence === 'wrong')) throw keyMismatch();
  database.transaction(() => {
    for (const name of closed) settings.remove(name);
    if (typeof look.identity !== 'object') return;
    const { installationId, enrolment, pin } = look.identity;
    if (!settings.get('installationId')) settings.set('installationId', installationId);
    if (enrolment && !settings.get('enrolment')) settings.set('enrolment', enrolment);
    if (pin && !settings.get('pin')) settings.set('pin', pin);
  })();
  // Chosen at the first start, kept for good.
  settings.installationId();
  return closed;
}

function tell({ log }: StoreOptions, { rebuilt, corrected, quarantined, removed }: Repaired): void {
  if (rebuilt + corrected > 0)
    log('warn', 'Photos were put back from their pictures', { rebuilt, corrected });
  if (quarantined > 0)
    log('warn', 'Pictures that nothing explains are in quarantine', { quarantined });
  if (removed > 0) log('info', 'Leftover pictures were deleted', { removed });
}

type Findings = {
  readonly loss: DatabaseLoss | undefined;
  readonly healed: readonly string[];
  readonly repaired: Repaired;
};

/** Staff are shown it until they say that they have seen it; a crash alone is nothing to tell. */
function remember({ settings, events }: Tables, clock: Clock, findings: Findings): void {
  const { loss, healed, repaired } = findings;
  const trouble = loss?.trouble ?? (healed.length > 0 ? 'settingsDamaged' : undefined);
  const { rebuilt, corrected } = repaired;
  if (!trouble && rebuilt === 0) return;
  const recovery: Recovery = {
    at: timestamp(clock),
    trouble: trouble ?? 'rowsBehind',
    ...(loss?.restoredFrom ? { restoredFrom: loss.restoredFrom } : {}),
    ...{ rebuilt, corrected },
  };
  settings.set('recovery', recovery);
  events.record('store.recovered', recovery);
}

/** Waits for pictures that are being written. */
export async function closeStore(store: Store): Promise<void> {
  await store.safekeeping.stop();
  await store.vault.exclusively(async () => undefined);
  await closeDatabase(store);
}

/** Last the connection that brings what is left of the log into the file, and waits for the disk. */
async function closeDatabase(
  store: Pick<Store, 'database' | 'durableLog' | 'upkeep'>,
): Promise<void> {
  await store.upkeep.close();
  await store.durableLog.close();
  store.database.close();
}
