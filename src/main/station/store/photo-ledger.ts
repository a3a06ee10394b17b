import type { LabelledPhoto } from '@gradshot/contract';
import {
  fail,
  mayGoOn,
  type OnSiteRecord,
  ok,
  type Result,
  type StandardizationReport,
} from '@gradshot/domain';
import { sha256Hex, sha256InTurns } from '@gradshot/storage';
import { type Clock, timestamp } from '../ground/clock.ts';
import { pictureType } from '../session/picture-type.ts';
import { isAccepted, type LocalPhoto, type NewShot, type PhotoLedger } from '../session/ports.ts';
import type { Database } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { OfflineVisitTable } from './offline-visit-table.ts';
import type { OrderTable } from './order-table.ts';
import type { Outbox } from './outbox.ts';
import { labelledObject, originalLabel, standardLabel } from './photo-label.ts';
import type { NewPhotoRow, PhotoRow, PhotoTable } from './photo-table.ts';
import type { PictureVault } from './picture-vault.ts';
import { storing } from './store-failure.ts';

export type LedgerParts = {
  readonly database: Database;
  readonly vault: PictureVault;
  readonly orders: OrderTable;
  readonly photos: PhotoTable;
  readonly outbox: Outbox;
  readonly offlineVisits: OfflineVisitTable;
  readonly events: EventLog;
  readonly clock: Clock;
  /** Answers when what was committed is on the disk. */
  readonly settled: () => Promise<Result<null>>;
  readonly diskReserveBytes: number;
  /** There is something to deliver. */
  readonly onQueued: () => void;
  /** A photo was handed in: the database's main file should soon hold it. */
  readonly onHandedIn: () => void;
};

/**
 * Shots as durable facts. Order of every write: the picture's file is durable first, with a label
 * that says how far the photo is; then one transaction names it, together with the outbox row that
 * delivers it, and whoever asked is answered when that is on the disk. After a crash in between, or where
 * the database is lost, the label is what counts.
 */
export function createPhotoLedger(parts: LedgerParts): PhotoLedger {
  const { vault, photos, outbox } = parts;
  const alone = <T>(work: (parts: LedgerParts) => Promise<Result<T>>) =>
    storing(async () => {
      let queued = false;
      const onQueued = () => {
        queued = true;
      };
      try {
        const done = await vault.exclusively(() => work({ ...parts, onQueued }));
        const settled = done.ok ? await parts.settled() : done;
        return settled.ok ? done : settled;
      } finally {
        // Nothing leaves, and no word of the server comes back, before the answer is due.
        if (queued) parts.onQueued();
      }
    });
  return {
    current: (orderId) => localPhoto(photos.newest(orderId)),
    isOwn: (photoId) => photos.find(photoId) !== undefined,
    keepShot: (shot) => alone((inner) => keepShot(inner, shot)),
    original: (photoId) => readPicture(parts, photoId, 'original'),
    keepStandard: (photoId, report, jpeg) =>
      alone((inner) => keepStandard(inner, photoId, report, jpeg)),
    recordOnSite: (photoId, record) => alone((inner) => recordOnSite(inner, photoId, record)),
    handIn: (photoId) => alone((inner) => handIn(inner, photoId)),
    replace: (photoId) => alone((inner) => replace(inner, photoId)),
    delivery: (photoId) => outbox.delivery(photoId),
  };
}

/** The plain bytes of a picture that lies here. */
export async function readPicture(
  { vault, photos }: Pick<LedgerParts, 'vault' | 'photos'>,
  photoId: string,
  kind: 'original' | 'standard',
): Promise<Result<Uint8Array>> {
  const row = photos.find(photoId);
  const sha256 = kind === 'original' ? row?.originalSha256 : row?.standardSha256;
  if (!row || !sha256 || row.picturesDeleted) return fail('photo.notFound');
  try {
    const picture = await vault.read(sha256);
    return picture ? ok(picture) : fail('photo.notFound');
  } catch {
    // It was opened with the right key for its neighbours, so the file itself is damaged.
    return fail('photo.unreadable');
  }
}

