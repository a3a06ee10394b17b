import { randomBytes, randomUUID } from 'node:crypto';
import { fail, ok } from '@gradshot/domain';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeReport } from '../../../tests/in-memory/report.ts';
import {
  batchRow,
  hour,
  orderRow,
  photoRow,
  schoolRow,
  studentRow,
} from '../../../tests/in-memory/rows.ts';
import { createInMemoryStorage } from '../../../tests/in-memory/storage.ts';
import { unwrap } from '../../../tests/in-memory/unwrap.ts';
import type { StaffCaller } from '../../ports/access/caller.ts';
import { createVault } from '../../security/vault.ts';
import { createReviewDecisions } from './review-decisions.ts';
import { createReviewQueue, LEASE_SECONDS } from './review-queue.ts';

function createDesk(reviewHoldMs = 0) {
  let now = hour(0).getTime();
  const storage = createInMemoryStorage();
  const warned: object[] = [];
  const failed: object[] = [];
  const needs = {
    storage,
    vault: createVault(randomBytes(32)),
    clock: () => new Date(now),
    log: {
      warn: (facts: object) => void warned.push(facts),
      info: () => undefined,
      error: (facts: object) => void failed.push(facts),
    },
    reviewHoldMs,
  };
  const advance = (milliseconds: number) => {
    now += milliseconds;
  };
  const { claim, release, renew } = createReviewQueue(needs);
  return {
    storage,
    warned,
    failed,
    advance,
    claim,
    release,
    renew,
    ...createReviewDecisions(needs),
  };
}

let desk: ReturnType<typeof createDesk>;
beforeEach(() => {
  desk = createDesk();
});

const reviewer = (): StaffCaller => ({
  kind: 'staff',
  sessionId: 's',
  staffId: randomUUID(),
  roles: ['reviewer'],
  schools: 'everySchool',
  mustChangePassword: false,
});

async function addWaiting(handedIn: Date): Promise<string> {
  const { storage } = desk;
  const school = schoolRow();
  const batch = batchRow(school);
  const student = studentRow(school);
  const photoId = randomUUID();
  const order = orderRow(student, batch, { state: 'underReview', photoId });
  const report = makeReport(100);
  await storage.schools.insert(school);
  await storage.schools.insertBatch(batch);
  await storage.students.save(student);
  await storage.orders.insert(order);
  await storage.photos.insert(photoRow(order, { id: photoId, report, handedInAt: handedIn }));
  return order.id;
}

const stateOf = async (orderId: string) => (await desk.storage.orders.find(orderId))?.state;

async function claimed(caller: StaffCaller) {
  const { item } = await desk.claim(caller, false);
  if (!item) throw new Error('nothing waits');
  const { leaseId, photoId, order } = item;
  return { leaseId, photoId, orderId: order.orderId };
}

test('whoever waits longest comes first; of many reviewers each gets another one', async () => {
  const second = await addWaiting(hour(-1));
  const first = await addWaiting(hour(-2));
  const got = await Promise.all([claimed(reviewer()), claimed(reviewer())]);
  expect(got.map(({ orderId }) => orderId)).toEqual([first, second]);
  expect(await desk.claim(reviewer(), false)).toEqual({ item: null, waiting: 0 });
});

test('claiming again gives the same photo, with its time anew; ahead gives the next', async () => {
  const first = await addWaiting(hour(-2));
  const second = await addWaiting(hour(-1));
  const me = reviewer();
  const lease = await claimed(me);
  desk.advance((LEASE_SECONDS - 1) * 1000);
  expect(await claimed(me)).toEqual(lease);
  expect((await desk.claim(me, true)).item?.order.orderId).toBe(second);
  desk.advance((LEASE_SECONDS - 1) * 1000);
  expect((await desk.renew(me, lease)).ok).toBe(true);
  expect(lease.orderId).toBe(first);
});

test('a lease that ran out is another one’s to take, and decides nothing', async () => {
  const orderId = await addWaiting(hour(-1));
  const slow = reviewer();
  const lease = await claimed(slow);
  desk.advance(LEASE_SECONDS * 1000);
  expect(await desk.renew(slow, lease)).toMatchObject({ error: { code: 'review.leaseLost' } });
  const decided = await desk.decide(slow, { ...lease, decision: 'approved' });
  expect(decided).toMatchObject({ error: { code: 'review.leaseLost' } });
  const quick = reviewer();
  const taken = await claimed(quick);
  expect(taken.orderId).toBe(orderId);
  expect(taken.leaseId).not.toBe(lease.leaseId);
  await desk.release(slow, { ...lease, pass: true });
  unwrap(await desk.decide(quick, { ...taken, decision: 'approved' }));
  expect(await stateOf(orderId)).toBe('collected');
});

