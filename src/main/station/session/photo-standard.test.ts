import { DEFAULT_PROFILE_ID, findPhotoProfile } from '@gradshot/domain';
import { describe, expect, it } from 'vitest';
import { agreeOnProfile } from './photo-standard.ts';
import { answered, openVisit, step, toOrder, type World } from './tests/visit-rig.ts';

const profileId = DEFAULT_PROFILE_ID;
const here = findPhotoProfile(profileId)?.version ?? 0;

describe('the photo standard', () => {
  it.each([
    ['the same version', { profileId, profileVersion: here }],
    ['an older server that tells none', { profileId }],
  ])('is agreed on: %s', (_, announced) => {
    expect(agreeOnProfile(announced)).toEqual({ ok: true, value: null });
  });

  it.each([
    ['a newer version', { profileId, profileVersion: here + 1 }, `${profileId} v${here}`],
    ['a profile that is not known here', { profileId: 'new', profileVersion: 1 }, 'new v—'],
  ])('is not agreed on: %s', (_, announced, station) => {
    const server = `v${announced.profileVersion}`;
    expect(agreeOnProfile(announced)).toEqual({
      ok: false,
      error: { code: 'station.profileMismatch', details: { station, server } },
    });
  });
});

async function begun(world: World): Promise<World> {
  await toOrder(world);
  await answered(world, 'session.beginOrder', {});
  return world;
}

describe('at a station whose photos the server would refuse', () => {
  it.each(['pendingPayment', 'pendingCapture', 'pendingSubmission', 'rejected'] as const)(
    '%s goes no further, and nothing is paid or taken back',
    async (state) => {
      const world = openVisit(state);
      world.ports.profileVersion = here + 1;
      await begun(world);
      expect(world.visit.state()).toMatchObject({
        view: { step: 'orderDetail', order: { state } },
        failure: { code: 'station.profileMismatch' },
      });
      expect(world.ports.waiting()).toBe(0);
    },
  );

  it('what is handed in already can be looked at', async () => {
    const world = openVisit('underReview');
    world.ports.profileVersion = here + 1;
    await begun(world);
    expect(step(world)).toBe('handedIn');
  });

  it('the camera stays closed when the order tells it only after the payment', async () => {
    const world = openVisit('pendingPayment');
    await begun(world);
    expect(step(world)).toBe('service');
    world.ports.profileVersion = here + 1;
    world.ports.paid = true;
    await answered(world, 'session.pay', { consents: ['service'] });
    expect(step(world)).toBe('requirements');
    expect(await answered(world, 'session.toCamera', {})).toMatchObject({
      error: { code: 'station.profileMismatch' },
    });
    expect(step(world)).toBe('requirements');
  });
});
