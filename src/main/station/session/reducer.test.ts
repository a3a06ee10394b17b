import { fail, ok, type Result } from '@gradshot/domain';
import { buildRefusal } from '@gradshot/testkit';
import { describe, expect, it } from 'vitest';
import type { SessionStep } from '../../../shared/index.ts';
import {
  answer,
  command,
  deliveryChanged,
  type OrderNews,
  orderChanged,
  progressed,
  type Step,
  settle,
} from './reducer.ts';
import {
  deserted,
  NOBODY,
  type Outcome,
  type SessionCommandName,
  type SessionState,
  tokenOf,
} from './state.ts';
import { orderOf } from './tests/memory-ports.ts';
import { PAYMENT_A, SHOT_A, stateAt } from './tests/states.ts';

const FRESH = { id: 'fresh', at: '2026-11-23T02:00:00.000Z' };
const LATER = '2026-11-24T00:00:00.000Z';

const press = (state: SessionState, name: SessionCommandName, payload: object = {}): Step =>
  command(state, name, payload as never, FRESH);

const reached = (step: Step): SessionState => {
  if ('refused' in step) throw new Error(step.refused.code);
  return step.state;
};

const busy = (state: SessionState, kind: NonNullable<SessionState['running']>['kind']) => ({
  ...state,
  running: { op: 5, kind },
});

const outcome = (kind: Outcome['kind'], result: Result<unknown>) => ({ kind, result }) as Outcome;

describe('a visit', () => {
  it('begins as a new one, of which nothing older is left but the language', () => {
    const before = { ...stateAt('welcome'), failure: { code: 'code.unknown' } as const };
    const entered = reached(press(before, 'session.enter'));
    expect(entered).toEqual({
      ...NOBODY,
      ...{ visit: 4, lastOp: 5, language: 'en', view: { step: 'scanCode' } },
    });
    const scanned = press(before, 'session.submitCode', { payload: 'A' });
    expect(scanned).toMatchObject({
      state: { visit: 4, language: 'en', token: undefined, running: { op: 6 }, lastOp: 6 },
      effect: { op: 6, kind: 'resolveCode', input: { codes: [{ payload: 'A' }] } },
    });
  });

  it('goes on with the next code that is scanned', () => {
    const scanning = { ...stateAt('scanCode'), failure: { code: 'code.unknown' } as const };
    const again = press(scanning, 'session.submitCode', { payload: 'A' });
    expect(again).toMatchObject({ state: { visit: 3, failure: undefined } });
    expect(reached(press(stateAt('scanCode'), 'session.codeUnreadable')).failure).toEqual({
      code: 'code.unreadable',
    });
    expect(press(stateAt('welcome'), 'session.codeUnreadable')).toEqual({
      refused: { code: 'station.wrongStep' },
    });
  });

  it('that is left leaves nothing, from every step, also while something is under way', () => {
    const steps = ['scanCode', 'verify', 'orders', 'payment', 'reviewShot', 'handedIn'] as const;
    for (const step of steps)
      for (const state of [stateAt(step), busy(stateAt(step), 'openOrder')])
        expect(reached(press({ ...state, pace: 'express' }, 'session.leave'))).toEqual({
          ...NOBODY,
          ...{ visit: 3, lastOp: 5, pace: 'express' },
        });
  });

  it('needs its session for what is the graduate’s', () => {
    expect(tokenOf(stateAt('orders'))).toBe('token<A>');
    expect(() => tokenOf(NOBODY)).toThrow('welcome');
  });

  it.each<[SessionStep, SessionStep]>([
    ['welcome', 'welcome'],
    ['scanCode', 'welcome'],
    ['verify', 'scanCode'],
    ['orders', 'welcome'],
    ['orderDetail', 'orders'],
    ['handedIn', 'orders'],
    ['service', 'orderDetail'],
    ['payment', 'orderDetail'],
    ['requirements', 'orderDetail'],
    ['camera', 'requirements'],
    ['reviewShot', 'camera'],
    ['kept', 'orderDetail'],
    ['judging', 'kept'],
    ['judged', 'orderDetail'],
  ])('goes back from %s to %s', (from, to) => {
    const back = reached(press(stateAt(from), 'session.back'));
    expect(back.view.step).toBe(to);
    if (to === 'welcome') expect(JSON.stringify(back)).not.toContain('<A>');
    if (to === 'scanCode') expect(back.ticket).toBeUndefined();
    if (from === 'reviewShot') expect(back.picture).toBeUndefined();
    if (to === 'orders') expect(back.view).toMatchObject({ orders: stateAt('orders').orders });
  });

  it('back to the code in 快速 leaves nothing either', () => {
    const back = reached(press({ ...stateAt('verify'), pace: 'express' }, 'session.back'));
    expect(back).toEqual({
      ...NOBODY,
      ...{ visit: 3, lastOp: 5 },
      pace: 'express',
      language: 'en',
    });
  });
});

