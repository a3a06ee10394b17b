import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pictureFile } from '@gradshot/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { must, openOrder, openRig, PIN, type StationRig } from './station-rig.ts';

let rig: StationRig;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photos-'));
  rig = await openRig();
});
afterEach(async () => {
  await rig.close();
  await rm(folder, { recursive: true, force: true });
});

const tethered = () => rig.station().snapshot().tethered;
const source = () => ({ kind: 'watchFolder', folder }) as const;

async function chosen(): Promise<void> {
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.setPortraitSource', { source: source() });
  await must(rig, 'staff.lock');
  await rig.until(() => tethered()?.state.kind === 'ready', 'the folder is found');
}

async function toCamera(code: string): Promise<void> {
  rig.server.addOrder({ state: 'pendingCapture' }, code);
  await openOrder(rig, code);
  await must(rig, 'session.beginOrder');
  await must(rig, 'session.toCamera');
  await rig.until(() => tethered()?.listening === true, 'a picture counts');
}

it('is for staff alone to choose, and to try', async () => {
  for (const name of ['staff.setPortraitSource', 'staff.tryPortraitSource'] as const)
    expect(await rig.run(name, { source: source() })).toMatchObject({
      error: { code: 'staff.locked' },
    });
  expect(tethered()).toBeUndefined();
});

it('says what is in a folder before it is chosen', async () => {
  await must(rig, 'staff.unlock', { pin: PIN });
  await writeFile(join(folder, 'a.jpg'), pictureFile('a'));
  const found = await must(rig, 'staff.tryPortraitSource', { source: source() });
  expect(found).toMatchObject({ pictures: 1 });
  const nowhere = { kind: 'watchFolder', folder: join(folder, 'nowhere') } as const;
  expect(await rig.run('staff.tryPortraitSource', { source: nowhere })).toMatchObject({
    error: { code: 'camera.folderMissing' },
  });
});

it('brings the file that was saved at the camera page into the visit, byte for byte', async () => {
  await chosen();
  await writeFile(join(folder, 'before.jpg'), pictureFile('before'));
  await toCamera('c');
  await mkdir(join(folder, '2026_11_30'));
  const picture = pictureFile('face', { width: 6000, height: 4000 });
  await writeFile(join(folder, '2026_11_30', 'IMG_0001.JPG'), picture);
  await rig.until(() => rig.step() === 'reviewShot', 'the picture arrives');
  const { session } = rig.station().snapshot();
  if (session.step !== 'reviewShot') throw new Error(session.step);
  expect(session.shot).toMatchObject({ width: 6000, height: 4000 });
  const { photoId } = session.shot;
  const shown = await must(rig, 'picture.read', { photoId, kind: 'original' });
  expect(Buffer.from(shown.data).equals(picture)).toBe(true);
  // What comes now is nobody's, also after 重拍.
  await writeFile(join(folder, '2026_11_30', 'IMG_0002.JPG'), pictureFile('late'));
  await rig.clock.advance(5000);
  await must(rig, 'session.retake');
  await rig.until(() => tethered()?.listening === true, 'a picture counts again');
  await rig.clock.advance(5000);
  expect(rig.step()).toBe('camera');
});

it('tells the graduate of a picture that cannot be used, and nobody after the page was left', async () => {
  await chosen();
  await toCamera('c');
  await writeFile(join(folder, 'a.jpg'), pictureFile('half').subarray(0, 1000));
  const failure = () => rig.station().snapshot().failure?.code;
  await rig.until(() => failure() === 'camera.pictureIncomplete', 'it is told');
  await must(rig, 'failure.dismiss');
  await must(rig, 'session.back');
  await rig.clock.advance(30_000);
  expect(failure()).toBeUndefined();
});

it('is tried by staff without any graduate getting the picture', async () => {
  await chosen();
  await toCamera('c');
  await must(rig, 'staff.unlock', { pin: PIN });
  await writeFile(join(folder, 'a.jpg'), pictureFile('trial'));
  await rig.clock.advance(5000);
  await must(rig, 'staff.lock');
  await rig.until(() => tethered()?.listening === true, 'a picture counts again');
  await rig.clock.advance(5000);
  expect(rig.step()).toBe('camera');
  await writeFile(join(folder, 'b.jpg'), pictureFile('graduate'));
  await rig.until(() => rig.step() === 'reviewShot', 'the graduate’s own arrives');
});

it('that has gone keeps anybody from paying, and is named by the self-test', async () => {
  await chosen();
  await rm(folder, { recursive: true });
  await rig.until(() => tethered()?.state.kind === 'failed', 'the loss is noticed');
  // The page's own camera is well, and does not take the photo.
  await must(rig, 'camera.report', { state: 'ready' });
  rig.server.addOrder({}, 'c');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  const consents = ['service', 'faceProcessing'] as const;
  expect(await rig.run('session.pay', { consents: [...consents] })).toMatchObject({
    error: { code: 'station.cannotShoot', details: { test: 8 } },
  });
  await must(rig, 'staff.unlock', { pin: PIN });
  const lines = await must(rig, 'staff.diagnostics');
  expect(lines.find(({ number }) => number === 8)).toMatchObject({ level: 'fail' });
  await mkdir(folder);
  await rig.until(() => tethered()?.state.kind === 'ready', 'it is back by itself');
});

it('holds over a restart', async () => {
  await chosen();
  await rig.restart();
  await rig.until(() => tethered()?.state.kind === 'ready', 'the folder is found');
  expect(tethered()?.source).toEqual(source());
});

it('without a shutter of its own is pressed by nobody', async () => {
  await chosen();
  await toCamera('c');
  expect(await rig.run('camera.capture')).toMatchObject({ error: { code: 'station.wrongStep' } });
});
