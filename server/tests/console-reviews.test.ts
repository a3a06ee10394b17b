import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { LEASE_SECONDS } from '../src/services/review/review-queue.ts';
import {
  addStaff,
  approve,
  claim,
  reject,
  submitPhoto,
  type TestStaff,
} from './support/console.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import { sha256 } from './support/pictures.ts';
import { startTestServer, type TestServer, unwrap } from './support/test-server.ts';

describeOnBothDatabases('reviews', (db, kind) => {
  let server: TestServer;
  let school: School;
  let first: TestStaff;
  let second: TestStaff;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
    first = await addStaff(server, 'reviewer');
    second = await addStaff(server, 'reviewer');
  });
  afterAll(() => server?.close());

  /** Every test begins with an empty queue. */
  beforeEach(async () => {
    for (const staff of [first, second])
      for (const ahead of [false, false]) {
        const { item } = unwrap(await staff.client.call('claimReview', { body: { ahead } }));
        if (item) unwrap(await approve(staff, item));
      }
    for (;;) {
      const { item } = unwrap(await first.client.call('claimReview', { body: {} }));
      if (!item) return;
      unwrap(await approve(first, item));
    }
  });

  test('the oldest first, one for each reviewer, the same one again for its holder', async () => {
    const older = await submitPhoto(server, school, 1);
    const newer = await submitPhoto(server, school, 2);
    const mine = await claim(first);
    expect(mine.order.orderId).toBe(older.orderId);
    expect(mine.photoId).toBe(older.photoId);
    expect(mine.source).toBe('station');
    expect(mine.leaseSeconds).toBe(LEASE_SECONDS);
    const yours = await claim(second);
    expect(yours.order.orderId).toBe(newer.orderId);
    expect((await claim(first)).leaseId).toBe(mine.leaseId);
    const empty = unwrap(await first.client.call('claimReview', { body: { ahead: true } }));
    expect(empty).toEqual({ item: null, waiting: 0 });
  });

  test('the next one is leased ahead, and only to that reviewer', async () => {
    const photos = [1, 2, 3].map((seed) => submitPhoto(server, school, seed));
    await Promise.all(photos);
    const now = await claim(first);
    const ahead = await claim(first, true);
    expect(ahead.order.orderId).not.toBe(now.order.orderId);
    expect((await claim(first, true)).leaseId).toBe(ahead.leaseId);
    const other = await claim(second);
    expect([now.order.orderId, ahead.order.orderId]).not.toContain(other.order.orderId);
    unwrap(await approve(first, now));
    expect((await claim(first)).leaseId).toBe(ahead.leaseId);
  });

  test('approval completes the order; the standard photo stays byte for byte', async () => {
    const order = await submitPhoto(server, school, 4);
    const item = await claim(first);
    expect(unwrap(await approve(first, item)).state).toBe('collected');
    const detail = await order.order();
    expect(detail).toMatchObject({ state: 'collected', reasons: [], photoId: order.photoId });
    expect(detail.history.at(-1)).toMatchObject({ event: 'approve', by: 'reviewer' });
    const stored = unwrap(
      await order.client.call('getStandardPhoto', {
        params: { ...order.params, photoId: order.photoId },
      }),
    );
    expect(sha256(stored)).toBe(order.photo.meta.standardSha256);
  });

  test('approving twice is success, deciding otherwise afterwards is not', async () => {
    const order = await submitPhoto(server, school, 5);
    const item = await claim(first);
    const once = unwrap(await approve(first, item));
    expect(unwrap(await approve(first, item))).toEqual(once);
    expect(await reject(first, item, ['teethShowing'])).toMatchObject({
      error: { code: 'review.decided' },
    });
    expect(await approve(second, { ...item, leaseId: crypto.randomUUID() })).toMatchObject({
      error: { code: 'review.decided' },
    });
    expect((await order.order()).state).toBe('collected');
    expect((await order.order()).history.filter(({ event }) => event === 'approve').length).toBe(1);
  });

  test('a rejection tells the graduate why; the retake is free and the next reviewer sees it', async () => {
    const order = await submitPhoto(server, school, 6);
    const item = await claim(first);
    expect(unwrap(await reject(first, item, ['hairOverFace'], '刘海夹起来')).state).toBe(
      'rejected',
    );
    const detail = await order.order();
    expect(detail.state).toBe('rejected');
    expect(detail.reasons.map(({ code }) => code)).toEqual(['hairOverFace', 'note']);
    expect(detail.reasons[1]?.zh).toBe('刘海夹起来');
    unwrap(await order.client.call('retakePhoto', { params: order.params }));
    await order.submit(7);
    const again = await claim(second);
    expect(again.order.orderId).toBe(order.orderId);
    expect(again.photoId).not.toBe(item.photoId);
    expect(again.earlier).toMatchObject([{ codes: ['hairOverFace'], note: '刘海夹起来' }]);
  });

  describe('what staff at the station said about a photo', () => {
    const onSite = {
      answers: { 'face.person': 'kept', 'accessories.glasses': 'notKept' },
    } as const;

    async function handIn(seed: number, caller: 'station' | 'client', said: object) {
      const order = await submitPhoto(server, school, seed, 'delivered');
      const { params, photoId } = order;
      const body = { photoId, onSite: said as typeof onSite };
      return { order, handedIn: await order[caller].call('handInPhoto', { params, body }) };
    }

    test('is sealed, and shown to the reviewer', async () => {
      const { order, handedIn } = await handIn(40, 'station', onSite);
      unwrap(handedIn);
      expect((await claim(first)).onSite).toEqual(onSite);
      const row = await server.environment.storage.photos.find(order.photoId);
      expect(Buffer.from(row?.onSiteSealed ?? []).includes('glasses')).toBe(false);
      expect(JSON.stringify(await order.order())).not.toContain('notKept');
    });

    test('may be nothing, which then is not shown', async () => {
      for (const said of [undefined, {}, { answers: {} }]) {
        unwrap((await handIn(41, 'station', said as object)).handedIn);
        const item = await claim(first);
        expect(item).not.toHaveProperty('onSite');
        unwrap(await approve(first, item));
      }
    });

    test('that cannot be read any more is said to be so, and holds up nobody', async () => {
      const { order, handedIn } = await handIn(46, 'station', onSite);
      unwrap(handedIn);
      await db()
        .updateTable('photos')
        .set({ onSiteSealed: new Uint8Array(40) })
        .where('id', '=', order.photoId)
        .execute();
      const item = await claim(first);
      expect(item).toMatchObject({ photoId: order.photoId, onSiteUnreadable: true });
      expect(item).not.toHaveProperty('onSite');
      unwrap(await approve(first, item));
    });

    test('holds a note, and who read it is logged', async () => {
      const note = '本人佩戴义眼';
      const { order, handedIn } = await handIn(45, 'station', { note });
      unwrap(handedIn);
      const reads = () =>
        db()
          .selectFrom('accessLog')
          .selectAll()
          .where('action', '=', 'readNote')
          .where('photoId', '=', order.photoId)
          .execute();
      expect(await reads()).toEqual([]);
      expect((await claim(first)).onSite).toEqual({ note });
      expect(await reads()).toMatchObject([{ caller: 'staff', callerId: first.staffId }]);
      const agent = await addStaff(server, 'agent');
      const { params } = order;
      const detail = unwrap(await agent.client.call('getConsoleOrder', { params }));
      expect(JSON.stringify(detail)).not.toContain(note);
      expect(detail.accesses).toMatchObject([{ what: 'readNote' }]);
    });

    test('is no longer than 200 characters, and names no number', async () => {
      for (const note of ['长'.repeat(201), '证件号 11010119491231002X', ' ']) {
        const { handedIn } = await handIn(46, 'station', { note });
        expect(handedIn).toMatchObject({ error: { code: 'request.invalid' } });
      }
    });

    test('comes from a station alone, and answers questions that are asked', async () => {
      const forbidden = { error: { code: 'auth.forbidden' } };
      const { order, handedIn } = await handIn(42, 'client', onSite);
      expect(handedIn).toMatchObject(forbidden);
      for (const answers of [{ 'face.hat': 'kept' }, { 'face.person': 'perhaps' }]) {
        const { handedIn } = await handIn(43, 'station', { answers });
        expect(handedIn).toMatchObject({ error: { code: 'request.invalid' } });
      }
      expect((await order.order()).state).toBe('pendingSubmission');
    });

    test('is settled: what is handed in again changes nothing', async () => {
      const { order } = await handIn(44, 'station', onSite);
      const { params, photoId } = order;
      const body = { photoId, onSite: { answers: { 'face.person': 'notKept' } } } as const;
      unwrap(await order.station.call('handInPhoto', { params, body }));
      expect((await claim(first)).onSite).toEqual(onSite);
    });
  });

  test('a lease that ran out is lost, and the photo goes to somebody else', async () => {
    await submitPhoto(server, school, 8);
    const item = await claim(first);
    server.advance((LEASE_SECONDS + 1) * 1000);
    const other = await claim(second);
    expect(other.order.orderId).toBe(item.order.orderId);
    expect(await approve(first, item)).toMatchObject({ error: { code: 'review.leaseLost' } });
    const params = { orderId: item.order.orderId };
    expect(
      await first.client.call('renewReview', { params, body: { leaseId: item.leaseId } }),
    ).toMatchObject({ error: { code: 'review.leaseLost' } });
    unwrap(await approve(second, other));
  });

  test('renewing keeps a lease; releasing gives the photo back; both may be repeated', async () => {
    await submitPhoto(server, school, 9);
    const item = await claim(first);
    const params = { orderId: item.order.orderId };
    const body = { leaseId: item.leaseId };
    server.advance((LEASE_SECONDS - 10) * 1000);
    unwrap(await first.client.call('renewReview', { params, body }));
    server.advance((LEASE_SECONDS - 10) * 1000);
    expect((await claim(first)).leaseId).toBe(item.leaseId);
    // Somebody else's lease is not released by knowing the order.
    unwrap(await second.client.call('releaseReview', { params, body }));
    expect((await claim(first)).leaseId).toBe(item.leaseId);
    expect(unwrap(await first.client.call('releaseReview', { params, body })).waiting).toBe(1);
    unwrap(await first.client.call('releaseReview', { params, body }));
    expect((await claim(second)).order.orderId).toBe(item.order.orderId);
  });

  test('another reviewer’s lease, another photo and another order decide nothing', async () => {
    const order = await submitPhoto(server, school, 10);
    const item = await claim(first);
    const wrong = [
      approve(second, item),
      approve(first, { ...item, leaseId: crypto.randomUUID() }),
      approve(first, { ...item, photoId: crypto.randomUUID() }),
    ];
    for (const answer of await Promise.all(wrong))
      expect(answer).toMatchObject({ error: { code: 'review.leaseLost' } });
    expect((await order.order()).state).toBe('underReview');
  });

  test('customer service withdraws a photo: the reviewer’s lease is gone', async () => {
    const agent = await addStaff(server, 'agent');
    const order = await submitPhoto(server, school, 11);
    const item = await claim(first);
    const withdrawn = unwrap(
      await agent.client.call('withdrawOrder', {
        params: order.params,
        body: { reason: '想换一张照片' },
      }),
    );
    expect(withdrawn.state).toBe('pendingCapture');
    expect(await approve(first, item)).toMatchObject({ error: { code: 'review.leaseLost' } });
    expect(
      await agent.client.call('withdrawOrder', { params: order.params, body: { reason: 'x' } }),
    ).toMatchObject({ error: { code: 'order.transitionForbidden' } });
    await order.submit(12);
    unwrap(await approve(first, await claim(first)));
    expect(
      await agent.client.call('withdrawOrder', { params: order.params, body: { reason: 'x' } }),
    ).toMatchObject({ error: { code: 'order.locked' } });
  });

  test('every look at a photo stands in the access log before the photo is shown', async () => {
    const order = await submitPhoto(server, school, 13);
    const item = await claim(first);
    const look = (kind: 'original' | 'standard' | 'reference', photoId = item.photoId) =>
      first.client.call('getConsolePhoto', { params: { ...order.params, photoId, kind } });
    const original = unwrap(await look('original'));
    expect(await sharp(original).metadata()).toMatchObject({ width: 900, height: 1200 });
    expect(sha256(unwrap(await look('standard')))).toBe(item.standard.sha256);
    for (const missing of [look('reference'), look('original', crypto.randomUUID())])
      expect(await missing).toMatchObject({ error: { code: 'photo.notFound' } });
    const detail = unwrap(await first.client.call('getConsoleOrder', { params: order.params }));
    expect(detail.accesses.map(({ what, by }) => [what, by])).toEqual([
      ['viewStandard', `名 ${first.account}`],
      ['viewOriginal', `名 ${first.account}`],
    ]);
  });

  test('any number of reviewers at once: nobody ever holds what another one holds', async () => {
    const staff = [
      first,
      second,
      await addStaff(server, 'reviewer'),
      await addStaff(server, 'administrator'),
    ];
    const photos = await Promise.all(
      [20, 21, 22, 23, 24, 25].map((seed) => submitPhoto(server, school, seed)),
    );
    const held = new Map<string, string>();
    const act = fc.constantFrom('claim', 'ahead', 'release');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 4 }),
        async (plans) => {
          held.clear();
          await Promise.all(plans.map((plan, i) => follow(staff[i] ?? first, plan)));
          await releaseAll(staff);
        },
      ),
      // The embedded database serves one connection after the other anyway.
      { numRuns: kind === 'postgres' ? 8 : 2 },
    );
    expect(photos.length).toBe(6);

    async function follow(member: TestStaff, plan: readonly string[]) {
      for (const step of plan) {
        const { item } = unwrap(
          await member.client.call('claimReview', { body: { ahead: step === 'ahead' } }),
        );
        if (!item) continue;
        const { orderId } = item.order;
        const holder = held.get(orderId);
        expect(holder === undefined || holder === member.staffId).toBe(true);
        held.set(orderId, member.staffId);
        if (step !== 'release') continue;
        held.delete(orderId);
        const body = { leaseId: item.leaseId };
        unwrap(await member.client.call('releaseReview', { params: { orderId }, body }));
      }
    }
  });

  async function releaseAll(staff: readonly TestStaff[]) {
    for (const { staffId } of staff)
      await server.environment.storage.reviews.releaseLeasesOf(staffId);
  }

  test('claims at the same moment lease a photo each', async () => {
    const count = kind === 'postgres' ? 10 : 3;
    const staff = await Promise.all(
      Array.from({ length: count }, () => addStaff(server, 'reviewer')),
    );
    await Promise.all(staff.map((_, i) => submitPhoto(server, school, 40 + i)));
    const items = await Promise.all(staff.map((member) => claim(member)));
    expect(new Set(items.map(({ order }) => order.orderId)).size).toBe(count);
    const decided = await Promise.all(
      staff.map((member, i) => approve(member, items[i] ?? items[0]!)),
    );
    expect(decided.every(({ ok }) => ok)).toBe(true);
  });

  describe('decisions that are held', () => {
    let patient: TestServer;
    let place: School;
    beforeAll(async () => {
      patient = await startTestServer(db(), { reviewHoldMs: 60_000 });
      place = await patient.addSchool();
    });
    afterAll(() => patient?.close());
    const takeBack = (staff: TestStaff, orderId: string) =>
      staff.client.call('takeBackReview', { params: { orderId } });

    test('a graduate reads of them, and is told, only once they are carried out', async () => {
      const photo = await submitPhoto(patient, place, 60);
      const staff = await addStaff(patient, 'reviewer');
      const decided = unwrap(await reject(staff, await claim(staff), ['blurred']));
      expect(decided.state).toBe('underReview');
      await patient.services.reviewDecisions.carryOut(10);
      expect(await photo.order()).toMatchObject({ state: 'underReview', reasons: [] });
      patient.advance(60_000);
      await patient.services.reviewDecisions.carryOut(10);
      expect(await photo.order()).toMatchObject({
        ...{ state: 'rejected', reasons: [{ code: 'blurred' }] },
      });
      const late = await takeBack(staff, photo.orderId);
      expect(late).toMatchObject({ error: { code: 'review.inEffect' } });
    });

    test('taken back at the very moment, one of the two happens', async () => {
      const staff = await addStaff(patient, 'reviewer');
      for (const seed of [61, 62, 63]) {
        const photo = await submitPhoto(patient, place, seed);
        const item = await claim(staff);
        expect(item.order.orderId).toBe(photo.orderId);
        unwrap(await approve(staff, item));
        patient.advance(60_000);
        const [taken] = await Promise.all([
          takeBack(staff, photo.orderId),
          patient.services.reviewDecisions.carryOut(10),
        ]);
        const { state } = await photo.order();
        expect(state).toBe(taken.ok ? 'underReview' : 'collected');
        if (taken.ok) unwrap(await approve(staff, await claim(staff)));
        patient.advance(60_000);
        await patient.services.reviewDecisions.carryOut(10);
        expect((await photo.order()).state).toBe('collected');
      }
    });
  });
});