describe('a press at another step', () => {
  /** Leaving and going back are for every step. */
  const ALLOWED: Readonly<Partial<Record<SessionCommandName, readonly SessionStep[]>>> = {
    'session.enter': ['welcome'],
    'session.submitCode': ['welcome', 'scanCode'],
    'session.codeUnreadable': ['scanCode'],
    'session.confirmLastFour': ['verify'],
    'session.openOrder': ['orders'],
    'session.beginOrder': ['orderDetail', 'handedIn'],
    'session.cancelOrder': ['orderDetail', 'service', 'payment'],
    'session.handOver': ['orderDetail', 'handedIn'],
    'session.closeHandover': ['orderDetail', 'handedIn'],
    'session.pay': ['service'],
    'session.refreshPayment': ['payment'],
    'session.toCamera': ['requirements'],
    'session.takeShot': ['camera'],
    'session.retake': ['reviewShot', 'kept', 'judged', 'handedIn'],
    'session.keep': ['reviewShot'],
    'session.judge': ['kept'],
    'session.stopJudging': ['judging'],
    'session.handIn': ['judged'],
    'staff.recordOnSite': ['judged'],
    'staff.releasePhoto': ['judged'],
  };
  const STEPS = [
    ...new Set(Object.values(ALLOWED).flat()),
  ] as const satisfies readonly SessionStep[];
  const payload = {
    ...{ payload: 'A', lastFour: '1234', orderId: 'order<A>', consents: [] },
    ...{ cause: 'misjudged', text: '' },
  };
  const picture = Uint8Array.of(0xff, 0xd8, 0xff);

  it.each(Object.entries(ALLOWED))('changes nothing: %s', (name, allowed) => {
    expect(STEPS).toHaveLength(14);
    for (const step of STEPS) {
      const pressed = press(stateAt(step, 'rejected'), name as SessionCommandName, {
        ...payload,
        picture,
      });
      const isRefused = 'refused' in pressed && pressed.refused.code === 'station.wrongStep';
      expect(`${step} ${isRefused}`).toBe(`${step} ${!allowed.includes(step)}`);
    }
  });
});

describe('the last four', () => {
  it('are asked for once for each ticket', () => {
    expect(press(stateAt('verify'), 'session.confirmLastFour', { lastFour: '1234' })).toMatchObject(
      {
        effect: { kind: 'verify', input: { ticket: 'ticket<A>', lastFour: '1234' } },
      },
    );
    const used = { ...stateAt('verify'), ticket: undefined };
    expect(press(used, 'session.confirmLastFour', { lastFour: '1234' })).toEqual({
      refused: { code: 'eligibility.ticketExpired' },
    });
  });

  it('that are wrong can be told again; an old ticket cannot', () => {
    const asking = busy(stateAt('verify'), 'verify');
    const wrong = settle(asking, 5, outcome('verify', fail('eligibility.lastFourWrong')));
    expect(wrong).toMatchObject({
      ...{ running: undefined, ticket: 'ticket<A>', view: { step: 'verify' } },
      failure: { code: 'eligibility.lastFourWrong' },
    });
    const old = settle(asking, 5, outcome('verify', fail('eligibility.ticketExpired')));
    expect(old).toMatchObject({
      ...{ ticket: undefined, view: { step: 'scanCode' } },
      failure: { code: 'eligibility.ticketExpired' },
    });
  });

  it('that are right open the orders, and use the ticket up', () => {
    const { orders, view } = stateAt('orders');
    const opened = { token: 'new', student: view.student, orders };
    const state = settle(busy(stateAt('verify'), 'verify'), 5, outcome('verify', ok(opened)));
    expect(state).toMatchObject({ token: 'new', ticket: undefined, orders });
    expect(state.view).toEqual({ step: 'orders', student: view.student, orders });
  });
});

