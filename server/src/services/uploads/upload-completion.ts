import { createHash } from 'node:crypto';
import type { Upload } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import { type CallerIdentity, callerId } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderView } from '../../ports/order-life/order-repository.ts';
import type { PhotoInspector, PictureFacts } from '../../ports/photos/photo-inspector.ts';
import type { PhotoObjects } from '../../ports/photos/photo-objects.ts';
import type { PhotoRecord, PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { UploadRecord, UploadRows } from '../../ports/uploads/upload-repository.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { arrivePhoto, photoPlan, refusePhoto } from '../photos/photo-arrival.ts';
import type { PictureMemory } from '../photos/picture-memory.ts';
import type { UploadQuota } from './upload-quota.ts';
import { findOwn, uploadView } from './uploads.ts';

type Rows = OrderChangeRows & PhotoRows & UploadRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly inspector: PhotoInspector;
  readonly objects: PhotoObjects;
};

/** Below this no face can have the resolution that the profiles ask for (upright pixels). */
const MIN_WIDTH = 240;
const MIN_HEIGHT = 320;

export type UploadCompletion = {
  /**
   * Checks digest and picture; the order then waits for standardisation. Repeating is success.
   * Failures beside those of the picture: `upload.incomplete`, `upload.tooMuch` (too many failed
   * ones within a day), `server.busy`.
   */
  complete(order: OrderView, photoId: string, caller: CallerIdentity): Promise<Result<Upload>>;
};

export function createUploadCompletion(
  environment: Needs,
  quota: UploadQuota,
  memory: PictureMemory,
): UploadCompletion {
  return {
    async complete(order, photoId, caller) {
      const upload = await findOwn(environment, order, photoId);
      if (!upload) return fail('photo.notFound');
      if (upload.state === 'complete') return ok(uploadView(upload));
      if (upload.received < upload.size)
        return fail('upload.incomplete', { offset: upload.received });
      if (!photoPlan(order.state)) return refusePhoto(order);
      const allowed = await quota.tries(order);
      if (!allowed.ok) return allowed;
      return memory.hold(upload.size, async () => {
        const original = await assemble(environment, upload);
        const facts = original && (await check(environment, upload, original));
        if (original && facts?.ok)
          return keep(environment, { upload, original, facts: facts.value, caller });
        await quota.noteFailure(order);
        return startAgain(
          environment,
          upload,
          facts && !facts.ok ? facts : fail('photo.digestMismatch'),
        );
      });
    },
  };
}

async function assemble(
  { storage, objects }: Needs,
  upload: UploadRecord,
): Promise<Buffer | undefined> {
  const chunks = await storage.uploads.chunks(upload.photoId);
  const parts: Uint8Array[] = [];
  for (const chunk of chunks) {
    const part = await objects.get(chunk.sha256);
    if (!part) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function check(
  { inspector }: Needs,
  upload: UploadRecord,
  original: Buffer,
): Promise<Result<PictureFacts>> {
  if (createHash('sha256').update(original).digest('hex') !== upload.sha256)
    return fail('photo.digestMismatch');
  const facts = await inspector.inspect(original);
  if (!facts.ok) return facts;
  const { width, height } = facts.value;
  return width < MIN_WIDTH || height < MIN_HEIGHT
    ? fail('photo.tooSmall', { width, height })
    : facts;
}

/** What is damaged, or no photo, is received once more from its start. */
async function startAgain(
  { storage }: Needs,
  upload: UploadRecord,
  refused: Result<never>,
): Promise<Result<never>> {
  await storage.transaction(async ({ uploads }) => {
    const current = await uploads.lock(upload.photoId);
    if (current?.state !== 'receiving') return;
    await uploads.deleteChunks(upload.photoId);
    await uploads.update(upload.photoId, { received: 0 });
  });
  return refused;
}

type Received = {
  readonly upload: UploadRecord;
  readonly original: Buffer;
  readonly facts: PictureFacts;
  readonly caller: CallerIdentity;
};

async function keep(environment: Needs, received: Received): Promise<Result<Upload>> {
  const { storage, objects, clock } = environment;
  const { upload, original } = received;
  await storage.photos.announceObjects([upload.sha256], clock());
  await objects.put(original);
  const kept = await storage.transaction((repositories) => add(repositories, received, clock()));
  if (kept.ok && !(await objects.has(upload.sha256))) await objects.put(original);
  return kept;
}

async function add(
  repositories: Rows,
  { upload, original, facts, caller }: Received,
  at: Date,
): Promise<Result<Upload>> {
  const { orders, photos, uploads } = repositories;
  const order = await orders.lock(upload.orderId);
  const current = order && (await uploads.lock(upload.photoId));
  if (!current) return fail('photo.notFound');
  if (current.state === 'complete') return ok(uploadView(current));
  const actorId = callerId(caller);
  const arrived = await arrivePhoto(repositories, order, upload.photoId, { actorId, at });
  if (!arrived.ok) return arrived;
  await photos.insert({
    ...UNJUDGED,
    id: upload.photoId,
    orderId: order.id,
    originalSha256: upload.sha256,
    originalType: facts.type,
    originalBytes: original.length,
    originalWidth: facts.width,
    originalHeight: facts.height,
    profileId: order.profileId,
    capturedAt: upload.capturedAt,
    uploadedAt: at,
    uploadedBy: caller.kind,
    uploaderId: actorId,
  });
  await uploads.update(upload.photoId, { state: 'complete' });
  // The chunks' objects are used by nothing else now; the sweep removes them.
  await uploads.deleteChunks(upload.photoId);
  return ok(uploadView({ ...current, state: 'complete' }));
}

const UNJUDGED: Pick<
  PhotoRecord,
  | 'standardSha256'
  | 'standardBytes'
  | 'profileVersion'
  | 'accepted'
  | 'report'
  | 'onSiteSealed'
  | 'handedInAt'
  | 'discardedAt'
  | 'erasedAt'
> = {
  standardSha256: null,
  standardBytes: null,
  profileVersion: 0,
  accepted: null,
  report: null,
  onSiteSealed: null,
  handedInAt: null,
  discardedAt: null,
  erasedAt: null,
};
