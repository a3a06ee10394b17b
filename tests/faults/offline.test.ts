import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must, openRig, type StationRig, shoot } from '../../src/main/station/tests/station-rig.ts';
import { journeyOfOrder } from '../../src/shared/index.ts';
import { delivered, handIn, STEPS, type Step, walkOn, walkTo } from './walk.ts';

let rig: StationRig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const snapshot = () => rig.station().snapshot();

describe('the server goes away', () => {
  /** Steps from which the way to the end needs no server. */
  const LOCAL: readonly Step[] = ['requirements', 'camera', 'reviewShot', 'kept', 'judged'];

  it.each(LOCAL)('at %s: the visit ends as usual and is delivered later', async (step) => {
    const { orderId } = rig.server.addOrder({}, 'c');
    await walkTo(rig, step, 'c');
    rig.server.down = true;
    await walkOn(rig, step, 'c');
    const reads = () => {
      const { session } = snapshot();
      return session.step === 'handedIn' ? journeyOfOrder(session.order).text.zh : session.step;
    };
    await rig.until(() => reads() === '已提交，等待网络', 'it is noticed');
    // Somebody stays to watch: the last page would go by itself.
    for (let waited = 0; waited < 60; waited += 10) {
      await must(rig, 'station.touch');
      await rig.clock.advance(10_000);
    }
    expect(snapshot().connection).toMatchObject({ online: false, outbox: 1, parked: 0 });
    rig.server.down = false;
    await rig.until(() => {
      void rig.run('station.touch');
      const { session } = snapshot();
      return session.step === 'handedIn' && session.order.state === 'underReview';
    }, 'the screen follows by itself');
    expect(snapshot()).toMatchObject({
      session: { order: { state: 'underReview' } },
      connection: { online: true, outbox: 0 },
    });
    expect(snapshot().session).not.toHaveProperty('order.local');
    expect(reads()).toBe('审核中');
    expect(rig.server.submissions).toHaveLength(1);
    expect(rig.server.orders.get(orderId)?.state).toBe('underReview');
  });

  /** Steps whose next act asks the server. */
  const ASKING = [
    ['scanCode', 'session.submitCode', { payload: 'c', source: 'camera' }],
    ['verify', 'session.confirmLastFour', { lastFour: '1234' }],
    ['orderDetail', 'session.beginOrder', {}],
    ['service', 'session.pay', { consents: ['service', 'faceProcessing'] }],
    ['payment', 'session.refreshPayment', {}],
  ] as const;

  it.each(ASKING)('at %s: %s says so and changes nothing', async (step, command, payload) => {
    rig.server.addOrder({}, 'c');
    await walkTo(rig, step, 'c');
    const before = snapshot().session;
    rig.server.down = true;
    expect(await rig.run(command, payload as never)).toMatchObject({
      error: { code: 'network.unreachable' },
    });
    expect(snapshot()).toMatchObject({
      session: before,
      busy: false,
      failure: { code: 'network.unreachable' },
    });
    rig.server.down = false;
    await rig.until(() => snapshot().connection.online, 'the server is back');
    expect(await rig.run(command, payload as never)).toEqual({ ok: true, value: null });
    expect(snapshot().failure).toBeUndefined();
  });

  it('on the list: a paid order is opened, and its photo taken', async () => {
    rig.server.addOrder({ state: 'pendingCapture' }, 'c');
    await walkTo(rig, 'orders', 'c');
    rig.server.down = true;
    const orderId = rig.server.codes.get('c')?.orderIds[0] ?? '';
    await must(rig, 'session.openOrder', { orderId });
    await must(rig, 'session.beginOrder');
    expect(rig.step()).toBe('requirements');
  });

  it.each(STEPS)('at %s: leaving works', async (step) => {
    rig.server.addOrder({}, 'c');
    await walkTo(rig, step, 'c');
    rig.server.down = true;
    await must(rig, 'session.leave');
    expect(snapshot().session).toEqual({ step: 'welcome' });
  });
});