describe('work', () => {
  it('that nobody waits for any more changes nothing', () => {
    const left = reached(press(busy(stateAt('orders'), 'openOrder'), 'session.leave'));
    const found = outcome('openOrder', ok(orderOf('A', 'pendingCapture')));
    expect(settle(left, 5, found)).toBe(left);
    const next = busy(stateAt('scanCode'), 'resolveCode');
    expect(settle(next, 4, found)).toBe(next);
  });

  it('is not interrupted but by leaving, and standardisation and the phone also by going back', () => {
    const names = ['session.back', 'session.stopJudging', 'session.closeHandover'] as const;
    const interrupts = (step: SessionStep, kind: NonNullable<SessionState['running']>['kind']) =>
      names.filter((name) => {
        const pressed = press(busy(stateAt(step), kind), name);
        return !('refused' in pressed && pressed.refused.code === 'station.busy');
      });
    expect(interrupts('reviewShot', 'keep')).toEqual([]);
    expect(interrupts('judged', 'handIn')).toEqual([]);
    expect(interrupts('judging', 'judge')).toEqual(['session.back', 'session.stopJudging']);
    expect(interrupts('orderDetail', 'handOver')).toEqual([
      'session.back',
      'session.closeHandover',
    ]);
  });

  it('that fails keeps its page; a photo that could not be judged can be judged again', () => {
    const full = outcome('keep', fail('station.diskFull'));
    expect(settle(busy(stateAt('reviewShot'), 'keep'), 5, full)).toMatchObject({
      ...{ running: undefined, view: { step: 'reviewShot' }, picture: Buffer.from('picture<A>') },
      failure: { code: 'station.diskFull' },
    });
    const crashed = outcome('judge', fail('imaging.crashed'));
    expect(settle(busy(stateAt('judging'), 'judge'), 5, crashed)).toMatchObject({
      ...{ running: undefined, view: { step: 'kept', shot: SHOT_A } },
      failure: { code: 'imaging.crashed' },
    });
  });

  it('is called off for whoever asked when standardisation was overtaken, and only then', () => {
    const waiting = busy(stateAt('judging'), 'judge');
    const done = outcome('judge', ok({}));
    expect(answer(waiting, 5, done)).toEqual(ok(null));
    expect(answer(waiting, 4, done)).toEqual(fail('imaging.cancelled'));
    expect(answer(stateAt('kept'), 5, done)).toEqual(fail('imaging.cancelled'));
    expect(answer(stateAt('orders'), 5, outcome('openOrder', ok({})))).toEqual(ok(null));
    expect(answer(waiting, 5, outcome('judge', fail('server.internal')))).toEqual(
      fail('server.internal'),
    );
  });

  it('tells its progress for as long as it is on screen', () => {
    const waiting = busy(stateAt('judging'), 'judge');
    expect(progressed(waiting, 5, 0.5, 'matte').view).toMatchObject({
      progress: 0.5,
      stage: 'matte',
    });
    expect(progressed(waiting, 4, 0.5, 'matte')).toBe(waiting);
    const elsewhere = busy(stateAt('orders'), 'openOrder');
    expect(progressed(elsewhere, 5, 0.5, 'matte')).toBe(elsewhere);
    const stopped = stateAt('judging');
    expect(progressed(stopped, 5, 0.5, 'matte')).toBe(stopped);
  });

  it('ends where it should, with the order as it is then', () => {
    const order = { ...orderOf('A', 'pendingCapture'), photoId: 'new' };
    const ends = (step: SessionStep, kind: Outcome['kind'], value: unknown) =>
      settle(busy(stateAt(step), kind as never), 5, outcome(kind, ok(value)));
    expect(ends('orders', 'openOrder', order).view).toMatchObject({ step: 'orderDetail', order });
    expect(ends('payment', 'cancelOrder', order).view).toMatchObject({
      step: 'orderDetail',
      order,
    });
    const place = { to: 'kept', order, shot: SHOT_A };
    expect(ends('orderDetail', 'begin', place).view).toEqual({
      ...{ step: 'kept', student: stateAt('kept').view.student, order, shot: SHOT_A },
    });
    const kept = ends('reviewShot', 'keep', order);
    expect(kept).toMatchObject({ picture: undefined, view: { step: 'kept', order, shot: SHOT_A } });
    const judged = ends('judging', 'judge', {
      order,
      report: buildRefusal('pose.roll'),
      hasStandard: false,
    });
    expect(judged.view).toMatchObject({
      ...{ step: 'judged', order, shot: SHOT_A, hasStandard: false, report: { accepted: false } },
    });
    expect(ends('judged', 'replace', order).view).toMatchObject({ step: 'camera', order });
    expect(ends('handedIn', 'replace', order).view).toMatchObject({ step: 'requirements', order });
    const handedIn = ends('judged', 'handIn', order);
    expect(handedIn.view).toMatchObject({ step: 'handedIn', order, photoId: SHOT_A.photoId });
    for (const state of [kept, judged, handedIn]) expect(state.orders[0]).toBe(order);
    const handover = { qrText: 'gradshot:handover:1', expiresAt: LATER };
    expect(ends('orderDetail', 'handOver', handover).view).toMatchObject({ handover });
    expect(ends('service', 'pay', { payment: PAYMENT_A }).view).toMatchObject({
      ...{ step: 'payment', payment: PAYMENT_A },
    });
    expect(ends('payment', 'refreshPayment', { paidOrder: order }).view).toMatchObject({
      ...{ step: 'requirements', order },
    });
  });
});