test('a decision under another one’s lease, or about another photo, is refused', async () => {
  const orderId = await addWaiting(hour(-1));
  const lease = await claimed(reviewer());
  const lost = { error: { code: 'review.leaseLost' } };
  const approved = { ...lease, decision: 'approved' } as const;
  expect(await desk.decide(reviewer(), approved)).toMatchObject(lost);
  const me = reviewer();
  await desk.release(reviewer(), { ...lease, pass: true });
  const other = { ...approved, photoId: randomUUID() };
  expect(await desk.decide(me, other)).toMatchObject(lost);
  expect(await stateOf(orderId)).toBe('underReview');
});

test('the same decision again is success and one decision; another one comes too late', async () => {
  const orderId = await addWaiting(hour(-1));
  const me = reviewer();
  const lease = await claimed(me);
  const reject = { ...lease, decision: 'rejected', codes: ['blurred'], note: '请重拍' } as const;
  const both = await Promise.all([desk.decide(me, reject), desk.decide(me, reject)]);
  expect(both.map(unwrap).map(({ state }) => state)).toEqual(['rejected', 'rejected']);
  const late = await desk.decide(me, { ...lease, decision: 'approved' });
  expect(late).toMatchObject({ error: { code: 'review.decided' } });
  const changed = await desk.decide(me, { ...reject, note: '' });
  expect(changed).toMatchObject({ error: { code: 'review.decided' } });
  const history = await desk.storage.orders.history(orderId);
  expect(history.map(({ event }) => event)).toEqual(['reject']);
  const order = await desk.storage.orders.find(orderId);
  expect(order?.reasons.at(-1)).toEqual({ code: 'note', zh: '请重拍', en: '请重拍' });
  expect(desk.storage.tables.reviewLeases.size).toBe(0);
});

test('a lease lasts five minutes from each word about it, and says so', async () => {
  await addWaiting(hour(-1));
  const me = reviewer();
  const { item } = await desk.claim(me, false);
  const end = (seconds: number) => new Date(hour(0).getTime() + seconds * 1000).toISOString();
  expect(item).toMatchObject({ leaseExpiresAt: end(300), leaseSeconds: 300 });
  desk.advance(100_000);
  const lease = { orderId: item?.order.orderId ?? '', leaseId: item?.leaseId ?? '' };
  expect(unwrap(await desk.renew(me, lease))).toEqual({
    ...{ leaseExpiresAt: end(400), leaseSeconds: 300 },
  });
  expect(await desk.renew(reviewer(), lease)).toEqual(fail('review.leaseLost'));
});

test('a decision stands with its photo, its reasons and who made it', async () => {
  const orderId = await addWaiting(hour(-1));
  const me = reviewer();
  const lease = await claimed(me);
  const codes = ['blurred', 'unknown', 'blurred'];
  const decided = await desk.decide(me, { ...lease, decision: 'rejected', codes, note: '' });
  expect(unwrap(decided)).toEqual({
    ...{ orderId, state: 'rejected', decidedAt: hour(0).toISOString() },
  });
  const order = await desk.storage.orders.find(orderId);
  expect(order?.reasons.map(({ code }) => code)).toEqual(['blurred']);
  expect(order?.promisedAt).toBeNull();
  const kept = await desk.storage.reviews.findDecision(lease.photoId);
  expect(kept).toMatchObject({
    ...{ orderId, photoId: lease.photoId, leaseId: lease.leaseId, staffId: me.staffId },
    ...{ decision: 'rejected', codes, note: '', at: hour(0) },
  });
  const [entry] = await desk.storage.orders.history(orderId);
  expect(entry).toMatchObject({
    ...{ event: 'reject', actor: 'reviewer', actorId: me.staffId },
    details: { photoId: lease.photoId, codes: codes.join() },
  });
});

test('an approval leaves no reason of before, and is the same for any that is repeated', async () => {
  const orderId = await addWaiting(hour(-1));
  const old = { reasons: [{ code: 'note', zh: '旧', en: 'old' }], promisedAt: hour(9) };
  await desk.storage.orders.update(orderId, 'underReview', old);
  const me = reviewer();
  const lease = await claimed(me);
  const approved = { ...lease, decision: 'approved' } as const;
  const first = unwrap(await desk.decide(me, approved));
  expect(first).toMatchObject({ state: 'collected' });
  desk.advance(5000);
  expect(unwrap(await desk.decide(me, approved))).toEqual(first);
  const order = await desk.storage.orders.find(orderId);
  expect(order).toMatchObject({ state: 'collected', reasons: [], promisedAt: null });
  expect(await desk.storage.reviews.findDecision(lease.photoId)).toMatchObject({
    ...{ decision: 'approved', codes: [], note: '' },
  });
  const [entry] = await desk.storage.orders.history(orderId);
  expect(entry?.details).toEqual({ photoId: lease.photoId });
  const elsewhere = { ...approved, leaseId: randomUUID() };
  expect(await desk.decide(me, elsewhere)).toEqual(fail('review.decided'));
});

