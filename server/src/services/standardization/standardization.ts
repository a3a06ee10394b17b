import type { StandardizationJob } from '@gradshot/contract';
import { fail, ok, type Result, transition } from '@gradshot/domain';
import type { Clock } from '../../ports/ground/clock.ts';
import type { StandardizationQueue } from '../../ports/ground/job-queue.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderRows, OrderView } from '../../ports/order-life/order-repository.ts';
import type { PhotoRecord, PhotoRows } from '../../ports/photos/photo-repository.ts';
import type {
  JobRows,
  StandardizationJobRecord,
} from '../../ports/standardization/job-repository.ts';

type Rows = JobRows & OrderRows & PhotoRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly jobs: StandardizationQueue;
};

export type Standardization = {
  /** 照片标准化: queues the job, or answers the one there is; a failed one starts again. */
  start(order: OrderView, photoId: string): Promise<Result<StandardizationJob>>;
  find(order: OrderView, photoId: string): Promise<Result<StandardizationJob>>;
};

export function createStandardization(environment: Needs): Standardization {
  return {
    start: (order, photoId) => start(environment, order, photoId),
    async find(order, photoId) {
      const photo = await findPhoto(environment, order, photoId);
      if (photo?.erasedAt) return fail('photo.erased');
      const job = photo && (await environment.storage.jobs.find(photoId));
      return job ? ok(await viewOf(environment, job)) : fail('photo.notFound');
    },
  };
}

async function findPhoto(
  { storage }: Needs,
  order: OrderView,
  photoId: string,
): Promise<PhotoRecord | undefined> {
  const photo = await storage.photos.find(photoId);
  return photo?.orderId === order.id ? photo : undefined;
}

async function start(
  environment: Needs,
  order: OrderView,
  photoId: string,
): Promise<Result<StandardizationJob>> {
  const photo = await findPhoto(environment, order, photoId);
  if (!photo) return fail('photo.notFound');
  if (photo.erasedAt) return fail('photo.erased');
  const { storage, clock, jobs } = environment;
  const job = await storage.transaction((repositories) =>
    ensureJob(repositories, order.id, photoId, clock()),
  );
  if (!job.ok) return job;
  // Also for a job that was queued before: its message may have been lost with a server.
  if (job.value.state === 'queued') await jobs.standardize(photoId);
  return ok(await viewOf(environment, job.value));
}

async function ensureJob(
  repositories: Rows,
  orderId: string,
  photoId: string,
  now: Date,
): Promise<Result<StandardizationJobRecord>> {
  const order = await repositories.orders.lock(orderId);
  const known = await repositories.jobs.lock(photoId);
  if (known && known.state !== 'failed') return ok(known);
  if (!order) return fail('order.notFound');
  const allowed = transition(order.state, 'acceptStandardization', 'server');
  if (!allowed.ok) return allowed;
  if (order.photoId !== photoId) return fail('photo.notFound');
  const job: StandardizationJobRecord = {
    photoId,
    orderId,
    state: 'queued',
    progress: 0,
    stage: null,
    error: null,
    attempts: 0,
    queuedAt: now,
    startedAt: null,
    finishedAt: null,
  };
  const { photoId: _key, orderId: _order, ...patch } = job;
  if (known) await repositories.jobs.restart(photoId, patch);
  else await repositories.jobs.insert(job);
  return ok(job);
}

/** The photo is read after its job: what was read before may be without the report of a done one. */
async function viewOf(
  { storage }: Needs,
  job: StandardizationJobRecord,
): Promise<StandardizationJob> {
  const photo = await storage.photos.find(job.photoId);
  const { standardSha256: sha256, standardBytes: bytes, report } = photo ?? {};
  return {
    photoId: job.photoId,
    orderId: job.orderId,
    state: job.state,
    progress: job.progress,
    ...(job.stage ? { stage: job.stage as NonNullable<StandardizationJob['stage']> } : {}),
    ...(job.state === 'queued' ? { ahead: await storage.jobs.ahead(job.photoId) } : {}),
    ...(job.state === 'done' && report ? { report } : {}),
    ...(job.state === 'done' && sha256 && bytes ? { standard: { sha256, bytes } } : {}),
    ...(job.state === 'failed' && job.error ? { error: job.error } : {}),
  };
}
