import { must, openOrder, PIN, type StationRig } from '../../src/main/station/tests/station-rig.ts';
import type { TabletListener } from '../../src/shared/index.ts';
import { takeBurst } from './record-screen-scenes.ts';
import type { SceneBook } from './scene-book.ts';
import { ORDER, REFUSED } from './scene-samples.ts';

const OPEN: TabletListener = {
  kind: 'open',
  port: 8643,
  addresses: [
    { address: '192.168.10.26', network: 'wlan0' },
    { address: '10.20.30.40', network: 'eth0' },
  ],
  fingerprint: '5FCB 3E49 7DEB 346C EAA8 83E9 1582 5B68 8B68 F18B 0C54 4510 AE3E 2EF2 F98A F4FA',
};

/** How staff let tablets in, and the desk on one of them. */
export async function recordTablets(book: SceneBook, rig: StationRig): Promise<void> {
  const door = rig.station().tablets;
  rig.server.addOrder({ ...ORDER, state: 'pendingCapture' }, 'c');
  rig.server.addOrder({ ...ORDER, orderNo: `${ORDER.orderNo}d`, state: 'pendingCapture' }, 'd');
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.setTablets', { on: true });
  door.report({ kind: 'portTaken', port: 8643 });
  book.keep('staff-tablets-port-taken', rig);
  door.report(OPEN);
  const pair = async (name: string) => {
    await must(rig, 'staff.openPairing', { name });
    const token = await door.pair(rig.station().snapshot().tablets?.pairing?.code ?? '');
    return door.recognise(token.ok ? token.value : '');
  };
  const tablet = await pair('前台平板');
  if (!tablet) throw new Error('the tablet is not paired');
  await pair('签到处平板');
  tablet.arrived(() => undefined);
  await rig.clock.advance(40 * 60_000);
  await must(rig, 'staff.unlock', { pin: PIN });
  book.keepSide('staff-tablet-locked', rig, tablet);
  await tablet.handlers['staff.unlock']({ pin: PIN });
  await must(rig, 'staff.queueCheckIn', { payload: 'd' });
  book.keep('staff-tablets', rig);
  book.keepSide('staff-tablet-nobody', rig, tablet);
  await must(rig, 'staff.openPairing', { name: '平板 3' });
  book.keep('staff-tablets-pairing', rig);
  await must(rig, 'staff.lock');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  await must(rig, 'session.toCamera');
  await must(rig, 'camera.shutterState', { state: 'ready' });
  book.keepSide('staff-tablet-camera', rig, tablet);
  await takeBurst(rig, (place) => tablet.handlers['staff.chooseFrame'](place));
  book.keepSide('staff-tablet-burst', rig, tablet);
  rig.engine.verdict = REFUSED;
  await must(rig, 'session.keep');
  await must(rig, 'session.judge');
  book.keepSide('staff-tablet-refused', rig, tablet);
}
