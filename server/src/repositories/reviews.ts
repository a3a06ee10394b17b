import { sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type { ReviewLease, ReviewRepository } from '../ports/review/review-repository.ts';

/** Another reviewer may be faster between the look and the lease; more tries would be a fault. */
const MAX_TRIES = 20;

export function reviewRepository(db: Db): ReviewRepository {
  return {
    ...queueMethods(db),
    ...leaseMethods(db),
    ...decisionMethods(db),
  };
}

function queueMethods(db: Db): Pick<ReviewRepository, 'leasesOf' | 'leaseOldest' | 'countWaiting'> {
  return {
    leasesOf: (staffId, now) =>
      db
        .selectFrom('reviewLeases')
        .selectAll()
        .where('staffId', '=', staffId)
        .where('expiresAt', '>', now)
        .orderBy('takenAt')
        .orderBy('leaseId')
        .execute(),
    async leaseOldest(lease) {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const oldest = await waiting(db, lease.takenAt)
          .select(['orders.id as orderId', 'photos.id as photoId'])
          .orderBy('photos.handedInAt')
          .orderBy('orders.id')
          .limit(1)
          .forUpdate('orders')
          .skipLocked()
          .executeTakeFirst();
        if (!oldest) return undefined;
        const taken = { ...lease, ...oldest };
        if (await insertLease(db, taken)) return taken;
      }
      return undefined;
    },
    async countWaiting(now) {
      const { count } = await waiting(db, now)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

/** Orders under review, with their photo, that nobody holds. */
function waiting(db: Db, now: Date) {
  return db
    .selectFrom('orders')
    .innerJoin('photos', 'photos.id', 'orders.photoId')
    .where('orders.state', '=', 'underReview')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('reviewLeases')
            .select(sql`1`.as('one'))
            .whereRef('reviewLeases.orderId', '=', 'orders.id')
            .where('reviewLeases.expiresAt', '>', now),
        ),
      ),
    );
}

/** False when somebody else holds the order: only a lease that has run out is replaced. */
async function insertLease(db: Db, lease: ReviewLease): Promise<boolean> {
  const { orderId: _order, ...changing } = lease;
  const result = await db
    .insertInto('reviewLeases')
    .values(lease)
    .onConflict((conflict) =>
      conflict
        .column('orderId')
        .doUpdateSet(changing)
        .where('reviewLeases.expiresAt', '<=', lease.takenAt),
    )
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}

type LeaseMethods = 'lockLease' | 'extendLease' | 'dropLease' | 'releaseLease' | 'releaseLeasesOf';

function leaseMethods(db: Db): Pick<ReviewRepository, LeaseMethods> {
  const remove = () => db.deleteFrom('reviewLeases');
  return {
    lockLease: (orderId) =>
      db
        .selectFrom('reviewLeases')
        .selectAll()
        .where('orderId', '=', orderId)
        .forUpdate()
        .executeTakeFirst(),
    async extendLease({ orderId, leaseId, staffId }, now, expiresAt) {
      const result = await db
        .updateTable('reviewLeases')
        .set({ expiresAt })
        .where('orderId', '=', orderId)
        .where('leaseId', '=', leaseId)
        .where('staffId', '=', staffId)
        .where('expiresAt', '>', now)
        .executeTakeFirst();
      return Number(result.numUpdatedRows) === 1;
    },
    async dropLease(orderId) {
      await remove().where('orderId', '=', orderId).execute();
    },
    async releaseLease({ orderId, leaseId, staffId }) {
      await remove()
        .where('orderId', '=', orderId)
        .where('leaseId', '=', leaseId)
        .where('staffId', '=', staffId)
        .execute();
    },
    async releaseLeasesOf(staffId) {
      await remove().where('staffId', '=', staffId).execute();
    },
  };
}

function decisionMethods(
  db: Db,
): Pick<ReviewRepository, 'findDecision' | 'addDecision' | 'decisionsOf'> {
  const decisions = () => db.selectFrom('reviewDecisions').selectAll();
  return {
    findDecision: (photoId) => decisions().where('photoId', '=', photoId).executeTakeFirst(),
    async addDecision(decision) {
      await db
        .insertInto('reviewDecisions')
        .values({ ...decision, codes: JSON.stringify(decision.codes) })
        .execute();
    },
    decisionsOf: (orderId) =>
      decisions().where('orderId', '=', orderId).orderBy('at', 'desc').execute(),
  };
}
