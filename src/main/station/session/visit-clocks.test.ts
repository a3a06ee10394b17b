import { setImmediate } from 'node:timers/promises';
import { ok } from '@gradshot/domain';
import { describe, expect, it } from 'vitest';
import type { PaymentView } from '../../../shared/index.ts';
import { DEFAULT_TIMING as timing } from '../ground/timing.ts';
import { answered, CODE, openVisit, SHOT, step, toOrder, type World } from './tests/visit-rig.ts';

const SECOND = 1000;

async function atCamera(): Promise<World> {
  const world = openVisit();
  await toOrder(world);
  await answered(world, 'session.beginOrder', {});
  await answered(world, 'session.toCamera', {});
  return world;
}

async function paying(): Promise<World> {
  const world = openVisit('pendingPayment');
  await toOrder(world);
  await answered(world, 'session.beginOrder', {});
  await answered(world, 'session.pay', { consents: ['service'] });
  return world;
}

describe('a visit that nobody touches', () => {
  it('is warned of for the last seconds, each of which is told, and ends to the second', async () => {
    const world = openVisit();
    await toOrder(world);
    const before = world.changes();
    await world.clock.advance(timing.idleMs - timing.idleWarningMs - SECOND);
    expect(world.visit.idleSecondsLeft()).toBeUndefined();
    expect(world.changes()).toBe(before);
    await world.clock.advance(SECOND);
    expect(world.visit.idleSecondsLeft()).toBe(timing.idleWarningMs / SECOND);
    await world.clock.advance(5 * SECOND);
    expect(world.changes()).toBe(before + 6);
    await world.clock.advance(14 * SECOND);
    expect(step(world)).toBe('orderDetail');
    expect(world.visit.idleSecondsLeft()).toBe(1);
    await world.clock.advance(SECOND);
    expect(step(world)).toBe('welcome');
    expect(world.visit.idleSecondsLeft()).toBeUndefined();
  });

  it('counts from the end of what the station did itself, and from the last press', async () => {
    const world = openVisit('pendingPayment');
    await toOrder(world);
    await world.clock.advance(timing.idleMs - SECOND);
    const reply = world.visit.command('session.beginOrder', {});
    await world.clock.advance(timing.idleMs * 2);
    expect(step(world)).toBe('orderDetail');
    await world.ports.answerAll();
    await reply;
    await world.clock.advance(timing.idleMs - SECOND);
    expect(step(world)).toBe('service');
    await world.visit.command('session.back', {});
    await world.clock.advance(timing.idleMs - SECOND);
    expect(step(world)).toBe('orderDetail');
    world.visit.setLanguage('en');
    await world.clock.advance(timing.idleMs - SECOND);
    expect(step(world)).toBe('orderDetail');
    await world.clock.advance(SECOND);
    expect(step(world)).toBe('welcome');
  });

  it.each(['camera', 'handover'] as const)(
    'has more time where hands are elsewhere: %s',
    async (at) => {
      const world = at === 'camera' ? await atCamera() : openVisit();
      if (at === 'handover') {
        await toOrder(world);
        await answered(world, 'session.handOver', {});
      }
      const present = step(world);
      await world.clock.advance(timing.handsFreeIdleMs - SECOND);
      expect(step(world)).toBe(present);
      await world.clock.advance(SECOND);
      expect(step(world)).toBe('welcome');
    },
  );

  it('leaves its language to nobody, but to staff at their page', async () => {
    const world = openVisit();
    world.visit.setLanguage('en');
    world.staffPresent = true;
    await world.clock.advance(timing.idleMs * 2);
    expect(world.visit.state().language).toBe('en');
    world.staffPresent = false;
    world.visit.touch();
    await world.clock.advance(timing.idleMs - SECOND);
    expect(world.visit.state().language).toBe('en');
    await world.clock.advance(SECOND);
    expect(world.visit.state().language).toBe('zh');
  });
});

