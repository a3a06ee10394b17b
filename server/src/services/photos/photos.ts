import { createHash } from 'node:crypto';
import type { Photo, PhotoUploadMeta } from '@gradshot/contract';
import { fail, ok, type Result, spokenRecord } from '@gradshot/domain';
import { type CallerIdentity, callerId } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderRecord, OrderView } from '../../ports/order-life/order-repository.ts';
import type { PhotoInspector, PictureFacts } from '../../ports/photos/photo-inspector.ts';
import type { PhotoObjects } from '../../ports/photos/photo-objects.ts';
import type { PhotoRecord, PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { applyOrderEvent } from '../order-life/order-events.ts';
import { sealOnSite } from './on-site-records.ts';
import { arrivePhoto, photoPlan, refusePhoto } from './photo-arrival.ts';
import { checkStandardPhoto } from './standard-photo-rules.ts';

type Rows = OrderChangeRows & PhotoRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly inspector: PhotoInspector;
  readonly objects: PhotoObjects;
  readonly vault: Vault;
};

/** What a station sends: the camera's file and the standard photo made from it. */
export type UploadedPhoto = {
  readonly photoId: string;
  readonly meta: PhotoUploadMeta;
  readonly original: Uint8Array;
  readonly standard: Uint8Array;
};

export type Photos = {
  store(order: OrderView, upload: UploadedPhoto, caller: CallerIdentity): Promise<Result<Photo>>;
  /** Bytes of the stored standard photo; the look is logged. */
  standard(order: OrderView, photoId: string, caller: CallerIdentity): Promise<Result<Uint8Array>>;
};

export function createPhotos(environment: Needs): Photos {
  return {
    store: (order, upload, caller) => store(environment, order, upload, caller),
    async standard(order, photoId, caller) {
      const photo = await environment.storage.photos.find(photoId);
      if (!photo || photo.orderId !== order.id) return fail('photo.notFound');
      if (photo.erasedAt) return fail('photo.erased');
      await environment.storage.photos.logAccess({
        at: environment.clock(),
        caller: caller.kind,
        callerId: callerId(caller),
        action: 'viewStandard',
        orderId: order.id,
        photoId,
      });
      const { standardSha256 } = photo;
      const bytes = standardSha256 && (await environment.objects.get(standardSha256));
      return bytes ? ok(bytes) : fail('photo.notFound');
    },
  };
}

async function store(
  environment: Needs,
  order: OrderView,
  upload: UploadedPhoto,
  caller: CallerIdentity,
): Promise<Result<Photo>> {
  const known = await environment.storage.photos.find(upload.photoId);
  if (known) return sameAgain(known, order, upload);
  if (!photoPlan(order.state)) return refusePhoto(order);
  const checked = await check(environment, order, upload);
  if (!checked.ok) return checked;
  // The objects come first: a photo row never points to bytes that are not on the disk.
  await keepObjects(environment, upload);
  const photo = recordOf(environment, checked.value, order, upload, caller);
  const stored = await environment.storage.transaction((repositories) =>
    add(environment, repositories, photo, callerId(caller)),
  );
  if (stored.ok) await ensureObjects(environment, upload);
  return stored;
}

/** The same shot again is success; the same id for another one is not. */
function sameAgain(
  known: PhotoRecord,
  order: OrderRecord,
  { meta }: Pick<UploadedPhoto, 'meta'>,
): Result<Photo> {
  const same =
    known.orderId === order.id &&
    known.originalSha256 === meta.originalSha256 &&
    known.standardSha256 === meta.standardSha256;
  return same ? ok(viewOf(known, true)) : fail('request.idempotencyMismatch');
}

function viewOf(photo: PhotoRecord, duplicate: boolean): Photo {
  return {
    photoId: photo.id,
    orderId: photo.orderId,
    originalSha256: photo.originalSha256,
    standardSha256: photo.standardSha256 ?? '',
    accepted: photo.accepted ?? false,
    uploadedAt: photo.uploadedAt.toISOString(),
    duplicate,
  };
}

