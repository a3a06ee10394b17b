import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { FakeWorld } from '../../src/main/station/devices/tests/gphoto2-tongue.ts';
import { must, openOrder, PIN, type StationRig } from '../../src/main/station/tests/station-rig.ts';
import type { SceneBook } from './scene-book.ts';
import { ORDER } from './scene-samples.ts';

const FAKE = join(import.meta.dirname, '../../src/main/station/devices/tests/fake-gphoto2.ts');

/** A camera on the cable: ready to be released, gone, and back in another program's hands. */
export async function recordGphoto2(book: SceneBook, rig: StationRig): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'gphoto2-'));
  const program = join(home, 'gphoto2');
  const cable = (changes: Partial<FakeWorld>) => {
    const world: FakeWorld = {
      ...{ plugged: true, occupied: false, forbidden: false, answer: 'well' },
      ...{ picture: '', exposureMs: 0, lookMs: 0, ...changes },
    };
    writeFileSync(join(home, 'world.json'), JSON.stringify(world));
  };
  const command = [process.execPath, FAKE, home].map((word) => `'${word}'`).join(' ');
  writeFileSync(program, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  cable({});
  rig.server.addOrder({ ...ORDER, state: 'pendingCapture' }, 'c');
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.setPortraitSource', { source: { kind: 'gphoto2', program } });
  await must(rig, 'staff.lock');
  await untilCable(rig, 'ready');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  await must(rig, 'session.toCamera');
  book.keep('camera-gphoto2', rig);
  cable({ plugged: false });
  await untilCable(rig, 'camera.notFound');
  book.keep('camera-gphoto2-gone', rig);
  cable({ occupied: true });
  await untilCable(rig, 'camera.busy');
  book.keep('camera-gphoto2-busy', rig);
  rmSync(home, { recursive: true });
}

/** The next look for the camera is due by the station's clock, and takes the program real time. */
async function untilCable(rig: StationRig, wanted: string): Promise<void> {
  const isSo = () => {
    const state = rig.station().snapshot().tethered?.state;
    return (state?.kind === 'failed' ? state.code : state?.kind) === wanted;
  };
  for (let looks = 0; looks < 4 && !isSo(); looks += 1) {
    await rig.clock.advance(8000);
    for (let waits = 0; waits < 250 && !isSo(); waits += 1) await setTimeout(20);
  }
  if (!isSo()) throw new Error(`the camera on the cable was never ${wanted}`);
}
