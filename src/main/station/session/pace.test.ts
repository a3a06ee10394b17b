import { describe, expect, it } from 'vitest';
import { DEFAULT_TIMING } from '../ground/timing.ts';
import { shownView } from './state.ts';
import { answered, CODE, openVisit, SHOT, step, type World } from './tests/visit-rig.ts';

const SECOND = 1000;

async function verified(world: World): Promise<void> {
  await answered(world, 'session.submitCode', CODE);
  await answered(world, 'session.confirmLastFour', { lastFour: '1234' });
}

describe('快速', () => {
  it('shows a prepaid graduate nothing but what only they can do', async () => {
    const world = openVisit('pendingCapture', 'express');
    await verified(world);
    await answered(world, 'session.takeShot', SHOT);
    await answered(world, 'session.handIn', {});
    expect(world.screens).toEqual(['welcome', 'verify', 'camera', 'judging', 'judged', 'handedIn']);
    expect([...world.ports.kept.values()]).toMatchObject([{ step: 'handedIn' }]);
  });

  it('asks who has not paid for consent and payment, and for nothing else', async () => {
    const world = openVisit('pendingPayment', 'express');
    await verified(world);
    expect(step(world)).toBe('service');
    await answered(world, 'session.pay', { consents: ['service'] });
    expect(step(world)).toBe('payment');
    world.ports.paid = true;
    await world.clock.advance(DEFAULT_TIMING.paymentPollMs);
    await world.ports.answerAll();
    expect(world.screens).toEqual(['welcome', 'verify', 'service', 'payment', 'camera']);
  });

  it.each(['rejected', 'cancelled', 'refunding', 'refunded'] as const)(
    'stops at an order that is %s, where there is something to read',
    async (state) => {
      const world = openVisit(state, 'express');
      await verified(world);
      expect(step(world)).toBe('orderDetail');
      expect(world.visit.state().failure).toBeUndefined();
    },
  );

  it.each(['underReview', 'collected', 'published'] as const)(
    'shows how it stands: %s',
    async (state) => {
      const world = openVisit(state, 'express');
      await verified(world);
      expect(world.screens).toEqual(['welcome', 'verify', 'handedIn']);
    },
  );

  it('goes on with the shot that lies here', async () => {
    const world = openVisit('pendingCapture', 'express');
    await verified(world);
    await answered(world, 'session.takeShot', SHOT);
    await answered(world, 'session.leave', {});
    await verified(world);
    expect(step(world)).toBe('judged');
  });

  it('holds the page with its button pressed until the next one is there', async () => {
    const world = openVisit('pendingCapture', 'express');
    await answered(world, 'session.submitCode', CODE);
    void world.visit.command('session.confirmLastFour', { lastFour: '1234' });
    await world.ports.answerOne();
    const state = world.visit.state();
    expect(state.view.step).toBe('orders');
    expect(shownView(state).step).toBe('verify');
    expect(state.running?.kind).toBe('openOrder');
    await world.visit.command('session.leave', {});
    await world.ports.answerAll();
    expect(world.screens.at(-1)).toBe('welcome');
  });

  it('shows where it stopped when something fails on the way', async () => {
    const world = openVisit('pendingCapture', 'express');
    await verified(world);
    world.ports.broken = true;
    await answered(world, 'session.takeShot', SHOT);
    expect(world.visit.state()).toMatchObject({
      view: { step: 'reviewShot' },
      held: undefined,
      failure: { code: 'network.unreachable' },
    });
    world.ports.broken = false;
    await answered(world, 'session.keep', {});
    expect(step(world)).toBe('judged');
  });

  it('lets who goes back see the page that is passed by', async () => {
    const world = openVisit('pendingCapture', 'express');
    await verified(world);
    await answered(world, 'session.back', {});
    expect(step(world)).toBe('requirements');
    await answered(world, 'session.back', {});
    expect(step(world)).toBe('orderDetail');
    await answered(world, 'session.beginOrder', {});
    expect(step(world)).toBe('camera');
  });

  it('scans the next code on the welcome page', async () => {
    const world = openVisit('pendingCapture', 'express');
    await answered(world, 'session.submitCode', CODE);
    const { visit } = world.visit.state();
    await answered(world, 'session.back', {});
    expect(step(world)).toBe('welcome');
    await answered(world, 'session.submitCode', { ...CODE, payload: 'B' });
    expect(world.visit.state().visit).toBe(visit + 1);
    expect(world.visit.state().view).toMatchObject({ student: { maskedName: 'name<B>' } });
  });
});

describe('逐步', () => {
  it('walks every page', async () => {
    const world = openVisit('pendingCapture');
    await verified(world);
    expect(step(world)).toBe('orders');
    await answered(world, 'session.openOrder', { orderId: 'order<A>' });
    await answered(world, 'session.beginOrder', {});
    expect(step(world)).toBe('requirements');
  });
});

describe('the welcome page', () => {
  it('forgets an old message with its language', async () => {
    const world = openVisit();
    world.ports.broken = true;
    await answered(world, 'session.submitCode', CODE);
    expect(world.visit.state()).toMatchObject({
      view: { step: 'welcome' },
      failure: { code: 'network.unreachable' },
    });
    await world.clock.advance(DEFAULT_TIMING.idleMs + SECOND);
    expect(world.visit.state().failure).toBeUndefined();
  });
});

describe('the last page', () => {
  async function parting(pace: 'express' | 'stepwise'): Promise<World> {
    const world = openVisit('underReview', pace);
    await verified(world);
    if (pace === 'stepwise') {
      await answered(world, 'session.openOrder', { orderId: 'order<A>' });
      await answered(world, 'session.beginOrder', {});
    }
    expect(step(world)).toBe('handedIn');
    return world;
  }

  it.each([
    ['express', 8],
    ['stepwise', 30],
  ] as const)(
    '%s goes by itself after %i seconds, counted for all to see',
    async (pace, seconds) => {
      const world = await parting(pace);
      expect(world.visit.leavesInSeconds()).toBe(seconds);
      expect(world.visit.idleSecondsLeft()).toBeUndefined();
      const before = world.changes();
      await world.clock.advance(3 * SECOND);
      expect(world.changes()).toBeGreaterThanOrEqual(before + 3);
      expect(world.visit.leavesInSeconds()).toBe(seconds - 3);
      world.visit.touch();
      expect(world.visit.leavesInSeconds()).toBe(seconds);
      await world.clock.advance(seconds * SECOND);
      expect(step(world)).toBe('welcome');
      expect(world.visit.leavesInSeconds()).toBeUndefined();
    },
  );

  it('stays for who goes on with a phone, and for who has a reason to read', async () => {
    const world = await parting('express');
    await answered(world, 'session.handOver', {});
    expect(world.visit.leavesInSeconds()).toBeUndefined();
    const sentBack = openVisit('published', 'express');
    await verified(sentBack);
    expect(sentBack.visit.leavesInSeconds()).toBeUndefined();
  });
});