it('a touch is told only while somebody is warned', async () => {
  const world = openVisit();
  await toOrder(world);
  const before = world.changes();
  world.visit.touch();
  expect(world.changes()).toBe(before);
  await world.clock.advance(timing.idleMs - 10 * SECOND);
  const warned = world.changes();
  world.visit.touch();
  expect(world.changes()).toBe(warned + 1);
});

describe('asking for the payment', () => {
  const asked = (world: World) => {
    const ids: string[] = [];
    const { getPayment } = world.ports.desk;
    world.ports.desk.getPayment = (token, id) => {
      ids.push(`${token} ${id}`);
      return getPayment(token, id);
    };
    return ids;
  };

  it('goes on at its pace, one question at a time, for as long as it is on screen', async () => {
    const world = await paying();
    const ids = asked(world);
    await world.clock.advance(timing.paymentPollMs);
    expect(ids).toEqual(['token<A> payment<A>']);
    await world.clock.advance(timing.paymentPollMs * 3);
    expect(ids).toHaveLength(1);
    await world.ports.answerAll();
    await world.clock.advance(timing.paymentPollMs);
    expect(ids).toHaveLength(2);
    await world.ports.answerAll();
    await world.visit.command('session.back', {});
    await world.clock.advance(timing.paymentPollMs * 3);
    expect(ids).toHaveLength(2);
  });

  it('goes on after a question that broke', async () => {
    const world = await paying();
    const ids = asked(world);
    world.ports.broken = true;
    await world.clock.advance(timing.paymentPollMs);
    await world.ports.answerAll();
    expect(world.visit.state()).toMatchObject({ view: { step: 'payment' }, failure: undefined });
    world.ports.broken = false;
    await world.clock.advance(timing.paymentPollMs);
    expect(ids).toHaveLength(2);
  });

  it('opens nothing for the next visitor, nor beside a press', async () => {
    const world = await paying();
    await world.clock.advance(timing.paymentPollMs);
    world.ports.paid = true;
    await world.visit.command('session.leave', {});
    await world.ports.answerAll();
    expect(step(world)).toBe('welcome');
    expect(JSON.stringify(world.visit.state())).not.toContain('<A>');

    const pressed = await paying();
    await pressed.clock.advance(timing.paymentPollMs);
    const reply = pressed.visit.command('session.cancelOrder', {});
    pressed.ports.paid = true;
    await pressed.ports.answerOne();
    expect(step(pressed)).toBe('payment');
    await pressed.ports.answerAll();
    await reply;
    expect(step(pressed)).toBe('orderDetail');
  });

  it('says nothing about a code that has been replaced meanwhile', async () => {
    const world = await paying();
    const answers: ((state: PaymentView['state']) => void)[] = [];
    const { view } = world.visit.state();
    const first = (view as { payment: PaymentView }).payment;
    world.ports.desk.getPayment = () =>
      new Promise((resolve) => answers.push((state) => resolve(ok({ ...first, state }))));
    world.ports.desk.createPayment = async () => ok({ ...first, paymentId: 'second' });
    await world.clock.advance(timing.paymentPollMs);
    const reply = world.visit.command('session.refreshPayment', {});
    answers[1]?.('expired');
    await reply;
    expect(world.visit.state().view).toMatchObject({ payment: { paymentId: 'second' } });
    answers[0]?.('closed');
    await setImmediate();
    expect(world.visit.state()).toMatchObject({
      ...{ failure: undefined, view: { payment: { paymentId: 'second', state: 'pending' } } },
    });
  });

  it('takes the code away at its time when nobody can be asked', async () => {
    const world = openVisit('pendingPayment');
    const { createPayment } = world.ports.desk;
    const expiresAt = new Date(world.clock.now() + 100 * SECOND).toISOString();
    world.ports.desk.createPayment = async (...input) => {
      const made = await createPayment(...input);
      return made.ok ? ok({ ...made.value, expiresAt }) : made;
    };
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    await answered(world, 'session.pay', { consents: ['service'] });
    world.ports.broken = true;
    const asking = async (ms: number) => {
      await world.clock.advance(ms);
      await world.ports.answerAll();
    };
    await asking(98 * SECOND);
    expect(world.visit.state()).toMatchObject({
      ...{ failure: undefined, view: { payment: { state: 'pending' } } },
    });
    await asking(2 * SECOND);
    expect(world.visit.state()).toMatchObject({
      ...{ failure: { code: 'payment.expired' }, view: { payment: { state: 'expired' } } },
    });
    const ids = asked(world);
    await asking(timing.paymentPollMs * 3);
    expect(ids).toEqual([]);
  });

  it('takes nothing away for a clock that is set while the question is under way', async () => {
    const world = openVisit('pendingPayment');
    const { createPayment } = world.ports.desk;
    const end = world.clock.now() + 100 * SECOND;
    world.ports.desk.createPayment = async (...input) => {
      const made = await createPayment(...input);
      return made.ok ? ok({ ...made.value, expiresAt: new Date(end).toISOString() }) : made;
    };
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    await answered(world, 'session.pay', { consents: ['service'] });
    await world.clock.advance(timing.paymentPollMs);
    world.ports.broken = true;
    world.clock.shift(3600 * SECOND);
    await world.ports.answerAll();
    expect(world.visit.state()).toMatchObject({
      ...{ failure: undefined, view: { payment: { state: 'pending' } } },
    });
  });
});

