import { createHash } from 'node:crypto';
import { type ErrorCode, findPhotoProfile } from '@gradshot/domain';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Happening } from '../../ports/ground/happenings.ts';
import type { StandardizationQueue } from '../../ports/ground/job-queue.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { PhotoObjects } from '../../ports/photos/photo-objects.ts';
import type { PhotoRecord, PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { JobRows } from '../../ports/standardization/job-repository.ts';
import type {
  StandardizationOutcome,
  StandardPhotoMaker,
} from '../../ports/standardization/standardizer.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { applyOrderEvent } from '../order-life/order-events.ts';
import { dropPhoto } from '../order-life/photo-dropping.ts';

type Rows = OrderChangeRows & JobRows & PhotoRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly jobs: StandardizationQueue;
  readonly log: EventLog;
  readonly objects: PhotoObjects;
  readonly standardizer: StandardPhotoMaker;
};

/** Progress is written so often at most; the rest is only a moving bar. */
const PROGRESS_STEP = 0.1;
/** A job said to run for so long has lost its worker for good. */
const STUCK_MINUTES = 15;
/** A job that waits for so long is queued once more; the queue drops what it has already. */
const LOST_MINUTES = 1;

export type StandardizationWork = {
  /** Does one job. Throws when the engine failed and another try may help. */
  run(photoId: string, lastTry: boolean): Promise<void>;
  /** Marks jobs whose worker never came back, so that the graduate can start again. */
  failStuck(): Promise<void>;
  /** Queues jobs anew whose message got lost with a server that died in between. */
  queueAgain(): Promise<void>;
};

export function createStandardizationWork(environment: Needs): StandardizationWork {
  return {
    run: (photoId, lastTry) => run(environment, photoId, lastTry),
    async failStuck() {
      const before = new Date(environment.clock().getTime() - STUCK_MINUTES * 60_000);
      for (const job of await environment.storage.jobs.listStuck(before))
        await fail(environment, job.photoId, 'imaging.crashed');
    },
    async queueAgain() {
      const before = new Date(environment.clock().getTime() - LOST_MINUTES * 60_000);
      for (const job of await environment.storage.jobs.listWaiting(before))
        await environment.jobs.standardize(job.photoId);
    },
  };
}

async function run(environment: Needs, photoId: string, lastTry: boolean): Promise<void> {
  const { storage } = environment;
  const job = await storage.jobs.find(photoId);
  const photo = await storage.photos.find(photoId);
  // Done by another worker before, or told to the graduate as failed.
  if (!job || !photo || job.state === 'done' || job.state === 'failed') return;
  if (photo.erasedAt) return fail(environment, photoId, 'photo.erased');
  const begun = await storage.jobs.update(photoId, {
    state: 'running',
    startedAt: environment.clock(),
    attempts: job.attempts + 1,
    progress: 0,
  });
  if (!begun) return;
  const task = { photo, studentId: await studentOf(environment, photo) };
  const outcome = await standardize(environment, task);
  if (outcome.kind === 'judged') return finish(environment, task, outcome);
  if (lastTry) return fail(environment, photoId, outcome.code);
  // A worker that was thought dead may have finished meanwhile: then nothing is to be tried again.
  if (!(await storage.jobs.update(photoId, { state: 'queued', progress: 0 }))) return;
  throw new Error(`standardisation failed: ${outcome.code}`);
}

type Task = { readonly photo: PhotoRecord; readonly studentId: string };

async function studentOf({ storage }: Needs, photo: PhotoRecord): Promise<string> {
  const order = await storage.orders.find(photo.orderId);
  if (!order) throw new Error(`photo ${photo.id} without its order`);
  return order.studentId;
}

const concerning = ({ photo, studentId }: Task): Happening => ({
  topic: 'standardization',
  orderId: photo.orderId,
  studentId,
});

async function standardize(environment: Needs, task: Task): Promise<StandardizationOutcome> {
  const { photo } = task;
  const profile = findPhotoProfile(photo.profileId);
  const original = await environment.objects.get(photo.originalSha256);
  if (!profile || !original) return { kind: 'failed', code: 'server.internal' };
  const { standardizer, storage } = environment;
  const refusedBefore = await storage.photos.fingerprintsBefore(photo);
  return standardizer.standardize(
    original,
    profile,
    progressWriter(environment, task),
    refusedBefore,
  );
}

function progressWriter({ storage, log }: Needs, task: Task) {
  let written = 0;
  let stage = '';
  return (progress: { readonly stage: string; readonly fraction: number }) => {
    if (progress.stage === stage && progress.fraction - written < PROGRESS_STEP) return;
    written = progress.fraction;
    stage = progress.stage;
    // Only while it runs: a late write must not touch a finished job.
    storage.jobs
      .progress(task.photo.id, { progress: Math.min(1, written), stage })
      .then(() => storage.announce(concerning(task)))
      .catch((error: Error) => log.warn({ err: error }, 'progress was not written'));
  };
}

type Judged = Extract<StandardizationOutcome, { kind: 'judged' }>;

/** The object first, then everything that speaks of it in one transaction. */
async function finish(environment: Needs, task: Task, outcome: Judged): Promise<void> {
  const { storage, objects, clock } = environment;
  const { jpeg } = outcome;
  if (jpeg) {
    const sha256 = createHash('sha256').update(jpeg).digest('hex');
    await storage.photos.announceObjects([sha256], clock());
    await objects.put(jpeg);
  }
  await storage.transaction((repositories) => record(repositories, task, outcome, clock()));
  if (jpeg && !(await objects.has(createHash('sha256').update(jpeg).digest('hex'))))
    await objects.put(jpeg);
}

async function record(
  repositories: Rows,
  task: Task,
  { report, jpeg }: Judged,
  at: Date,
): Promise<void> {
  const { photo } = task;
  const order = await repositories.orders.lock(photo.orderId);
  const done = { state: 'done', progress: 1, finishedAt: at } as const;
  // The first result stands: the photo may have been handed in, or even approved, since.
  if (!(await repositories.jobs.update(photo.id, done))) return;
  await repositories.photos.update(photo.id, {
    report,
    accepted: report.accepted,
    profileVersion: report.profile.version,
    ...(jpeg
      ? {
          standardSha256: createHash('sha256').update(jpeg).digest('hex'),
          standardBytes: jpeg.length,
        }
      : {}),
  });
  repositories.announce(concerning(task));
  // The graduate may have taken another shot meanwhile: the verdict is kept, the order untouched.
  if (order?.photoId !== photo.id || order.state !== 'pendingStandardization') return;
  const action = { actor: 'server', actorId: null, at, details: { photoId: photo.id } } as const;
  const moved = report.accepted
    ? await applyOrderEvent(repositories, order, { ...action, event: 'acceptStandardization' })
    : await dropPhoto(repositories, order, { ...action, event: 'refuseStandardization' });
  if (!moved.ok) throw new Error(`order ${order.id}: ${moved.error.code}`);
}

async function fail(environment: Needs, photoId: string, error: ErrorCode): Promise<void> {
  const { storage, clock } = environment;
  const failed = { state: 'failed', error, finishedAt: clock() } as const;
  if (!(await storage.jobs.update(photoId, failed))) return;
  const photo = await storage.photos.find(photoId);
  if (photo)
    storage.announce(concerning({ photo, studentId: await studentOf(environment, photo) }));
}
