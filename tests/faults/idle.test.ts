import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_TIMING } from '../../src/main/station/ground/timing.ts';
import { must, openRig, type StationRig } from '../../src/main/station/tests/station-rig.ts';
import { STEPS, type Step, walkTo } from './walk.ts';

let rig: StationRig;
afterEach(() => rig.close());
beforeEach(async () => {
  rig = await openRig();
});

const snapshot = () => rig.station().snapshot();

function limitAt(step: Step): number {
  if (step === 'handedIn') return DEFAULT_TIMING.partingMs.stepwise;
  const handsFree = step === 'payment' || step === 'camera';
  return handsFree ? DEFAULT_TIMING.handsFreeIdleMs : DEFAULT_TIMING.idleMs;
}

it.each(STEPS)(
  'at %s: after the warning nothing of the visit is left but queued work',
  async (step) => {
    const { student } = rig.server.addOrder({}, 'c');
    await walkTo(rig, step, 'c');
    await must(rig, 'station.setLanguage', { language: 'en' });
    await rig.clock.advance(limitAt(step) - 10_000);
    expect(rig.step()).toBe(step);
    // The last page counts for all to see, and needs no warning.
    const { idleSecondsLeft, leavesInSeconds } = snapshot();
    expect(step === 'handedIn' ? leavesInSeconds : idleSecondsLeft).toBeLessThanOrEqual(20);
    await rig.clock.advance(15_000);
    expect(snapshot()).toMatchObject({ session: { step: 'welcome' }, language: 'zh' });
    const everything = JSON.stringify(snapshot());
    for (const personal of [student.maskedName, student.maskedIdNumber])
      expect(everything).not.toContain(personal);
    expect(snapshot()).not.toHaveProperty('idleSecondsLeft');
    expect(snapshot()).not.toHaveProperty('leavesInSeconds');
    if (step !== 'handedIn' && step !== 'judged') return;
    await rig.until(() => rig.server.photos.size === 1, 'queued work goes on');
  },
);

it('a picture is shown to its own visit only', async () => {
  rig.server.addOrder({}, 'c');
  rig.server.addOrder({}, 'd');
  await walkTo(rig, 'judged', 'c');
  const { session } = snapshot();
  const photoId = session.step === 'judged' ? session.shot.photoId : '';
  await must(rig, 'picture.read', { photoId, kind: 'original' });
  await must(rig, 'session.leave');
  const refused = { error: { code: 'photo.notFound' } };
  expect(await rig.run('picture.read', { photoId, kind: 'original' })).toMatchObject(refused);
  await walkTo(rig, 'judged', 'd');
  expect(await rig.run('picture.read', { photoId, kind: 'original' })).toMatchObject(refused);
});
