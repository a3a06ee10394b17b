import { dayInBeijing } from '@gradshot/domain';
import type { Services } from './create-server.ts';
import type { Environment } from './ports/environment.ts';
import { keyMissing } from './services/eligibility/search-keys.ts';

const MINUTE_MS = 60_000;
/** A decision is carried out at most so long after its time. */
const DECISIONS_MS = 2_000;
/** An upload that was refused after its objects were stored leaves them unused. */
const UNUSED_OBJECT_AGE_MS = 24 * 60 * MINUTE_MS;
/** Ended tickets and sessions are of no further use. */
const ENDED_AGE_MS = 24 * 60 * MINUTE_MS;
/** After its batch has closed: until then 学信网 may send a photo back, and a person compares again. */
const REFERENCE_AGE_MS = 90 * 24 * 60 * MINUTE_MS;
/** As long as the photos of an order that is over: until then somebody may ask who looked. */
export const SEARCHES_AGE_MS = 180 * 24 * 60 * MINUTE_MS;
const BATCH = 100;
/** Each is opened and written in a transaction of its own, so that nobody waits. */
const KEYED_AT_ONCE = 500;

/**
 * One round of what has to be done although nobody asks: run at start and every minute. What fails
 * is logged and holds up nothing else: a fault of the payments must not keep photos undeleted.
 */
export async function keepHouse(environment: Environment, services: Services): Promise<void> {
  for (const [task, run] of Object.entries(tasksOf(environment, services)))
    await run().catch((error: Error) =>
      environment.log.error({ err: error, task }, 'housekeeping failed'),
    );
}

/** In this order; photos of people who wait come before the payment service, which may be slow. */
function tasksOf(
  environment: Environment,
  services: Services,
): Readonly<Record<string, () => Promise<unknown>>> {
  const { storage, clock } = environment;
  const ago = (milliseconds: number) => new Date(clock().getTime() - milliseconds);
  return {
    failStuck: () => services.work.failStuck(),
    queueAgain: () => services.work.queueAgain(),
    compare: () => services.identityAdvising.queueMissing(),
    deliver: () => services.deliveries.queueAgain(),
    payments: () => services.payments.settleStale(BATCH),
    refunds: () => services.refunds.pursue(BATCH),
    bills: () => services.bills.pursue(),
    references: () => storage.rosters.forgetPhotos(ago(REFERENCE_AGE_MS)),
    sessions: () => storage.eligibility.deleteExpired(ago(ENDED_AGE_MS)),
    logins: () => storage.accounts.deleteExpired(ago(ENDED_AGE_MS)),
    arrivals: () => storage.arrivals.deleteBefore(dayInBeijing(clock())),
    searchKeys: () => keyMissing(environment, KEYED_AT_ONCE),
    searches: () => storage.rosters.deleteSearches(ago(SEARCHES_AGE_MS)),
    uploads: () => storage.uploads.deleteExpired(clock()),
    rosters: () => services.rosterDrafts.keepUp(),
    erase: () => services.retention.eraseDue(),
    exports: () => services.exportMaking.queueAgain(BATCH),
    receipts: () => services.receiptApplying.queueAgain(BATCH),
    exportFiles: () => services.exportFiles.deleteExpired(BATCH),
    imageChecks: () => services.imageChecks.remindDue(BATCH),
    passes: () => storage.reviews.forgetPasses(ago(ENDED_AGE_MS)),
    sweep: () => services.retention.removeUnusedObjects(ago(UNUSED_OBJECT_AGE_MS)),
  };
}

/** Starts the rounds; the returned function waits for the running ones and ends them. */
export function startHousekeeping(
  environment: Environment,
  services: Services,
): () => Promise<void> {
  const stops = [
    startRounds(MINUTE_MS, () => keepHouse(environment, services)),
    startRounds(DECISIONS_MS, () => carryOutDecisions(environment, services)),
  ];
  return async () => {
    for (const stop of stops) await stop();
  };
}

/** Reviewers see to it that few are due at once. */
async function carryOutDecisions({ log }: Environment, services: Services): Promise<void> {
  await services.reviewDecisions
    .carryOut(BATCH)
    .catch((error: Error) => log.error({ err: error }, 'decisions wait to be carried out'));
}

function startRounds(ms: number, work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  // A round that takes longer than its pause is not followed by all those that it kept waiting.
  const round = () => {
    running ??= work().finally(() => {
      running = undefined;
    });
  };
  const timer = setInterval(round, ms);
  timer.unref();
  round();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