describe('the payment', () => {
  const consents = ['service', 'faceProcessing'];

  it('asks for every consent of its time, and no less', () => {
    const state = stateAt('service', 'pendingPayment');
    expect(press(state, 'session.pay', { consents: ['service'] })).toEqual({
      refused: { code: 'consent.required', details: { count: 1 } },
    });
    expect(press(state, 'session.pay', { consents })).toMatchObject({
      effect: {
        kind: 'pay',
        input: {
          ...{ token: 'token<A>', key: 'fresh', order: { orderId: 'order<A>' } },
          consents: [
            { kind: 'service', version: '1' },
            { kind: 'faceProcessing', version: '2' },
          ],
        },
      },
    });
  });

  it('is looked at with the code that is on screen', () => {
    expect(press(stateAt('payment', 'pendingPayment'), 'session.refreshPayment')).toMatchObject({
      effect: {
        kind: 'refreshPayment',
        input: {
          token: 'token<A>',
          payment: PAYMENT_A,
          key: 'fresh',
          order: { orderId: 'order<A>' },
        },
      },
    });
  });

  it.each(['expired', 'closed', 'refunded'] as const)('that is %s says so', (state) => {
    const asking = busy(stateAt('payment', 'pendingPayment'), 'refreshPayment');
    const seen = outcome('refreshPayment', ok({ payment: { ...PAYMENT_A, state } }));
    expect(settle(asking, 5, seen)).toMatchObject({
      ...{ failure: { code: 'payment.expired' }, view: { step: 'payment', payment: { state } } },
    });
  });

  it('that is made opens what follows, on the list as well', () => {
    const asking = busy(stateAt('payment', 'pendingPayment'), 'refreshPayment');
    const seen = outcome('refreshPayment', ok({ payment: { ...PAYMENT_A, state: 'paid' } }));
    const paid = settle(asking, 5, seen);
    expect(paid).toMatchObject({ failure: undefined, view: { step: 'requirements' } });
    expect(paid.orders[0]?.state).toBe('pendingCapture');
  });
});

