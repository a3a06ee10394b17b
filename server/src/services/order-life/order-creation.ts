import { randomInt, randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StudentRecord } from '../../ports/eligibility/student-repository.ts';
import type { Announcing } from '../../ports/ground/happenings.ts';
import type { OrderRecord, OrderRows } from '../../ports/order-life/order-repository.ts';
import type { RosterLookupRows } from '../../ports/rosters/roster-repository.ts';
import type { Batch, SchoolRows } from '../../ports/schools/school-repository.ts';
import { announceOrder } from './order-events.ts';

type Rows = Announcing & OrderRows & RosterLookupRows & SchoolRows;

const RANDOM_DIGITS = 8;
const MAX_TRIES = 5;

/**
 * The student's order: the live one, else a new one in the school's open batch. One enrolment has
 * one order; a cancelled or refunded one makes room for another. Failure: `eligibility.noBatch`.
 */
export async function ensureOrder(
  repositories: Rows,
  student: StudentRecord,
  now: Date,
): Promise<Result<OrderRecord>> {
  const live = await repositories.orders.findLive(student.id);
  if (live) return ok(live);
  const open = await repositories.schools.openBatches(student.schoolId, now);
  const batch = await batchFor(repositories, student, open);
  if (!batch) return fail('eligibility.noBatch');
  return ok(await createOrder(repositories, student, batch, now));
}

/** Of several open batches the one whose roster names the student, else the newest. */
async function batchFor(
  { rosters }: Rows,
  { idNumberHash }: StudentRecord,
  open: readonly Batch[],
): Promise<Batch | undefined> {
  if (open.length < 2) return open[0];
  const ids = open.map(({ id }) => id);
  const naming = await rosters.batchNaming(idNumberHash, ids);
  return open.find(({ id }) => id === naming) ?? open[0];
}

async function createOrder(
  repositories: Rows,
  student: StudentRecord,
  batch: Batch,
  now: Date,
): Promise<OrderRecord> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const order = newOrder(student, batch, now);
    if (await repositories.orders.insert(order)) {
      await announceOrder(repositories, order, now);
      return order;
    }
    // Either another device was faster, or the number is taken.
    const live = await repositories.orders.findLive(student.id);
    if (live) return live;
  }
  throw new Error('no free order number found');
}

function newOrder(student: StudentRecord, batch: Batch, now: Date): OrderRecord {
  return {
    id: randomUUID(),
    orderNo: newOrderNo(now),
    studentId: student.id,
    batchId: batch.id,
    schoolId: batch.schoolId,
    state: 'pendingPayment',
    priceFen: batch.priceFen,
    profileId: batch.profileId,
    photoId: null,
    reasons: [],
    promisedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** Date and eight random digits, e.g. `2026112340718832`: easy to read out, tells no count. */
function newOrderNo(now: Date): string {
  const date = now.toISOString().slice(0, 10).replaceAll('-', '');
  return `${date}${randomInt(10 ** RANDOM_DIGITS)
    .toString()
    .padStart(RANDOM_DIGITS, '0')}`;
}
