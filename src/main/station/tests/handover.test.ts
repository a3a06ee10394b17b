import { afterEach, expect, it } from 'vitest';
import { must, openOrder, openRig, PIN, type StationRig } from './station-rig.ts';

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