test('the order in which reasons are named does not make another decision', async () => {
  await addWaiting(hour(-1));
  const me = reviewer();
  const lease = await claimed(me);
  const rejected = { ...lease, decision: 'rejected', note: '' } as const;
  unwrap(await desk.decide(me, { ...rejected, codes: ['blurred', 'note'] }));
  expect((await desk.decide(me, { ...rejected, codes: ['note', 'blurred'] })).ok).toBe(true);
  const other = await desk.decide(me, { ...rejected, codes: ['blurred'] });
  expect(other).toEqual(fail('review.decided'));
});

test('an order that is over, or not there, says so whatever the lease', async () => {
  const orderId = await addWaiting(hour(-1));
  const me = reviewer();
  const lease = { ...(await claimed(me)), decision: 'approved' } as const;
  const unknown = { ...lease, orderId: randomUUID() };
  expect(await desk.decide(me, unknown)).toEqual(fail('order.notFound'));
  await desk.storage.orders.update(orderId, 'underReview', { state: 'refunded' });
  const lost = { ...lease, leaseId: randomUUID() };
  expect(await desk.decide(me, lost)).toMatchObject({ error: { code: 'order.refunded' } });
  await desk.storage.orders.update(orderId, 'refunded', { state: 'pendingCapture' });
  expect(await desk.decide(me, lost)).toEqual(fail('review.leaseLost'));
  expect(await desk.decide(me, lease)).toMatchObject({
    ...{ error: { code: 'order.transitionForbidden' } },
  });
  expect(await desk.storage.reviews.findDecision(lease.photoId)).toBeUndefined();
});

test('a photo given back waits again', async () => {
  await addWaiting(hour(-1));
  const me = reviewer();
  const lease = await claimed(me);
  expect(await desk.release(me, { ...lease, pass: false })).toEqual({ waiting: 1 });
});

test('what is given back comes again after all others, the longest ago first', async () => {
  const [a, b, c] = [
    await addWaiting(hour(-3)),
    await addWaiting(hour(-2)),
    await addWaiting(hour(-1)),
  ];
  const me = reviewer();
  const seen: string[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    const lease = await claimed(me);
    seen.push(lease.orderId);
    desk.advance(1000);
    await desk.release(me, { ...lease, pass: true });
  }
  expect(seen).toEqual([a, b, c, a, b, c]);
  // Nobody else passed it.
  expect((await claimed(reviewer())).orderId).toBe(a);
});

test('a lease of somebody else is neither released nor passed', async () => {
  const orderId = await addWaiting(hour(-1));
  const lease = await claimed(reviewer());
  const stranger = reviewer();
  await desk.release(stranger, { ...lease, pass: true });
  await desk.release(stranger, { orderId: randomUUID(), leaseId: randomUUID(), pass: true });
  expect(desk.storage.tables.reviewPasses.size).toBe(0);
  expect(desk.storage.tables.reviewLeases.get(orderId)?.leaseId).toBe(lease.leaseId);
});

