import type { PGlite } from '@electric-sql/pglite';
import { fromPglite, type JobWithMetadata, PgBoss } from 'pg-boss';
import type { EventLog } from '../ports/environment.ts';
import type { JobQueue } from '../ports/job-queue.ts';

const QUEUE = 'standardize';
const SCHEMA = 'jobs';
/** A worker that is silent for so long is dead, and its job is taken again. */
const HEARTBEAT_SECONDS = 10;
const WATCH_SECONDS = 5;
/** The engine's own limit for a photo is a minute, and it tries twice. */
const EXPIRE_SECONDS = 300;
const RETRIES = 3;
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
    async standardize(photoId) {
      await boss.send(QUEUE, { photoId }, { singletonKey: photoId });
    },
    async start(work) {
      await boss.start();
      await ensureQueue(boss);
      await boss.work(
        QUEUE,
        {
          includeMetadata: true,
          pollingIntervalSeconds: POLL_SECONDS,
          localConcurrency: concurrency,
        },
        async ([job]: JobWithMetadata<{ photoId: string }>[]) => {
          if (job) await work(job.data.photoId, job.retryCount >= job.retryLimit);
        },
      );
    },
    stop: () => boss.stop({ graceful: true, timeout: STOP_MS }),
  };
}

async function ensureQueue(boss: PgBoss): Promise<void> {
  const options = {
    retryLimit: RETRIES,
    retryDelay: 1,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: EXPIRE_SECONDS,
    deleteAfterSeconds: 3_600,
  };
  if (await boss.getQueue(QUEUE)) await boss.updateQueue(QUEUE, options);
  // One waiting or running job a photo, however often the button is pressed.
  else await boss.createQueue(QUEUE, { ...options, policy: 'exclusive' });
}