async function keepShot(parts: LedgerParts, shot: NewShot): Promise<Result<null>> {
  const { vault, photos } = parts;
  // Committed by a try that the disk did not take: it is asked of the disk once more.
  if (photos.find(shot.shot.photoId)) return ok(null);
  const originalType = pictureType(shot.picture);
  if (!originalType) return fail('photo.notAnImage');
  const needed = shot.picture.byteLength + parts.diskReserveBytes;
  if ((await vault.freeBytes()) < needed) return fail('station.diskFull');
  const { orderId, orderNo, profileId } = shot.order;
  const originalSha256 = await sha256InTurns(shot.picture);
  const sequence = photos.nextSequence();
  const row = { orderId, sequence, shot: shot.shot, originalSha256, originalType };
  const at = timestamp(parts.clock);
  const offline = parts.offlineVisits.find(orderId)?.visit;
  const label = originalLabel(row, { step: 'kept', at, orderNo, profileId, offline });
  return storedAs(parts, shot.picture, label, () => recordShot(parts, shot, row));
}

/**
 * Stores the picture, then records it. Where that fails nobody is told that the photo is safe, and
 * the picture must not come back as if it were.
 */
async function storedAs<T>(
  { vault }: LedgerParts,
  picture: Uint8Array,
  label: LabelledPhoto,
  record: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const sha256 = await vault.put(picture, label);
  try {
    return await record();
  } catch (error) {
    await vault.dropUnused([sha256]);
    throw error;
  }
}

async function recordShot(
  parts: LedgerParts,
  { order, student }: NewShot,
  row: NewPhotoRow,
): Promise<Result<null>> {
  const { database, vault, orders, photos } = parts;
  const dropped = database.transaction(() => {
    orders.remember({ ...order, state: orders.serverState(order.orderId) ?? order.state }, student);
    const replaced = replaceEarlier(parts, order.orderId);
    photos.insert(row);
    return replaced;
  })();
  await vault.dropUnused(dropped);
  return ok(null);
}

type ReplacingParts = Pick<LedgerParts, 'photos' | 'outbox' | 'events'>;

/** A new shot takes the place of every earlier one of the order; inside its transaction. */
export function replaceEarlier(parts: ReplacingParts, orderId: string): readonly string[] {
  const earlier = parts.photos.newest(orderId);
  if (!earlier) return [];
  return [...giveUp(parts, earlier), ...replaceEarlier(parts, orderId)];
}

/** Marks a photo replaced; returns the pictures that may now be deleted. */
export function giveUp(parts: ReplacingParts, photo: PhotoRow): readonly string[] {
  const { photoId } = photo.shot;
  const mayBeThere = parts.outbox.callOff(photoId);
  // What was handed in is the server's to judge; only a photo short of that is taken back.
  if (mayBeThere && photo.step !== 'arrived') parts.outbox.add('takeBack', photo.orderId, photoId);
  parts.photos.setStep(photoId, 'replaced');
  parts.photos.picturesDeleted(photoId);
  parts.events.record('photo.replaced', { photoId });
  return [photo.originalSha256, photo.standardSha256].filter((sha256) => sha256 !== undefined);
}

async function replace(parts: LedgerParts, photoId: string): Promise<Result<null>> {
  const photo = parts.photos.find(photoId);
  if (!photo) return fail('photo.notFound');
  if (photo.step === 'replaced') return ok(null);
  const dropped = parts.database.transaction(() => giveUp(parts, photo))();
  await parts.vault.dropUnused(dropped);
  parts.onQueued();
  return ok(null);
}

async function keepStandard(
  parts: LedgerParts,
  photoId: string,
  report: StandardizationReport,
  jpeg: Uint8Array | undefined,
): Promise<Result<LocalPhoto>> {
  const photo = parts.photos.find(photoId);
  if (photo?.step !== 'kept') return fail('photo.notFound');
  if (!jpeg) return recordStandard(parts, photo, report, undefined);
  const standardSha256 = sha256Hex(jpeg);
  const facts = { step: 'judged', ...labelFacts(parts, photo, report) } as const;
  const label = standardLabel(photo, { standardSha256, report }, facts);
  return storedAs(parts, jpeg, label, async () =>
    recordStandard(parts, photo, report, standardSha256),
  );
}