describe('queued work', () => {
  it('outlives a restart without the server', async () => {
    rig.server.addOrder({ state: 'pendingCapture' }, 'c');
    rig.server.addOrder({ state: 'pendingCapture' }, 'd');
    const { orderIds: later } = rig.server.codes.get('d')!;
    expect(later).toHaveLength(1);
    await walkTo(rig, 'orderDetail', 'c');
    await must(rig, 'session.beginOrder');
    rig.server.down = true;
    await walkOn(rig, 'requirements', 'c');
    await rig.restart();
    expect(snapshot()).toMatchObject({ session: { step: 'welcome' }, connection: { outbox: 1 } });
    rig.server.down = false;
    await rig.until(() => rig.server.submissions.length === 1, 'delivery after the restart');
  });

  it('of many graduates is delivered in order within each, nothing twice', async () => {
    const photos: string[] = [];
    for (const code of ['a', 'b', 'c', 'd', 'e']) {
      rig.server.down = false;
      rig.server.addOrder({ state: 'pendingCapture' }, code);
      await walkTo(rig, 'orders', code);
      rig.server.down = true;
      await must(rig, 'session.openOrder', {
        orderId: rig.server.codes.get(code)?.orderIds[0] ?? '',
      });
      await must(rig, 'session.beginOrder');
      await walkOn(rig, 'requirements', code);
      const { session } = snapshot();
      photos.push(session.step === 'handedIn' ? (session.photoId ?? '') : '');
      await must(rig, 'session.leave');
    }
    rig.server.down = false;
    await rig.until(() => snapshot().connection.outbox === 0, 'everything is delivered');
    expect(photos.every((photoId) => delivered(rig, photoId))).toBe(true);
    expect([...rig.server.photos.values()].every((photo) => photo.uploads === 1)).toBe(true);
  });

  it('whose answer was lost is sent again and counts once', async () => {
    const { orderId } = rig.server.addOrder({ state: 'pendingCapture' }, 'c');
    const real = rig.server.handle.bind(rig.server);
    let lost = 0;
    rig.server.handle = async (request) => {
      const response = await real(request);
      const matters = /\/photos\/|\/hand-in$/.test(request.url);
      if (matters && lost < 3) {
        lost += 1;
        throw new TypeError('fetch failed');
      }
      return response;
    };
    const photoId = await handIn(rig, 'c');
    await rig.until(() => snapshot().connection.outbox === 0, 'delivery');
    expect(lost).toBe(3);
    expect(delivered(rig, photoId)).toBe(true);
    expect(rig.server.photos.get(photoId)?.uploads).toBeGreaterThan(1);
    expect(rig.server.orders.get(orderId)?.state).toBe('underReview');
  });
});

describe('a shot taken again after it was accepted', () => {
  it.each(['before', 'after'])('%s it was delivered: only the last one counts', async (when) => {
    const { orderId } = rig.server.addOrder({ state: 'pendingCapture' }, 'c');
    await walkTo(rig, 'orderDetail', 'c');
    await must(rig, 'session.beginOrder');
    rig.server.down = when === 'before';
    await walkOnToResult();
    const first = shownPhoto();
    if (when === 'after')
      await rig.until(() => rig.server.photos.has(first), 'the first is uploaded');
    await must(rig, 'session.retake');
    await walkOnToResult('second');
    const second = shownPhoto();
    expect(second).not.toBe(first);
    await must(rig, 'session.handIn');
    rig.server.down = false;
    await rig.until(() => rig.server.submissions.length > 0, 'the submission');
    expect(rig.server.submissions).toEqual([{ orderId, photoId: second }]);
    expect(rig.server.orders.get(orderId)).toMatchObject({ photoId: second });
    expect(rig.server.photos.has(first)).toBe(when === 'after');
  });

  it('and then left: the server gives the first one back', async () => {
    const { orderId } = rig.server.addOrder({ state: 'pendingCapture' }, 'c');
    await walkTo(rig, 'orderDetail', 'c');
    await must(rig, 'session.beginOrder');
    await walkOnToResult();
    await rig.until(() => rig.server.photos.size === 1, 'the upload');
    await must(rig, 'session.retake');
    await must(rig, 'session.leave');
    await rig.until(() => snapshot().connection.outbox === 0, 'the discard');
    expect(rig.server.orders.get(orderId)?.state).toBe('pendingCapture');
  });

  async function walkOnToResult(look = 'first'): Promise<void> {
    if (rig.step() === 'camera') await must(rig, 'session.back');
    await shoot(rig, look);
  }

  function shownPhoto(): string {
    const { session } = snapshot();
    return session.step === 'judged' ? session.shot.photoId : '';
  }
});
