import { randomUUID } from 'node:crypto';
import type { OrderEvent } from '@gradshot/domain';
import { afterEach, expect, it } from 'vitest';
import { must, openOrder, openRig, PIN, type StationRig, shoot } from './station-rig.ts';

let rig: StationRig;
afterEach(() => rig.close());

function shownCode(): string {
  const { session } = rig.station().snapshot();
  if (session.step !== 'orderDetail') throw new Error(session.step);
  return session.handover?.qrText ?? '';
}

it('a code on the screen opens the same order elsewhere, once, and is written down nowhere', async () => {
  const written: unknown[] = [];
  rig = await openRig({ log: (...line) => written.push(line) });
  const { orderId } = rig.server.addOrder({}, 'c');
  await openOrder(rig, 'c');
  await must(rig, 'session.handOver');
  const code = shownCode();
  expect(code).toMatch(/^gradshot:handover:/);
  await must(rig, 'session.leave');

  // Scanned from a phone's screen, the code is one like any other to the station.
  await must(rig, 'session.enter');
  await must(rig, 'session.submitCode', { payload: code, source: 'camera' });
  expect(rig.step()).toBe('verify');
  await must(rig, 'session.confirmLastFour', { lastFour: '1234' });
  expect(rig.station().snapshot().session).toMatchObject({ orders: [{ orderId }] });
  await must(rig, 'session.leave');

  await must(rig, 'session.enter');
  const again = await rig.run('session.submitCode', { payload: code, source: 'camera' });
  expect(again).toMatchObject({ error: { code: 'handover.expired' } });

  await must(rig, 'staff.unlock', { pin: PIN });
  written.push(await must(rig, 'staff.exportDiagnostics'));
  expect(JSON.stringify(written)).not.toContain(code.split(':').at(-1));
});

/** The graduate takes another photo at home and hands it in; it is approved. Returns its id. */
function finishedAtHome(orderId: string, from: readonly OrderEvent[]): string {
  const photoId = randomUUID();
  const step = (event: OrderEvent, changes = {}) => {
    const by = event === 'approve' ? 'reviewer' : 'graduate';
    const server = event === 'acceptStandardization' || event === 'passIdentity';
    const done = rig.server.apply(orderId, event, server ? 'server' : by, changes);
    if (!done.ok) throw new Error(`${event}: ${done.error.code}`);
  };
  for (const event of from) step(event);
  step('keepPhoto', { photoId });
  for (const event of ['acceptStandardization', 'handIn', 'passIdentity', 'approve'] as const)
    step(event);
  return photoId;
}

async function shownAgain(): Promise<unknown> {
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  return rig.station().snapshot().session;
}

it('an order that was finished at home shows the photo from there, not the one left here', async () => {
  rig = await openRig();
  const { orderId } = rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  await shoot(rig, 'left here');
  await must(rig, 'session.leave');
  await rig.until(() => rig.server.photos.size === 1, 'the shot is delivered');
  const photoId = finishedAtHome(orderId, ['discardPhoto']);
  expect(await shownAgain()).toMatchObject({ step: 'handedIn', photoId });
});

it('nor the one that was rejected', async () => {
  rig = await openRig();
  const { orderId } = rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  await shoot(rig, 'rejected');
  await must(rig, 'session.handIn');
  await must(rig, 'session.leave');
  await rig.until(() => rig.server.orders.get(orderId)?.state === 'underReview', 'delivery');
  rig.server.apply(orderId, 'reject', 'reviewer');
  const photoId = finishedAtHome(orderId, ['retake']);
  expect(await shownAgain()).toMatchObject({ step: 'handedIn', photoId });
});

it('a shot that was left here and taken back at home is not gone on with', async () => {
  rig = await openRig();
  const { orderId } = rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  await shoot(rig, 'taken back');
  await must(rig, 'session.leave');
  await rig.until(() => rig.server.photos.size === 1, 'the shot is delivered');
  rig.server.takeBack(orderId);
  expect(await shownAgain()).toMatchObject({ step: 'requirements' });
  await shoot(rig, 'another');
  await must(rig, 'session.handIn');
  await rig.until(() => rig.server.submissions.length === 1, 'the other one is handed in');
});

it('a shot that waited here does not take the place of a later one from home', async () => {
  rig = await openRig();
  const { orderId } = rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  rig.server.down = true;
  await shoot(rig, 'waits');
  await must(rig, 'session.leave');
  await rig.clock.advance(60_000);
  const photoId = randomUUID();
  rig.server.apply(orderId, 'keepPhoto', 'graduate', { photoId });
  rig.server.apply(orderId, 'acceptStandardization', 'server');
  rig.server.down = false;
  await rig.clock.advance(60_000);
  expect(rig.server.orders.get(orderId)).toMatchObject({ photoId, state: 'pendingSubmission' });
  expect(await shownAgain()).toMatchObject({ step: 'requirements' });
});

it('a shot made here later than the one from home takes its place, whatever the clock says', async () => {
  rig = await openRig();
  rig.clock.shift(-3_600_000);
  await rig.clock.advance(60_000);
  const photoId = randomUUID();
  const { orderId } = rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  rig.server.apply(orderId, 'keepPhoto', 'graduate', { photoId });
  rig.server.apply(orderId, 'acceptStandardization', 'server');
  await rig.clock.advance(5000);
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  await shoot(rig, 'later');
  await must(rig, 'session.handIn');
  await rig.until(() => rig.server.submissions.length === 1, 'it is handed in');
});
