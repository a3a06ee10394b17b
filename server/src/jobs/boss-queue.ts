import type { PGlite } from '@electric-sql/pglite';
import { fromPglite, type JobWithMetadata, PgBoss } from 'pg-boss';
import type { EventLog } from '../ports/ground/event-log.ts';
import type { JobQueue, JobWork } from '../ports/ground/job-queue.ts';

const QUEUES = [
  'standardize',
  'compare',
  'tell',
  'publish',
] as const satisfies readonly (keyof JobWork)[];
const SCHEMA = 'jobs';
/** A worker that is silent for so long is dead, and its job is taken again. */
const HEARTBEAT_SECONDS = 10;
const WATCH_SECONDS = 5;
/** The engine's own limit for a photo is a minute, and it tries twice. */
const EXPIRE_SECONDS = 300;
/** Ten thousand photos, each moved in a transaction of its own and written into an archive. */
const EXPORT_EXPIRE_SECONDS = 4 * 3_600;
const PHOTO_RETRIES = { retryLimit: 3, retryDelay: 1 } as const;
/** A carrier may be away for hours: 15 s, doubled up to an hour, some eight hours in all. */
const MESSAGE_RETRIES = {
  retryLimit: 15,
  retryDelay: 15,
  retryBackoff: true,
  retryDelayMax: 3_600,
} as const;
const POLL_SECONDS = 1;
const STOP_MS = 10_000;

export type BossDatabase = { readonly url: string } | { readonly pglite: PGlite };

/** Jobs in the server's own database, by pg-boss. `concurrency`: photos at once in this process. */
export function createBossQueue(database: BossDatabase, log: EventLog, concurrency = 2): JobQueue {
  const boss = new PgBoss({
    ...('url' in database
      ? { connectionString: database.url, max: 4 }
      : { db: fromPglite(database.pglite), backend: 'pglite' as const }),
    schema: SCHEMA,
    superviseIntervalSeconds: WATCH_SECONDS,
    monitorIntervalSeconds: WATCH_SECONDS,
    schedule: false,
    registerInstance: false,
  });
  boss.on('error', (error: Error) => log.error({ err: error }, 'job queue'));
  return {
    standardize: (photoId) => send(boss, 'standardize', photoId),
    compare: (photoId) => send(boss, 'compare', photoId),
    tell: (noticeId) => send(boss, 'tell', noticeId),
    publish: (exportId) => send(boss, 'publish', exportId),
    async start(work) {
      await boss.start();
      for (const queue of QUEUES) {
        await ensureQueue(boss, queue);
        // A graduate waits for the one; the other is advice for a reviewer later on.
        const localConcurrency = queue === 'standardize' ? concurrency : 1;
        await boss.work(
          queue,
          { includeMetadata: true, pollingIntervalSeconds: POLL_SECONDS, localConcurrency },
          async ([job]: JobWithMetadata<{ id: string }>[]) => {
            if (job) await work[queue](job.data.id, job.retryCount >= job.retryLimit);
          },
        );
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: STOP_MS }),
  };
}

async function send(boss: PgBoss, queue: keyof JobWork, id: string): Promise<void> {
  await boss.send(queue, { id }, { singletonKey: id });
}

async function ensureQueue(boss: PgBoss, queue: keyof JobWork): Promise<void> {
  const options = {
    ...(queue === 'tell' ? MESSAGE_RETRIES : PHOTO_RETRIES),
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: queue === 'publish' ? EXPORT_EXPIRE_SECONDS : EXPIRE_SECONDS,
    deleteAfterSeconds: 3_600,
  };
  if (await boss.getQueue(queue)) await boss.updateQueue(queue, options);
  // One waiting or running job a photo or notice, however often it is asked for.
  else await boss.createQueue(queue, { ...options, policy: 'exclusive' });
}
