import type { OrderState } from '@gradshot/domain';
import { describe, expect, it } from 'vitest';
import { DEFAULT_TIMING } from '../ground/timing.ts';
import {
  answered,
  CODE,
  openVisit,
  SHOT,
  step,
  toOrder,
  toResult,
  type World,
} from './tests/visit-rig.ts';

describe('where 开始采集 leads', () => {
  it.each<[OrderState, string]>([
    ['pendingPayment', 'service'],
    ['pendingCapture', 'requirements'],
    ['pendingStandardization', 'requirements'],
    ['pendingSubmission', 'requirements'],
    ['rejected', 'requirements'],
    ['verifyingIdentity', 'handedIn'],
    ['underReview', 'handedIn'],
    ['collected', 'handedIn'],
    ['published', 'handedIn'],
    ['cancelled', 'orderDetail'],
    ['refunded', 'orderDetail'],
  ])('%s → %s', async (state, expected) => {
    const world = openVisit(state);
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    expect(step(world)).toBe(expected);
    expect(world.visit.state().failure?.code).toBe(
      expected === 'orderDetail' ? 'order.transitionForbidden' : undefined,
    );
  });

  it('goes on with the shot that lies here', async () => {
    const world = openVisit();
    await toResult(world);
    await answered(world, 'session.back', {});
    expect(step(world)).toBe('orderDetail');
    expect(world.visit.state().view).toMatchObject({
      order: { state: 'pendingCapture', local: { step: 'judged' } },
    });
    await answered(world, 'session.beginOrder', {});
    expect(step(world)).toBe('judged');
  });
});

describe('commands', () => {
  it('at the wrong step are refused and change nothing', async () => {
    const world = openVisit();
    const before = world.visit.state();
    expect(await world.visit.command('session.handIn', {})).toMatchObject({
      error: { code: 'station.wrongStep' },
    });
    expect(world.visit.state()).toBe(before);
  });

  it('pressed twice do their work once', async () => {
    const world = openVisit();
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    await answered(world, 'session.toCamera', {});
    await answered(world, 'session.takeShot', SHOT);
    const first = world.visit.command('session.keep', {});
    expect(await world.visit.command('session.keep', {})).toMatchObject({
      error: { code: 'station.busy' },
    });
    await world.ports.answerAll();
    expect(await first).toEqual({ ok: true, value: null });
    expect(world.ports.kept.size).toBe(1);
  });

  it('that fail show why and keep the step', async () => {
    const world = openVisit();
    await answered(world, 'session.enter', {});
    world.ports.broken = true;
    expect(await answered(world, 'session.submitCode', CODE)).toMatchObject({ ok: false });
    expect(world.visit.state()).toMatchObject({
      view: { step: 'scanCode' },
      failure: { code: 'network.unreachable' },
    });
    world.visit.dismissFailure();
    expect(world.visit.state().failure).toBeUndefined();
  });

  it('take no file that is not a picture', async () => {
    const world = openVisit();
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    await answered(world, 'session.toCamera', {});
    const text = { ...SHOT, picture: Uint8Array.from(Buffer.from('hello.jpg')) };
    expect(await answered(world, 'session.takeShot', text)).toMatchObject({
      error: { code: 'photo.notAnImage' },
    });
    expect(step(world)).toBe('camera');
  });

  it('do not submit a refused photo', async () => {
    const world = openVisit();
    world.ports.accepts = false;
    await toResult(world);
    expect(await answered(world, 'session.handIn', {})).toMatchObject({
      error: { code: 'photo.notStandard' },
    });
    await answered(world, 'session.retake', {});
    expect(step(world)).toBe('camera');
  });
});

describe('standardising', () => {
  async function started(): Promise<World> {
    const world = openVisit();
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    await answered(world, 'session.toCamera', {});
    await answered(world, 'session.takeShot', SHOT);
    await answered(world, 'session.keep', {});
    return world;
  }

  it('shows its progress and can be called off', async () => {
    const world = await started();
    const reply = world.visit.command('session.judge', {});
    await world.ports.answerOne();
    expect(world.visit.state().view).toMatchObject({
      step: 'judging',
      progress: 0.5,
      stage: 'matte',
    });
    await world.visit.command('session.stopJudging', {});
    await world.ports.answerAll();
    expect(await reply).toMatchObject({ error: { code: 'imaging.cancelled' } });
    expect(world.visit.state()).toMatchObject({ view: { step: 'kept' }, failure: undefined });
    await answered(world, 'session.judge', {});
    expect(step(world)).toBe('judged');
  });

  it('is never cut off by the idle clock', async () => {
    const world = await started();
    const reply = world.visit.command('session.judge', {});
    await world.ports.answerOne();
    await world.clock.advance(DEFAULT_TIMING.idleMs * 3);
    expect(step(world)).toBe('judging');
    await world.ports.answerAll();
    await reply;
    expect(step(world)).toBe('judged');
    expect(world.visit.idleSecondsLeft()).toBeUndefined();
  });
});

