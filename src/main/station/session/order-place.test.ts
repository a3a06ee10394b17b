import { buildReport } from '@gradshot/testkit';
import { describe, expect, it } from 'vitest';
import type { OrderView } from '../../../shared/index.ts';
import { seenOffline } from './offline-view.ts';
import { localView, nextAct, withLocal } from './order-place.ts';
import type { LocalPhoto } from './ports.ts';
import { orderOf } from './tests/memory-ports.ts';
import { SHOT_A, stateAt } from './tests/states.ts';

const { photoId } = SHOT_A;
const report = buildReport();
const KEPT: LocalPhoto = { step: 'kept', shot: SHOT_A, hasStandard: false };
const JUDGED: LocalPhoto = { ...KEPT, step: 'judged', accepted: true, report, hasStandard: true };

describe('what lies here', () => {
  it.each<[string, LocalPhoto | undefined, object | undefined]>([
    ['nothing', undefined, undefined],
    ['a shot', KEPT, { photoId, step: 'kept' }],
    ['a standard photo', JUDGED, { photoId, step: 'judged' }],
    ['a refused one', { ...JUDGED, accepted: false }, undefined],
    [
      'one on its way',
      { ...JUDGED, step: 'handedIn' },
      { photoId, step: 'handedIn', delivery: 'sending' },
    ],
    ['one that arrived', { ...JUDGED, step: 'arrived' }, undefined],
    ['one that was replaced', { ...JUDGED, step: 'replaced' }, undefined],
  ])('%s', (_, photo, expected) => {
    expect(localView(photo, () => 'sending')).toEqual(expected);
  });

  it('takes the place of what lay here before', () => {
    const order = orderOf('A', 'pendingCapture');
    const before = withLocal(order, { photoId: 'old', step: 'kept' });
    expect(withLocal(before, undefined)).toEqual(order);
    expect(withLocal(before, { photoId, step: 'judged' }).local).toEqual({
      photoId,
      step: 'judged',
    });
  });
});

function placeOf(state: OrderView['state'], photo?: LocalPhoto, changes: Partial<OrderView> = {}) {
  const order = withLocal(
    { ...orderOf('A', state), ...changes },
    localView(photo, () => 'queued'),
  );
  const act = nextAct(order, photo);
  return act.ok && typeof act.value === 'object' ? { ...act.value, order: undefined } : act;
}

describe('开始采集 leads', () => {
  it('on with the shot that lies here, from where it is', () => {
    expect(placeOf('pendingCapture', KEPT)).toEqual({ to: 'kept', shot: SHOT_A });
    expect(placeOf('pendingCapture', JUDGED)).toEqual({
      ...{ to: 'judged', shot: SHOT_A, report, hasStandard: true, accepted: true },
    });
    const onSite = { answers: { 'face.person': 'kept' } } as const;
    expect(placeOf('pendingCapture', { ...JUDGED, onSite })).toMatchObject({ onSite });
    const { report: _lost, ...unreported } = JUDGED;
    expect(placeOf('pendingCapture', unreported)).toEqual({ to: 'kept', shot: SHOT_A });
    expect(placeOf('pendingCapture', { ...JUDGED, step: 'handedIn' })).toEqual({
      ...{ to: 'handedIn', photoId },
    });
  });

  it('to a new shot where one was made elsewhere, or none counts', () => {
    for (const state of ['pendingStandardization', 'pendingSubmission'] as const)
      expect(placeOf(state, undefined, { photoId: 'phone' })).toEqual({ to: 'requirements' });
    expect(placeOf('pendingSubmission', { ...JUDGED, accepted: false })).toEqual({
      ...{ to: 'requirements' },
    });
  });

  it('to the photo that the server has, or else to the one that went there from here', () => {
    expect(placeOf('underReview', undefined, { photoId: 'phone' })).toMatchObject({
      photoId: 'phone',
    });
    const arrived = { ...JUDGED, step: 'arrived' } as const;
    expect(placeOf('underReview', arrived, { photoId: 'phone' })).toMatchObject({
      photoId: 'phone',
    });
    for (const step of ['arrived', 'handedIn'] as const)
      expect(placeOf('collected', { ...JUDGED, step })).toMatchObject({ to: 'handedIn', photoId });
    const bare = placeOf('underReview', { ...JUDGED, accepted: false });
    expect(bare).toEqual({ to: 'handedIn' });
    expect(bare).not.toHaveProperty('photoId');
  });

  it('nowhere when the order has ended, and says how', () => {
    for (const [state, word] of [
      ['cancelled', '已取消'],
      ['refunding', '退款中'],
      ['refunded', '已退款'],
    ] as const)
      expect(placeOf(state)).toEqual({
        ok: false,
        error: { code: 'order.transitionForbidden', details: { state: word } },
      });
  });
});

describe('without the network', () => {
  const waiting = (delivery: 'queued' | 'sending') => ({
    ...orderOf('A', 'pendingCapture'),
    local: { photoId, step: 'handedIn' as const, delivery },
  });
  const offline = { local: { delivery: 'offline' } };

  it('what waits for its turn waits for the network, on every page', () => {
    expect(seenOffline(stateAt('orders', waiting('queued')).view)).toMatchObject({
      orders: [offline, { orderId: 'order<B>' }],
    });
    expect(seenOffline(stateAt('handedIn', waiting('queued')).view)).toMatchObject({
      order: offline,
    });
    const { view } = stateAt('handedIn', waiting('sending'));
    expect(seenOffline(view)).toEqual(view);
    const kept = { ...orderOf('A', 'pendingCapture'), local: { photoId, step: 'kept' as const } };
    expect(seenOffline(stateAt('kept', kept).view)).toEqual(stateAt('kept', kept).view);
    expect(seenOffline({ step: 'welcome' })).toEqual({ step: 'welcome' });
  });
});
