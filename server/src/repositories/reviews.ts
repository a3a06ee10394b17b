import { sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type { SchoolScope } from '../ports/access/school-scope.ts';
import type { ReviewLease, ReviewRepository } from '../ports/review/review-repository.ts';
import { within } from './school-scope.ts';

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
    async leaseOldest(lease, scope) {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const oldest =
          (await oldestOthers(db, lease, scope)) ?? (await oldestPassed(db, lease, scope));
        if (!oldest) return undefined;
        const taken = { ...lease, ...oldest };
        if (await insertLease(db, taken)) return taken;
      }
      return undefined;
    },
    async countWaiting(now, scope) {
      const { count } = await waiting(db, now, scope)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

type Taker = Pick<ReviewLease, 'staffId' | 'takenAt'>;

/** Two looks, so that each can read the orders in the order that it wants. */
function oldestOthers(db: Db, { staffId, takenAt }: Taker, scope: SchoolScope) {
  return waiting(db, takenAt, scope)
    .select(['orders.id as orderId', 'photos.id as photoId'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('reviewPasses')
            .select(sql`1`.as('one'))
            .whereRef('reviewPasses.orderId', '=', 'orders.id')
            .where('reviewPasses.staffId', '=', staffId),
        ),
      ),
    )
    .orderBy('photos.handedInAt')
    .orderBy('orders.id')
    .limit(1)
    .forUpdate('orders')
    .skipLocked()
    .executeTakeFirst();
}

function oldestPassed(db: Db, { staffId, takenAt }: Taker, scope: SchoolScope) {
  return waiting(db, takenAt, scope)
    .innerJoin('reviewPasses', 'reviewPasses.orderId', 'orders.id')
    .where('reviewPasses.staffId', '=', staffId)
    .select(['orders.id as orderId', 'photos.id as photoId'])
    .orderBy('reviewPasses.at')
    .orderBy('orders.id')
    .limit(1)
    .forUpdate('orders')
    .skipLocked()
    .executeTakeFirst();
}

/** Orders under review of these schools, with their photo, that nobody has decided or holds. */
function waiting(db: Db, now: Date, scope: SchoolScope) {
  return db
    .selectFrom('orders')
    .innerJoin('photos', 'photos.id', 'orders.photoId')
    .where('orders.state', '=', 'underReview')
    .where(within('orders.schoolId', scope))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('reviewDecisions')
            .select(sql`1`.as('one'))
            .whereRef('reviewDecisions.photoId', '=', 'photos.id'),
        ),
      ),
    )
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

type LeaseMethods =
  | 'lockLease'
  | 'lease'
  | 'extendLease'
  | 'dropLease'
  | 'releaseLease'
  | 'releaseLeasesOf'
  | 'notePass'
  | 'forgetPasses';

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
    lease: (lease) => insertLease(db, lease),
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
      const { numDeletedRows } = await remove()
        .where('orderId', '=', orderId)
        .where('leaseId', '=', leaseId)
        .where('staffId', '=', staffId)
        .executeTakeFirst();
      return Number(numDeletedRows) === 1;
    },
    async releaseLeasesOf(staffId) {
      await remove().where('staffId', '=', staffId).execute();
    },
    async notePass(pass) {
      await db
        .insertInto('reviewPasses')
        .values(pass)
        .onConflict((conflict) =>
          conflict.columns(['staffId', 'orderId']).doUpdateSet({ at: pass.at }),
        )
        .execute();
    },
    async forgetPasses(before) {
      await db.deleteFrom('reviewPasses').where('at', '<', before).execute();
    },
  };
}

type DecisionMethods =
  | 'findDecision'
  | 'addDecision'
  | 'dueDecisions'
  | 'endHold'
  | 'removeDecision'
  | 'decisionsOf';

function decisionMethods(db: Db): Pick<ReviewRepository, DecisionMethods> {
  const decisions = () => db.selectFrom('reviewDecisions').selectAll();
  return {
    findDecision: (photoId) => decisions().where('photoId', '=', photoId).executeTakeFirst(),
    async addDecision(decision) {
      await db
        .insertInto('reviewDecisions')
        .values({ ...decision, codes: JSON.stringify(decision.codes) })
        .execute();
    },
    dueDecisions: (now, limit) =>
      db
        .selectFrom('reviewDecisions')
        .select(['photoId', 'orderId'])
        .where('heldUntil', '<=', now)
        .orderBy('heldUntil')
        .limit(limit)
        .execute(),
    async endHold(photoId) {
      await db
        .updateTable('reviewDecisions')
        .set({ heldUntil: null })
        .where('photoId', '=', photoId)
        .execute();
    },
    async removeDecision(photoId) {
      await db.deleteFrom('reviewDecisions').where('photoId', '=', photoId).execute();
    },
    decisionsOf: (orderId) =>
      decisions().where('orderId', '=', orderId).orderBy('at', 'desc').execute(),
  };
}