function labelFacts(
  { orders, offlineVisits, clock }: MarkingParts,
  { orderId }: PhotoRow,
  { profile }: StandardizationReport,
) {
  const orderNo = orders.orderNo(orderId) ?? orderId;
  const offline = offlineVisits.find(orderId)?.visit;
  return { at: timestamp(clock), orderNo, profileId: profile.id, offline };
}

function recordStandard(
  parts: LedgerParts,
  { shot: { photoId }, orderId }: PhotoRow,
  report: StandardizationReport,
  standardSha256: string | undefined,
): Result<LocalPhoto> {
  const { database, photos } = parts;
  const accepted = report.accepted && standardSha256 !== undefined;
  database.transaction(() => {
    photos.judge(photoId, accepted, report, standardSha256);
    if (accepted) deliverAhead(parts, orderId, photoId);
  })();
  if (accepted) parts.onQueued();
  const kept = localPhoto(photos.find(photoId));
  return kept ? ok(kept) : fail('photo.notFound');
}

/** Before 提交 already; of what was taken offline nothing leaves before the graduate hands it in. */
function deliverAhead({ outbox, offlineVisits }: LedgerParts, orderId: string, photoId: string) {
  if (!offlineVisits.find(orderId)) outbox.add('deliver', orderId, photoId);
}

/** The label first, as always: what staff said must not be lost with the database. */
async function recordOnSite(
  parts: LedgerParts,
  photoId: string,
  record: OnSiteRecord | undefined,
): Promise<Result<LocalPhoto>> {
  const photo = parts.photos.find(photoId);
  if (photo?.step !== 'judged' || !photo.report || !photo.standardSha256)
    return fail('photo.notFound');
  await markStep(parts, { ...photo, onSite: record }, 'judged');
  const released = !photo.accepted && mayGoOn(photo.report, record?.release);
  parts.database.transaction(() => {
    parts.photos.recordOnSite(photoId, record);
    if (released) release(parts, photo);
  })();
  if (released) parts.onQueued();
  const recorded = localPhoto(parts.photos.find(photoId));
  return recorded ? ok(recorded) : fail('photo.notFound');
}

/** From here on it is like one that the machine accepted; inside the transaction that says why. */
function release(parts: LedgerParts, { orderId, shot: { photoId } }: PhotoRow): void {
  parts.photos.accept(photoId);
  parts.events.record('photo.released', { photoId });
  deliverAhead(parts, orderId, photoId);
}

async function handIn(parts: LedgerParts, photoId: string): Promise<Result<null>> {
  const { database, photos, outbox } = parts;
  const photo = photos.find(photoId);
  if (photo?.step === 'handedIn' || photo?.step === 'arrived') return ok(null);
  if (!photo || !isAccepted(photo)) return fail('photo.notFound');
  await markStep(parts, photo, 'handedIn');
  database.transaction(() => {
    photos.setStep(photoId, 'handedIn');
    outbox.ensure('deliver', photo.orderId, photoId);
    outbox.add('handIn', photo.orderId, photoId);
  })();
  parts.onHandedIn();
  parts.onQueued();
  return ok(null);
}

export type MarkingParts = Pick<LedgerParts, 'vault' | 'orders' | 'offlineVisits' | 'clock'>;

/** Writes the step into the label that the photo's standard picture carries. */
export async function markStep(
  parts: MarkingParts,
  photo: PhotoRow,
  step: 'judged' | 'handedIn' | 'arrived',
): Promise<void> {
  const { standardSha256, report, onSite } = photo;
  if (!standardSha256 || !report) return;
  const facts = { step, ...labelFacts(parts, photo, report) };
  const label = standardLabel(photo, { standardSha256, report, onSite }, facts);
  await parts.vault.mark(labelledObject(photo), label);
}

export function localPhoto(row: PhotoRow | undefined): LocalPhoto | undefined {
  if (!row) return undefined;
  const { step, accepted, shot, report, onSite } = row;
  const hasStandard = row.standardSha256 !== undefined;
  return {
    ...{ step, shot, hasStandard },
    ...(accepted === undefined ? {} : { accepted }),
    ...(report ? { report } : {}),
    ...(onSite ? { onSite } : {}),
  };
}