it('a clock that is set by less than a second moves nothing', async () => {
  const world = openVisit();
  await answered(world, 'session.submitCode', CODE);
  const { view } = world.visit.state();
  world.clock.shift(900);
  await world.clock.advance(SECOND);
  expect(world.visit.state().view).toBe(view);
  world.clock.shift(100);
  await world.clock.advance(SECOND);
  expect(world.visit.state().view).toMatchObject({ expiresAt: '2027-01-01T00:00:01.000Z' });
  await world.clock.advance(3 * SECOND);
  expect(world.visit.state().view).toMatchObject({ expiresAt: '2027-01-01T00:00:01.000Z' });
});

it('a clock that is set while the server is asked does not lengthen what it answers', async () => {
  const world = openVisit('pendingPayment');
  await toOrder(world);
  await answered(world, 'session.beginOrder', {});
  const reply = world.visit.command('session.pay', { consents: ['service'] });
  world.clock.shift(3600 * SECOND);
  await world.ports.answerAll();
  await reply;
  const { view } = world.visit.state();
  await world.clock.advance(SECOND);
  expect(world.visit.state().view).toBe(view);
});

it('tells how far the photo is on its way', async () => {
  const world = await atCamera();
  await answered(world, 'session.takeShot', SHOT);
  await answered(world, 'session.keep', {});
  await answered(world, 'session.judge', {});
  await answered(world, 'session.handIn', {});
  const { view } = world.visit.state();
  const photoId = 'photoId' in view ? (view.photoId ?? '') : '';
  world.visit.deliveryChanged(photoId, 'sending');
  expect(world.visit.state().view).toMatchObject({ order: { local: { delivery: 'sending' } } });
  // Handed in is handed in, also while it waits: the name need not stay.
  expect(world.visit.leavesInSeconds()).toBe(timing.partingMs.stepwise / SECOND);
});

it('in 快速 too, standardisation that was called off is not begun again by itself', async () => {
  const world = openVisit('pendingCapture', 'express');
  await answered(world, 'session.submitCode', CODE);
  await answered(world, 'session.confirmLastFour', { lastFour: '1234' });
  const reply = world.visit.command('session.takeShot', SHOT);
  await world.ports.answerOne();
  await world.ports.answerOne();
  expect(step(world)).toBe('judging');
  await world.visit.command('session.stopJudging', {});
  await world.ports.answerAll();
  await reply;
  expect(world.visit.state()).toMatchObject({ view: { step: 'kept' }, running: undefined });
});

