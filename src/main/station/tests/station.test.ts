import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { must, openOrder, openRig, type StationRig, shoot } from './station-rig.ts';

let rig: StationRig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const session = () => rig.station().snapshot().session;

describe('a visit', () => {
  it('goes from the code to 审核中, with the very bytes on both sides', async () => {
    const { orderId } = rig.server.addOrder({}, 'c');
    await openOrder(rig, 'c');
    await must(rig, 'session.beginOrder');
    expect(rig.step()).toBe('service');
    expect(await rig.run('session.pay', { consents: ['service'] })).toMatchObject({
      error: { code: 'consent.required' },
    });
    await must(rig, 'session.pay', { consents: ['service', 'faceProcessing'] });
    expect(rig.step()).toBe('payment');
    rig.server.pay(orderId);
    await rig.until(() => rig.step() === 'requirements', 'the payment is noticed');
    await shoot(rig, 'face');
    const result = session();
    if (result.step !== 'judged') throw new Error(result.step);
    expect(result.report.accepted).toBe(true);
    const { photoId } = result.shot;
    const shown = await must(rig, 'picture.read', { photoId, kind: 'standard' });
    await must(rig, 'session.handIn');
    expect(rig.step()).toBe('handedIn');
    await rig.until(() => {
      const view = session();
      return view.step === 'handedIn' && view.order.state === 'underReview';
    }, 'the review');
    expect(session()).not.toHaveProperty('order.local');
    const stored = rig.server.photos.get(photoId);
    expect(stored?.standard.equals(shown.data)).toBe(true);
    expect(stored?.original.equals(fakeJpeg('face'))).toBe(true);
    expect(stored?.uploads).toBe(1);
    expect(rig.server.submissions).toEqual([{ orderId, photoId }]);
  });
});
