import type { Services } from './create-server.ts';
import type { Environment } from './ports/environment.ts';

const MINUTE_MS = 60_000;
/** An upload that was refused after its objects were stored leaves them unused. */
const UNUSED_OBJECT_AGE_MS = 24 * 60 * MINUTE_MS;
/** Ended tickets and sessions are of no further use. */
const ENDED_AGE_MS = 24 * 60 * MINUTE_MS;
/** After its batch has closed: until then 学信网 may send a photo back, and a person compares again. */
const REFERENCE_AGE_MS = 90 * 24 * 60 * MINUTE_MS;
const BATCH = 100;

/** One round of what has to be done although nobody asks: run at start and every minute. */
export async function keepHouse(environment: Environment, services: Services): Promise<void> {
  const { storage, clock } = environment;
  const now = clock().getTime();
  await services.payments.settleStale(BATCH);
  await services.refunds.pursue(BATCH);
  await storage.rosters.forgetPhotos(new Date(now - REFERENCE_AGE_MS));
  const ended = new Date(now - ENDED_AGE_MS);
  await storage.eligibility.deleteExpired(ended);
  await storage.accounts.deleteExpired(ended);
  await storage.uploads.deleteExpired(clock());
  await services.work.failStuck();
  await services.work.queueAgain();
  await services.identityAdvising.queueMissing();
  await services.deliveries.queueAgain();
  await services.retention.eraseDue();
  await services.retention.removeUnusedObjects(new Date(now - UNUSED_OBJECT_AGE_MS));
}

/** Starts the rounds; the returned function waits for the running one and ends them. */
export function startHousekeeping(
  environment: Environment,
  services: Services,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const round = () => {
    running = running
      .then(() => keepHouse(environment, services))
      .catch((error: Error) => environment.log.error({ err: error }, 'housekeeping failed'));
  };
  const timer = setInterval(round, MINUTE_MS);
  timer.unref();
  round();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