it('the work of the last visitor is no touch of the next one', async () => {
  const world = openVisit();
  const late = world.visit.command('session.submitCode', CODE);
  await world.visit.command('session.leave', {});
  await world.visit.command('session.enter', {});
  await world.clock.advance(timing.idleMs - SECOND);
  await world.ports.answerAll();
  await late;
  await world.clock.advance(SECOND);
  expect(step(world)).toBe('welcome');
});

describe('what goes wrong', () => {
  it('by a bug of ours lets the page go on, and is told to whoever pressed', async () => {
    const world = openVisit();
    await toOrder(world);
    world.ports.desk.getService = async () => {
      throw new Error('no such thing');
    };
    world.ports.ledger.current = () => {
      throw new Error('no such thing');
    };
    await expect(world.visit.command('session.beginOrder', {})).rejects.toThrow('no such thing');
    expect(world.visit.state()).toMatchObject({
      ...{
        running: undefined,
        view: { step: 'orderDetail' },
        failure: { code: 'server.internal' },
      },
    });
  });

  it('at the wrong moment is refused, and says nothing on the page', async () => {
    const world = openVisit('pendingPayment');
    await toOrder(world);
    const reply = world.visit.command('session.beginOrder', {});
    expect(await world.visit.command('session.beginOrder', {})).toEqual({
      ...{ ok: false, error: { code: 'station.busy' } },
    });
    expect(world.visit.state().failure).toBeUndefined();
    await world.ports.answerAll();
    await reply;
  });

  it('is shown, but a press at the wrong moment says nothing', async () => {
    const world = openVisit('pendingPayment');
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    await answered(world, 'session.judge', {});
    expect(world.visit.state().failure).toBeUndefined();
    const reply = world.visit.command('session.cancelOrder', {});
    await answered(world, 'session.pay', { consents: [] });
    await reply;
    expect(world.visit.state().failure).toBeUndefined();
    const other = openVisit('pendingPayment');
    await toOrder(other);
    await answered(other, 'session.beginOrder', {});
    await answered(other, 'session.pay', { consents: [] });
    expect(other.visit.state().failure?.code).toBe('consent.required');
  });
});

describe('an answer that comes too late', () => {
  it('shows nobody’s name to the next visitor', async () => {
    const world = openVisit();
    const late = world.visit.command('session.submitCode', CODE);
    await world.visit.command('session.leave', {});
    await world.visit.command('session.enter', {});
    const before = world.visit.state();
    await world.ports.answerAll();
    await late;
    expect(world.visit.state()).toBe(before);
  });

  it('of standardisation is not waited for: it is called off', async () => {
    const world = await atCamera();
    await answered(world, 'session.takeShot', SHOT);
    await answered(world, 'session.keep', {});
    let signal: AbortSignal | undefined;
    const { standardize } = world.ports.standardizer;
    world.ports.standardizer.standardize = (picture, profile, onProgress, given) => {
      signal = given;
      return standardize(picture, profile, onProgress, given);
    };
    const reply = world.visit.command('session.judge', {});
    await world.ports.answerOne();
    expect(signal?.aborted).toBe(false);
    await world.visit.command('session.leave', {});
    expect(signal?.aborted).toBe(true);
    await world.ports.answerAll();
    expect(await reply).toMatchObject({ ok: false });
    expect(step(world)).toBe('welcome');
  });
});

it('a station that stops ends the visit and waits for what it writes', async () => {
  const world = await atCamera();
  await answered(world, 'session.takeShot', SHOT);
  const reply = world.visit.command('session.keep', {});
  let isClosed = false;
  const closed = world.visit.close().then(() => {
    isClosed = true;
  });
  expect(JSON.stringify(world.visit.state())).not.toContain('<A>');
  await setImmediate();
  expect(isClosed).toBe(false);
  await world.ports.answerAll();
  await reply;
  await closed;
  expect(world.ports.kept.size).toBe(1);
  world.visit.setLanguage('en');
  await world.clock.advance(timing.idleMs * 2);
  expect(world.visit.state().language).toBe('en');
});
