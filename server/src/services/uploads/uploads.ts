import { createHash } from 'node:crypto';
import type { Upload } from '@gradshot/contract';
import { MAX_CHUNK_BYTES, MAX_ORIGINAL_BYTES } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { AccountCaller, GraduateCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderRows, OrderView } from '../../ports/order-life/order-repository.ts';
import type { PhotoObjects } from '../../ports/photos/photo-objects.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { UploadRecord, UploadRows } from '../../ports/uploads/upload-repository.ts';
import { requireConsents } from '../consents/consent-check.ts';
import { photoPlan, refusePhoto } from '../photos/photo-arrival.ts';
import type { UploadQuota } from './upload-quota.ts';

type Rows = OrderRows & PhotoRows & UploadRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly objects: PhotoObjects;
};

/** Small enough to be repeated on a poor campus network. */
const CHUNK_BYTES = 512 * 1024;
const VALID_HOURS = 24;
/**
 * Of one order: the shot in hand, one that was interrupted before it, and one on another phone.
 * What gives way is no loss: announcing it again starts it from zero.
 */
const MAX_UNFINISHED = 3;

export type NewUpload = {
  readonly size: number;
  readonly sha256: string;
  readonly type: string;
  readonly capturedAt: string;
};

type Sender = GraduateCaller | AccountCaller;

/** An original on its way from a phone, in chunks. Every call may be repeated. */
export type Uploads = {
  create(
    order: OrderView,
    photoId: string,
    upload: NewUpload,
    sender: Sender,
  ): Promise<Result<Upload>>;
  find(order: OrderView, photoId: string): Promise<Result<Upload>>;
  append(
    order: OrderView,
    photoId: string,
    chunk: { readonly offset: number; readonly bytes: Uint8Array },
    sender: Sender,
  ): Promise<Result<Upload>>;
};

export function createUploads(environment: Needs, quota: UploadQuota): Uploads {
  return {
    create: (order, photoId, upload, sender) =>
      create(environment, order, photoId, upload, () => quota.room(order, sender, upload.size)),
    async find(order, photoId) {
      const upload = await findOwn(environment, order, photoId);
      return upload ? ok(uploadView(upload)) : fail('photo.notFound');
    },
    append: (order, photoId, chunk, sender) =>
      append(environment, order, photoId, chunk, (bytes) => quota.take(order, sender, bytes)),
  };
}

export function uploadView(upload: UploadRecord): Upload {
  return {
    photoId: upload.photoId,
    orderId: upload.orderId,
    size: upload.size,
    offset: upload.received,
    chunkBytes: Math.min(CHUNK_BYTES, MAX_CHUNK_BYTES),
    state: upload.state,
    expiresAt: upload.expiresAt.toISOString(),
  };
}

export async function findOwn(
  { storage }: Needs,
  order: OrderView,
  photoId: string,
): Promise<UploadRecord | undefined> {
  const upload = await storage.uploads.find(photoId);
  return upload?.orderId === order.id ? upload : undefined;
}

const expiryFrom = (now: Date) => new Date(now.getTime() + VALID_HOURS * 3_600_000);

async function create(
  environment: Needs,
  order: OrderView,
  photoId: string,
  wanted: NewUpload,
  room: () => Promise<Result<void>>,
): Promise<Result<Upload>> {
  const { storage, clock } = environment;
  if (wanted.size > MAX_ORIGINAL_BYTES)
    return fail('photo.tooLargeBytes', { limitMb: MAX_ORIGINAL_BYTES / 1024 ** 2 });
  const known = await storage.uploads.find(photoId);
  if (known) return sameAgain(known, order, wanted);
  if (await storage.photos.find(photoId)) return fail('request.idempotencyMismatch');
  if (!photoPlan(order.state)) return refusePhoto(order);
  const agreed = await requireConsents(storage, order.id, 'any');
  if (!agreed.ok) return agreed;
  const allowed = await room();
  if (!allowed.ok) return allowed;
  const upload: UploadRecord = {
    photoId,
    orderId: order.id,
    size: wanted.size,
    sha256: wanted.sha256,
    type: wanted.type,
    capturedAt: new Date(wanted.capturedAt),
    received: 0,
    state: 'receiving',
    createdAt: clock(),
    expiresAt: expiryFrom(clock()),
  };
  if (await insert(environment, upload)) return ok(uploadView(upload));
  const standing = await storage.uploads.find(photoId);
  return standing ? sameAgain(standing, order, wanted) : fail('request.idempotencyMismatch');
}