describe('the payment', () => {
  async function paying(): Promise<World> {
    const world = openVisit('pendingPayment');
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    await answered(world, 'session.pay', { consents: ['service'] });
    return world;
  }

  it('is noticed by asking', async () => {
    const world = await paying();
    expect(step(world)).toBe('payment');
    world.ports.paid = true;
    await world.clock.advance(DEFAULT_TIMING.paymentPollMs + 1000);
    await world.ports.answerAll();
    expect(step(world)).toBe('requirements');
  });

  it('is noticed by news, and on another press', async () => {
    const told = await paying();
    told.visit.orderChanged({
      orderId: 'order<A>',
      state: 'pendingCapture',
      reasons: [],
      at: '2026-11-24T00:00:00.000Z',
    });
    expect(step(told)).toBe('requirements');
    const pressed = await paying();
    pressed.ports.paid = true;
    await answered(pressed, 'session.refreshPayment', {});
    expect(step(pressed)).toBe('requirements');
  });

  it('has twice the patience of the other pages', async () => {
    const world = await paying();
    await world.clock.advance(DEFAULT_TIMING.idleMs + 5000);
    expect(step(world)).toBe('payment');
    await world.clock.advance(DEFAULT_TIMING.handsFreeIdleMs - DEFAULT_TIMING.idleMs);
    expect(step(world)).toBe('welcome');
  });
});

describe('the idle clock', () => {
  it('warns, is stopped by a touch, and clears everything', async () => {
    const world = openVisit();
    await toOrder(world);
    await world.clock.advance(DEFAULT_TIMING.idleMs - 10_000);
    expect(world.visit.idleSecondsLeft()).toBe(10);
    world.visit.touch();
    expect(world.visit.idleSecondsLeft()).toBeUndefined();
    await world.clock.advance(DEFAULT_TIMING.idleMs);
    expect(step(world)).toBe('welcome');
    expect(JSON.stringify(world.visit.state())).not.toContain('<A>');
  });
});

describe('news about an order', () => {
  it('reaches the page that shows it', async () => {
    const world = openVisit('verifyingIdentity');
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    const at = '2026-11-24T00:00:00.000Z';
    const news = { orderId: 'order<A>', state: 'underReview' as const, reasons: [], at };
    world.visit.orderChanged(news);
    expect(world.visit.state().view).toMatchObject({ order: { state: 'underReview' } });
    const reasons = [{ code: 'x', zh: '阴阳脸', en: 'Half dark' }];
    world.visit.orderChanged({ ...news, state: 'rejected', reasons });
    await answered(world, 'session.retake', {});
    expect(step(world)).toBe('requirements');
  });

  it('that is older than what is known is dropped', async () => {
    const world = openVisit('underReview');
    await toOrder(world);
    const at = '2025-01-01T00:00:00.000Z';
    world.visit.orderChanged({ orderId: 'order<A>', state: 'pendingCapture', reasons: [], at });
    expect(world.visit.state().view).toMatchObject({ order: { state: 'underReview' } });
  });

  it('that it has ended stops the work on it', async () => {
    const world = openVisit();
    await toResult(world);
    const at = '2026-11-24T00:00:00.000Z';
    world.visit.orderChanged({ orderId: 'order<A>', state: 'refunding', reasons: [], at });
    expect(world.visit.state().view).toMatchObject({
      step: 'orderDetail',
      order: { state: 'refunding' },
    });
  });
});

describe('paying', () => {
  it.each([
    ['imaging', 4],
    ['camera', 8],
  ] as const)(
    'is refused while the %s keeps anybody from being photographed',
    async (blockedBy, test) => {
      const world = openVisit('pendingPayment');
      await toOrder(world);
      await answered(world, 'session.beginOrder', {});
      world.ports.blockedBy = blockedBy;
      await answered(world, 'session.pay', { consents: ['service'] });
      expect(world.visit.state()).toMatchObject({
        view: { step: 'service' },
        failure: { code: 'station.cannotShoot', details: { test } },
      });
      world.ports.blockedBy = undefined;
      await answered(world, 'session.pay', { consents: ['service'] });
      expect(step(world)).toBe('payment');
    },
  );
});