describe('the photo', () => {
  it('is uploaded as it was shot, once there is one', () => {
    const state = stateAt('reviewShot');
    expect(press(state, 'session.keep')).toMatchObject({
      effect: { kind: 'keep', input: { shot: SHOT_A, picture: state.picture } },
    });
    expect(press({ ...state, picture: undefined }, 'session.keep')).toEqual({
      refused: { code: 'photo.notFound' },
    });
  });

  it('is judged, and handed in only when it was accepted', () => {
    expect(press(stateAt('kept'), 'session.judge')).toMatchObject({
      state: { view: { step: 'judging', progress: 0, stage: 'decode', shot: SHOT_A } },
      effect: { kind: 'judge', input: { photoId: SHOT_A.photoId } },
    });
    const accepted = stateAt('judged');
    expect(press(accepted, 'session.handIn')).toMatchObject({
      effect: { kind: 'handIn', input: { photoId: SHOT_A.photoId } },
    });
    const report = buildRefusal('pose.roll');
    const refused = { ...accepted, view: { ...accepted.view, report, accepted: false } };
    expect(press(refused, 'session.handIn')).toEqual({
      refused: { code: 'photo.notStandard', details: { reason: report.reason?.zh } },
    });
  });

  it('that is not stored yet is dropped for another one', () => {
    const again = reached(press(stateAt('reviewShot'), 'session.retake'));
    expect(again).toMatchObject({ picture: undefined, view: { step: 'camera' } });
  });

  it('that is stored is replaced by name', () => {
    for (const step of ['kept', 'judged'] as const)
      expect(press(stateAt(step), 'session.retake')).toMatchObject({
        effect: { kind: 'replace', input: { photoId: SHOT_A.photoId } },
      });
  });

  it('that is stored is not given up for one that would be refused', () => {
    const other = { ...orderOf('A', 'pendingCapture'), profileVersion: 99_999 };
    for (const step of ['kept', 'judged'] as const)
      expect(press(stateAt(step, other), 'session.retake')).toMatchObject({
        refused: { code: 'station.profileMismatch' },
      });
    expect(press(stateAt('requirements', other), 'session.toCamera')).toMatchObject({
      refused: { code: 'station.profileMismatch' },
    });
  });

  it('that is handed in is replaced only where it is stuck, or was sent back', () => {
    const { photoId } = SHOT_A;
    const handedIn = (delivery: 'parked' | 'sending' | 'queued') => ({
      ...orderOf('A', 'pendingCapture'),
      local: { photoId, step: 'handedIn' as const, delivery },
    });
    expect(press(stateAt('handedIn', handedIn('parked')), 'session.retake')).toMatchObject({
      effect: { kind: 'replace', input: { photoId } },
    });
    for (const delivery of ['sending', 'queued'] as const)
      for (const name of ['session.retake', 'session.beginOrder'] as const)
        expect(press(stateAt('handedIn', handedIn(delivery)), name)).toEqual({
          refused: { code: 'station.wrongStep' },
        });
    for (const state of ['rejected', 'pendingCapture'] as const)
      for (const name of ['session.retake', 'session.beginOrder'] as const)
        expect(press(stateAt('handedIn', state), name)).toMatchObject({
          effect: { kind: 'begin', input: { token: 'token<A>', order: { state } } },
        });
    expect(press(stateAt('handedIn', 'underReview'), 'session.retake')).toEqual({
      refused: { code: 'station.wrongStep' },
    });
  });
});

describe('an order of the list', () => {
  it('is opened, begun and cancelled by its own id', () => {
    expect(press(stateAt('orders'), 'session.openOrder', { orderId: 'order<B>' })).toMatchObject({
      effect: { kind: 'openOrder', input: { token: 'token<A>', order: { orderId: 'order<B>' } } },
    });
    expect(press(stateAt('orders'), 'session.openOrder', { orderId: 'order<C>' })).toEqual({
      refused: { code: 'order.notFound' },
    });
    expect(press(stateAt('orderDetail'), 'session.beginOrder')).toMatchObject({
      effect: { kind: 'begin', input: { order: { orderId: 'order<A>' } } },
    });
    expect(press(stateAt('service'), 'session.cancelOrder')).toMatchObject({
      effect: { kind: 'cancelOrder', input: { token: 'token<A>', orderId: 'order<A>' } },
    });
  });
});