/** Under the order's lock: of many at once each sees those before it. */
function insert({ storage }: Needs, upload: UploadRecord): Promise<boolean> {
  const { orderId, photoId } = upload;
  return storage.transaction(async ({ orders, uploads }) => {
    await orders.lock(orderId);
    const inserted = await uploads.insert(upload);
    if (inserted) await uploads.keepUnfinished(orderId, photoId, MAX_UNFINISHED);
    return inserted;
  });
}

function sameAgain(known: UploadRecord, order: OrderView, wanted: NewUpload): Result<Upload> {
  const same =
    known.orderId === order.id && known.sha256 === wanted.sha256 && known.size === wanted.size;
  return same ? ok(uploadView(known)) : fail('request.idempotencyMismatch');
}

type Chunk = { readonly offset: number; readonly bytes: Uint8Array };

async function append(
  environment: Needs,
  order: OrderView,
  photoId: string,
  chunk: Chunk,
  take: (bytes: number) => Promise<Result<void>>,
): Promise<Result<Upload>> {
  const upload = await findOwn(environment, order, photoId);
  if (!upload) return fail('photo.notFound');
  const news = unseen(upload, chunk);
  if (!news.ok) return news;
  if (news.value.length === 0) return ok(uploadView(upload));
  if (!photoPlan(order.state)) return refusePhoto(order);
  const taken = await take(news.value.length);
  if (!taken.ok) return taken;
  const { storage, objects, clock } = environment;
  // Sealed like every other object; the row makes it part of the upload.
  const sha256 = await storeChunk(environment, news.value);
  const stored = await storage.transaction((repositories) =>
    add(repositories, upload, { length: news.value.length, sha256 }, clock()),
  );
  // The sweep of unused objects may have met the very same bytes of an older chunk.
  if (stored.ok && !(await objects.has(sha256))) await objects.put(news.value);
  return stored;
}

/** The part of a chunk that is still missing; none of it when all has arrived already. */
function unseen({ received, size, state }: UploadRecord, chunk: Chunk): Result<Uint8Array> {
  const end = chunk.offset + chunk.bytes.length;
  if (chunk.bytes.length === 0 || end > size) return fail('request.invalid', { field: 'body' });
  if (state === 'complete' || end <= received) return ok(new Uint8Array(0));
  if (chunk.offset > received) return fail('upload.offsetMismatch', { offset: received });
  return ok(chunk.bytes.subarray(received - chunk.offset));
}

async function storeChunk({ storage, objects, clock }: Needs, bytes: Uint8Array): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await storage.photos.announceObjects([sha256], clock());
  return objects.put(bytes);
}

async function add(
  { uploads }: Rows,
  seen: UploadRecord,
  chunk: { readonly length: number; readonly sha256: string },
  now: Date,
): Promise<Result<Upload>> {
  const upload = await uploads.lock(seen.photoId);
  if (!upload) return fail('photo.notFound');
  // Another request has stored this part meanwhile: the client goes on from where we are.
  if (upload.received !== seen.received || upload.state === 'complete')
    return ok(uploadView(upload));
  const { photoId, received: start } = upload;
  await uploads.addChunk({ photoId, start, ...chunk });
  const patch = { received: start + chunk.length, expiresAt: expiryFrom(now) };
  await uploads.update(photoId, patch);
  return ok(uploadView({ ...upload, ...patch }));
}
