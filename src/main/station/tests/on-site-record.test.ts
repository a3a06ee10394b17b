import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must, openOrder, openRig, PIN, type StationRig, shoot } from './station-rig.ts';

let rig: StationRig;
beforeEach(async () => {
  rig = await openRig();
  rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
});
afterEach(() => rig.close());

const ANSWERS = { 'face.person': 'kept', 'accessories.glasses': 'notKept' } as const;
const onSite = () => {
  const { session } = rig.station().snapshot();
  return session.step === 'judged' ? session.onSite : undefined;
};

describe('现场核对', () => {
  it('is for staff alone, and nobody else sees it', async () => {
    await shoot(rig, 'a');
    expect(await rig.run('staff.recordOnSite', { answers: ANSWERS })).toMatchObject({
      error: { code: 'staff.locked' },
    });
    await must(rig, 'staff.unlock', { pin: PIN });
    expect(onSite()).toBeUndefined();
    await must(rig, 'staff.recordOnSite', { answers: ANSWERS });
    expect(onSite()).toEqual({ answers: ANSWERS });
    await must(rig, 'staff.lock');
    expect(rig.step()).toBe('judged');
    expect(onSite()).toBeUndefined();
  });

  it('goes to the server with 提交, as it was said last', async () => {
    await shoot(rig, 'a');
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.recordOnSite', { answers: ANSWERS });
    const corrected = { ...ANSWERS, 'accessories.glasses': 'kept' } as const;
    await must(rig, 'staff.recordOnSite', { answers: corrected });
    await must(rig, 'staff.lock');
    await must(rig, 'session.handIn');
    await rig.until(() => rig.server.submissions.length === 1, 'it is handed in');
    expect(rig.server.submissions[0]).toMatchObject({ onSite: { answers: corrected } });
  });

  it('outlasts a restart, and what was taken back is not said', async () => {
    await shoot(rig, 'a');
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.recordOnSite', { answers: ANSWERS });
    await rig.restart();
    await openOrder(rig, 'c');
    await must(rig, 'session.beginOrder');
    await must(rig, 'staff.unlock', { pin: PIN });
    expect(onSite()).toEqual({ answers: ANSWERS });
    await must(rig, 'staff.recordOnSite', { answers: {} });
    expect(onSite()).toBeUndefined();
    await must(rig, 'session.handIn');
    await rig.until(() => rig.server.submissions.length === 1, 'it is handed in');
    expect(rig.server.submissions[0]).not.toHaveProperty('onSite');
  });

  it('is of a photo that is on the screen and can be seen', async () => {
    await must(rig, 'staff.unlock', { pin: PIN });
    const wrongStep = { error: { code: 'station.wrongStep' } };
    expect(await rig.run('staff.recordOnSite', { answers: ANSWERS })).toMatchObject(wrongStep);
    rig.engine.verdict = 'nothing';
    await shoot(rig, 'a');
    expect(await rig.run('staff.recordOnSite', { answers: ANSWERS })).toMatchObject(wrongStep);
  });

  it('may be said of a photo that is refused', async () => {
    rig.engine.verdict = 'refuse';
    await shoot(rig, 'a');
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.recordOnSite', { answers: ANSWERS });
    expect(onSite()).toEqual({ answers: ANSWERS });
    expect(await rig.run('session.handIn')).toMatchObject({ error: { code: 'photo.notStandard' } });
  });
});