describe('news', () => {
  const news = (changes: Partial<OrderNews> = {}): OrderNews => ({
    ...{ orderId: 'order<A>', state: 'underReview', reasons: [], at: LATER },
    ...changes,
  });

  it('of an order that is not shown, or older than what is, changes nothing', () => {
    const state = stateAt('orderDetail');
    expect(orderChanged(state, news({ orderId: 'order<C>' }))).toBe(state);
    expect(orderChanged(state, news({ at: '2026-11-22T23:59:59.999Z' }))).toBe(state);
    const sameMoment = orderChanged(state, news({ at: '2026-11-23T00:00:00.000Z' }));
    expect(sameMoment.view).toMatchObject({ order: { state: 'underReview' } });
  });

  it('tells everything anew but what was promised', () => {
    const local = { photoId: 'p', step: 'kept' as const };
    const known = { ...orderOf('A', 'pendingCapture'), local, photoId: 'p', promisedAt: LATER };
    const bare = orderChanged(stateAt('orderDetail', known), news());
    expect(bare.orders[0]).toEqual({
      ...orderOf('A', 'underReview'),
      ...{ updatedAt: LATER, promisedAt: LATER },
    });
    expect(bare.view).toMatchObject({ order: bare.orders[0] });
    const promisedAt = '2026-11-30T00:00:00.000Z';
    const reasons = [{ code: 'x', zh: '阴阳脸', en: 'Half dark' }];
    const full = orderChanged(
      stateAt('orderDetail'),
      news({ local, promisedAt, photoId: 'q', reasons }),
    );
    expect(full.orders[0]).toMatchObject({ local, promisedAt, photoId: 'q', reasons });
  });

  it('shows on the list, and on no page of another order', () => {
    const listed = orderChanged(stateAt('orders'), news());
    expect(listed.view).toMatchObject({
      orders: [{ state: 'underReview' }, { orderId: 'order<B>' }],
    });
    const state = stateAt('orderDetail');
    const other = orderChanged(state, news({ orderId: 'order<B>' }));
    expect(other.view).toBe(state.view);
    expect(other.orders[1]?.state).toBe('underReview');
    const { view } = stateAt('verify');
    expect(orderChanged({ ...stateAt('orders'), view: { ...view } }, news()).view.step).toBe(
      'verify',
    );
  });

  it('that it was paid leads on from the code, whatever was being asked', () => {
    const asking = busy(stateAt('payment', 'pendingPayment'), 'refreshPayment');
    const paid = orderChanged(asking, news({ state: 'pendingCapture' }));
    expect(paid).toMatchObject({ running: undefined, view: { step: 'requirements' } });
    const other = orderChanged(
      stateAt('payment', 'pendingPayment'),
      news({ state: 'underReview' }),
    );
    expect(other.view.step).toBe('payment');
    const atDetail = orderChanged(
      stateAt('orderDetail', 'pendingPayment'),
      news({ state: 'pendingCapture' }),
    );
    expect(atDetail.view.step).toBe('orderDetail');
  });

  it.each([
    'service',
    'payment',
    'requirements',
    'camera',
    'reviewShot',
    'kept',
    'judged',
  ] as const)('that it has ended takes it from %s, with the picture', (step) => {
    for (const state of ['refunding', 'refunded', 'cancelled'] as const) {
      const ended = orderChanged(busy(stateAt(step), 'keep'), news({ state }));
      expect(ended).toMatchObject({ running: undefined, picture: undefined });
      expect(ended.view).toEqual({
        ...{ step: 'orderDetail', student: stateAt(step).view.student, order: ended.orders[0] },
      });
    }
    expect(orderChanged(stateAt(step), news({ state: 'rejected' })).view.step).toBe(step);
  });

  it('that it has ended is only shown where nothing is worked on', () => {
    for (const step of ['judging', 'handedIn', 'orderDetail'] as const) {
      const ended = orderChanged(stateAt(step), news({ state: 'refunded' }));
      expect(ended.view).toMatchObject({ step, order: { state: 'refunded' } });
    }
  });

  it('of a delivery shows on what was handed in', () => {
    const local = { photoId: 'p', step: 'handedIn' as const, delivery: 'queued' as const };
    const state = stateAt('handedIn', { ...orderOf('A', 'pendingCapture'), local });
    const sending = deliveryChanged(state, 'p', 'sending');
    expect(sending.view).toMatchObject({ order: { local: { photoId: 'p', delivery: 'sending' } } });
    expect(sending.orders[0]?.local).toEqual({ ...local, delivery: 'sending' });
    expect(deliveryChanged(state, 'p', 'queued')).toBe(state);
    expect(deliveryChanged(state, 'q', 'sending')).toBe(state);
    const kept = { photoId: 'p', step: 'kept' as const };
    const before = stateAt('kept', { ...orderOf('A', 'pendingCapture'), local: kept });
    expect(deliveryChanged(before, 'p', 'sending')).toBe(before);
    expect(deliveryChanged(stateAt('kept'), 'p', 'sending').view.step).toBe('kept');
  });
});

describe('a deserted welcome page', () => {
  it('is Chinese and without a word again', () => {
    const failure = { code: 'code.unknown' } as const;
    expect(deserted({ ...NOBODY, language: 'en', failure })).toEqual(NOBODY);
    expect(deserted({ ...NOBODY, language: 'en' })).toEqual(NOBODY);
    expect(deserted({ ...NOBODY, failure })).toEqual(NOBODY);
    expect(deserted(NOBODY)).toBe(NOBODY);
    const other = { ...stateAt('scanCode'), failure };
    expect(deserted(other)).toBe(other);
  });
});