type Checked = PictureFacts & { readonly profileVersion: number };

async function check(
  { inspector }: Needs,
  order: OrderRecord,
  { meta, original, standard }: UploadedPhoto,
): Promise<Result<Checked>> {
  if (sha256(original) !== meta.originalSha256 || sha256(standard) !== meta.standardSha256)
    return fail('photo.digestMismatch');
  const picture = await inspector.inspect(original);
  if (!picture.ok) return picture;
  const facts = await inspector.inspect(standard);
  if (!facts.ok) return facts;
  const profile = checkStandardPhoto({
    bytes: standard.length,
    facts: facts.value,
    report: meta.report,
    release: meta.onSite?.release,
    profileId: order.profileId,
  });
  return profile.ok ? ok({ ...picture.value, profileVersion: profile.value.version }) : profile;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function keepObjects(
  { storage, objects, clock }: Needs,
  { meta, original, standard }: UploadedPhoto,
): Promise<void> {
  await storage.photos.announceObjects(
    [...new Set([meta.originalSha256, meta.standardSha256])],
    clock(),
  );
  await objects.put(original);
  await objects.put(standard);
}

/** A sweep of forgotten objects may have met one that was just being stored again. */
async function ensureObjects(
  { objects }: Needs,
  { meta, original, standard }: UploadedPhoto,
): Promise<void> {
  if (!(await objects.has(meta.originalSha256))) await objects.put(original);
  if (!(await objects.has(meta.standardSha256))) await objects.put(standard);
}

function recordOf(
  { clock, vault }: Needs,
  checked: Checked,
  order: OrderRecord,
  { photoId, meta, original, standard }: UploadedPhoto,
  caller: CallerIdentity,
): PhotoRecord {
  const said = meta.onSite && spokenRecord(meta.onSite);
  return {
    id: photoId,
    orderId: order.id,
    originalSha256: meta.originalSha256,
    originalType: checked.type,
    originalBytes: original.length,
    originalWidth: checked.width,
    originalHeight: checked.height,
    standardSha256: meta.standardSha256,
    standardBytes: standard.length,
    profileId: order.profileId,
    profileVersion: checked.profileVersion,
    // By the machine or by staff: else it would not have come so far.
    accepted: true,
    report: meta.report,
    onSiteSealed: said ? sealOnSite(vault, photoId, said) : null,
    capturedAt: new Date(meta.capturedAt),
    uploadedAt: clock(),
    handedInAt: null,
    discardedAt: null,
    erasedAt: null,
    uploadedBy: caller.kind,
    uploaderId: callerId(caller),
  };
}

/** Photo row, order state, history and change feed in one transaction, under the order's lock. */
async function add(
  { clock }: Needs,
  repositories: Rows,
  photo: PhotoRecord,
  actorId: string | null,
): Promise<Result<Photo>> {
  const order = await repositories.orders.lock(photo.orderId);
  if (!order) return fail('order.notFound');
  const known = await repositories.photos.find(photo.id);
  if (known)
    return sameAgain(known, order, {
      meta: {
        originalSha256: photo.originalSha256,
        standardSha256: photo.standardSha256,
      } as PhotoUploadMeta,
    });
  const at = clock();
  const arrived = await arrivePhoto(repositories, order, photo.id, { actorId, at });
  if (!arrived.ok) return arrived;
  await repositories.photos.insert(photo);
  const accepted = await acceptStandard(repositories, arrived.value, photo.id, at);
  if (!accepted.ok) return accepted;
  return ok(viewOf(photo, false));
}

/** The station has standardised it already, and its result was just checked. */
function acceptStandard(
  repositories: Rows,
  order: OrderRecord,
  photoId: string,
  at: Date,
): Promise<Result<OrderRecord>> {
  return applyOrderEvent(repositories, order, {
    event: 'acceptStandardization',
    actor: 'server',
    actorId: null,
    at,
    details: { photoId },
  });
}