describe('a decision that is held for a minute', () => {
  beforeEach(() => {
    desk = createDesk(60_000);
  });
  const decided = async (me: StaffCaller, decision: 'approved' | 'rejected' = 'approved') => {
    const lease = await claimed(me);
    const judgement =
      decision === 'approved'
        ? ({ ...lease, decision } as const)
        : ({ ...lease, decision, codes: ['blurred'], note: '' } as const);
    return { judgement, answer: unwrap(await desk.decide(me, judgement)) };
  };

  test('moves nothing until then, tells nobody, and is nobody’s to claim', async () => {
    const orderId = await addWaiting(hour(-1));
    const me = reviewer();
    const { answer, judgement } = await decided(me, 'rejected');
    expect(answer).toEqual({
      ...{ orderId, state: 'underReview', decidedAt: hour(0).toISOString() },
      heldUntil: new Date(hour(0).getTime() + 60_000).toISOString(),
    });
    expect(unwrap(await desk.decide(me, judgement))).toEqual(answer);
    desk.advance(59_999);
    await desk.carryOut(10);
    expect(await stateOf(orderId)).toBe('underReview');
    expect(await desk.storage.orders.history(orderId)).toEqual([]);
    expect(await desk.claim(reviewer(), false)).toEqual({ item: null, waiting: 0 });
    desk.advance(1);
    await desk.carryOut(10);
    await desk.carryOut(10);
    expect(await stateOf(orderId)).toBe('rejected');
    const [entry, ...more] = await desk.storage.orders.history(orderId);
    expect(entry).toMatchObject({ event: 'reject', actor: 'reviewer', actorId: me.staffId });
    expect(more).toEqual([]);
    const over = { ...answer, state: 'rejected', heldUntil: undefined };
    expect(unwrap(await desk.decide(me, judgement))).toEqual(JSON.parse(JSON.stringify(over)));
  });

  test('is taken back: the photo is in hand again before all others, and may be decided anew', async () => {
    const orderId = await addWaiting(hour(-2));
    const next = await addWaiting(hour(-1));
    const me = reviewer();
    const { judgement } = await decided(me);
    expect((await claimed(me)).orderId).toBe(next);
    desk.advance(30_000);
    expect(await desk.takeBack(me, orderId)).toEqual(ok(undefined));
    expect(await desk.takeBack(me, orderId)).toEqual(ok(undefined));
    const again = await claimed(me);
    expect(again.orderId).toBe(orderId);
    // A late repetition of what was taken back decides nothing.
    expect(await desk.decide(me, judgement)).toEqual(fail('review.leaseLost'));
    desk.advance(60_000);
    await desk.carryOut(10);
    expect(await stateOf(orderId)).toBe('underReview');
    const other = { ...again, decision: 'rejected', codes: ['blurred'], note: '' } as const;
    unwrap(await desk.decide(me, other));
    desk.advance(60_000);
    await desk.carryOut(10);
    expect(await stateOf(orderId)).toBe('rejected');
  });

  test('is not another one’s to take back, nor anybody’s once it is in effect', async () => {
    const orderId = await addWaiting(hour(-1));
    const me = reviewer();
    await decided(me);
    expect(await desk.takeBack(reviewer(), orderId)).toEqual(fail('review.leaseLost'));
    expect(await desk.takeBack(me, randomUUID())).toEqual(fail('order.notFound'));
    desk.advance(60_000);
    await desk.carryOut(10);
    expect(await desk.takeBack(me, orderId)).toEqual(fail('review.inEffect'));
    expect(await stateOf(orderId)).toBe('collected');
  });

  test('decides nothing about an order that went elsewhere meanwhile, and says so in the log', async () => {
    const orderId = await addWaiting(hour(-1));
    const me = reviewer();
    const { judgement } = await decided(me);
    await desk.storage.orders.update(orderId, 'underReview', { state: 'refunded' });
    desk.advance(60_000);
    await desk.carryOut(10);
    expect(await stateOf(orderId)).toBe('refunded');
    expect(await desk.storage.reviews.findDecision(judgement.photoId)).toBeUndefined();
    expect(desk.warned).toEqual([{ orderId, photoId: judgement.photoId, state: 'refunded' }]);
  });

  test('decides nothing about another photo than the one that was seen', async () => {
    const orderId = await addWaiting(hour(-1));
    await decided(reviewer());
    await desk.storage.orders.update(orderId, 'underReview', { photoId: randomUUID() });
    desk.advance(60_000);
    await desk.carryOut(10);
    expect(await stateOf(orderId)).toBe('underReview');
    expect(desk.warned).toHaveLength(1);
  });

  test('that cannot be carried out holds up no other', async () => {
    const first = await addWaiting(hour(-2));
    const second = await addWaiting(hour(-1));
    const me = reviewer();
    await decided(me);
    await decided(me);
    const order = await desk.storage.orders.find(first);
    // A row that no program of ours writes.
    desk.storage.tables.orders.set(first, {
      ...order,
      get state(): never {
        throw new Error('torn');
      },
    } as never);
    desk.advance(60_000);
    await desk.carryOut(10);
    expect(await stateOf(second)).toBe('collected');
    expect(desk.failed).toEqual([expect.objectContaining({ orderId: first })]);
  });

  test('an order that could not be decided is refused at once', async () => {
    const orderId = await addWaiting(hour(-1));
    const me = reviewer();
    const lease = await claimed(me);
    await desk.storage.orders.update(orderId, 'underReview', { state: 'pendingCapture' });
    expect(await desk.decide(me, { ...lease, decision: 'approved' })).toMatchObject({
      error: { code: 'order.transitionForbidden' },
    });
    expect(desk.storage.tables.reviewDecisions.size).toBe(0);
  });
});
