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
  step('uploadPhoto', { photoId });
  for (const event of ['acceptStandardization', 'submit', 'passIdentity', 'approve'] as const)
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
  expect(await shownAgain()).toMatchObject({ step: 'submitted', photoId, delivery: 'delivered' });
});

it('nor the one that was rejected', async () => {
  rig = await openRig();
  const { orderId } = rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  await shoot(rig, 'rejected');
  await must(rig, 'session.submit');
  await must(rig, 'session.leave');
  await rig.until(() => rig.server.orders.get(orderId)?.state === 'underReview', 'delivery');
  rig.server.apply(orderId, 'reject', 'reviewer');
  const photoId = finishedAtHome(orderId, ['retake']);
  expect(await shownAgain()).toMatchObject({ step: 'submitted', photoId, delivery: 'delivered' });
});
