import { randomUUID } from 'node:crypto';
import { fakeJpeg } from '../../src/main/station/imaging/tests/stub-engine.ts';
import { must, openOrder, PIN, type StationRig } from '../../src/main/station/tests/station-rig.ts';
import type { BurstPlace } from '../../src/shared/index.ts';
import type { SceneBook } from './scene-book.ts';
import { ORDER, REFUSED } from './scene-samples.ts';

/** The desk beside a screen of the graduate's own, that screen, and the choice of a frame on one screen. */
export async function recordScreens(book: SceneBook, rig: StationRig): Promise<void> {
  rig.server.addOrder({ ...ORDER, state: 'pendingCapture' }, 'c');
  const gone = rig.station().graduate.arrived();
  book.keep('staff-beside-locked', rig);
  book.keep('graduate-welcome', rig, 'graduate');
  await must(rig, 'staff.unlock', { pin: PIN });
  book.keep('staff-beside-nobody', rig);
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  await must(rig, 'session.toCamera');
  book.keep('staff-beside-opening', rig);
  await must(rig, 'camera.shutterState', { state: 'ready' });
  book.keep('staff-beside-camera', rig);
  book.keep('graduate-camera', rig, 'graduate');
  await burst(rig);
  book.keep('staff-beside-burst', rig);
  rig.engine.verdict = REFUSED;
  await must(rig, 'session.keep');
  await must(rig, 'session.judge');
  book.keep('staff-beside-refused', rig);
  book.keep('graduate-refused', rig, 'graduate');
  await must(rig, 'session.retake');
  await burst(rig);
  gone();
  await rig.until(() => rig.station().snapshot().screen === undefined, 'the screen is gone');
  await must(rig, 'staff.unlock', { pin: PIN });
  book.keep('staff-burst', rig);
}

async function burst(rig: StationRig): Promise<void> {
  await takeBurst(rig, (place) => must(rig, 'staff.chooseFrame', place));
}

/** Five frames; the machine has taken the third, staff choose the fourth. */
export async function takeBurst(
  rig: StationRig,
  choose: (place: BurstPlace) => Promise<unknown>,
): Promise<void> {
  const id = randomUUID();
  const frame = (number: number) => ({
    ...{ picture: fakeJpeg(`${id} ${number}`), width: 4000, height: 3000 },
    burst: { id, frame: number },
  });
  await must(rig, 'session.takeShot', frame(2));
  for (const number of [0, 1, 3, 4]) await must(rig, 'camera.spareFrame', frame(number));
  await choose({ id, frame: 3 });
}
