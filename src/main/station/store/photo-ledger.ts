import { fail, ok, type Result } from '@gradshot/domain';
import { pictureType } from '../session/picture-type.ts';
import type { LocalPhoto, NewShot, PhotoLedger } from '../session/ports.ts';
import type { Database } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { OrderTable } from './order-table.ts';
import type { Outbox } from './outbox.ts';
import type { PhotoRow, PhotoTable } from './photo-table.ts';
import type { PictureVault } from './picture-vault.ts';
import { storing } from './store-failure.ts';

export type LedgerParts = {
  readonly database: Database;
  readonly vault: PictureVault;
  readonly orders: OrderTable;
  readonly photos: PhotoTable;
  readonly outbox: Outbox;
  readonly events: EventLog;
  readonly diskReserveBytes: number;
  /** There is something to deliver. */
  readonly onQueued: () => void;
};

/**
 * Shots as durable facts. Order of every write: the picture's file is durable first, then one
 * transaction names it, together with the outbox row that delivers it. A crash in between leaves a
 * file that nobody refers to, and the sweep at the next start removes it.
 */
export function createPhotoLedger(parts: LedgerParts): PhotoLedger {
  const { vault, photos, outbox } = parts;
  return {
    current: (orderId) => localPhoto(photos.newest(orderId)),
    isOwn: (photoId) => photos.find(photoId) !== undefined,
    keepShot: (shot) => storing(() => vault.exclusively(() => keepShot(parts, shot))),
    original: (photoId) => readPicture(parts, photoId, 'original'),
    keepStandard: (photoId, report, jpeg) =>
      storing(() =>
        vault.exclusively(async () => {
          const sha256 = jpeg && (await vault.put(jpeg));
          return recordStandard(parts, photoId, report, sha256);
        }),
      ),
    handIn: (photoId) => storing(async () => handIn(parts, photoId)),
    supersede: (photoId) => storing(() => vault.exclusively(() => supersede(parts, photoId))),
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
  const { database, vault, orders, photos } = parts;
  const originalType = pictureType(shot.picture);
  if (!originalType) return fail('photo.notAnImage');
  const needed = shot.picture.byteLength + parts.diskReserveBytes;
  if ((await vault.freeBytes()) < needed) return fail('station.diskFull');
  const originalSha256 = await vault.put(shot.picture);
  const { order, student } = shot;
  const dropped = database.transaction(() => {
    orders.remember({ ...order, state: orders.serverState(order.orderId) ?? order.state }, student);
    const replaced = replaceEarlier(parts, order.orderId);
    photos.insert({ orderId: order.orderId, shot: shot.shot, originalSha256, originalType });
    return replaced;
  })();
  await vault.dropUnused(dropped);
  return ok(null);
}

/** A new shot takes the place of every earlier one of the order; inside its transaction. */
function replaceEarlier(parts: LedgerParts, orderId: string): readonly string[] {
  const earlier = parts.photos.newest(orderId);
  if (!earlier) return [];
  return [...retire(parts, earlier), ...replaceEarlier(parts, orderId)];
}

/** Marks a photo superseded; returns the pictures that may now be deleted. */
function retire(parts: LedgerParts, photo: PhotoRow): readonly string[] {
  const { photoId } = photo.shot;
  const mayBeThere = parts.outbox.supersede(photoId);
  // What was handed in is the server's to judge; only a photo short of that is taken back.
  if (mayBeThere && photo.status !== 'delivered')
    parts.outbox.add('discardPhoto', photo.orderId, photoId);
  parts.photos.setStatus(photoId, 'superseded');
  parts.photos.picturesDeleted(photoId);
  parts.events.record('photo.superseded', { photoId });
  return [photo.originalSha256, photo.standardSha256].filter((sha256) => sha256 !== undefined);
}

async function supersede(parts: LedgerParts, photoId: string): Promise<Result<null>> {
  const photo = parts.photos.find(photoId);
  if (!photo) return fail('photo.notFound');
  if (photo.status === 'superseded') return ok(null);
  const dropped = parts.database.transaction(() => retire(parts, photo))();
  await parts.vault.dropUnused(dropped);
  parts.onQueued();
  return ok(null);
}

function recordStandard(
  parts: LedgerParts,
  photoId: string,
  report: Parameters<PhotoLedger['keepStandard']>[1],
  standardSha256: string | undefined,
): Result<LocalPhoto> {
  const { database, photos, outbox } = parts;
  const status = report.accepted && standardSha256 ? 'accepted' : 'refused';
  const photo = photos.find(photoId);
  if (photo?.status !== 'stored') return fail('photo.notFound');
  database.transaction(() => {
    photos.setStandard(photoId, status, report, standardSha256);
    if (status === 'accepted') outbox.add('uploadPhoto', photo.orderId, photoId);
  })();
  if (status === 'accepted') parts.onQueued();
  const kept = localPhoto(photos.find(photoId));
  return kept ? ok(kept) : fail('photo.notFound');
}

function handIn(parts: LedgerParts, photoId: string): Result<null> {
  const { database, photos, outbox } = parts;
  const photo = photos.find(photoId);
  if (photo?.status === 'submitted' || photo?.status === 'delivered') return ok(null);
  if (photo?.status !== 'accepted') return fail('photo.notFound');
  database.transaction(() => {
    photos.setStatus(photoId, 'submitted');
    outbox.add('submit', photo.orderId, photoId);
  })();
  parts.onQueued();
  return ok(null);
}

export function localPhoto(row: PhotoRow | undefined): LocalPhoto | undefined {
  if (!row) return undefined;
  const { status, shot, report } = row;
  const hasStandard = row.standardSha256 !== undefined;
  return report ? { status, shot, report, hasStandard } : { status, shot, hasStandard };
}
