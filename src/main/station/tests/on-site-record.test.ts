import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { photoUploadMeta, ROUTES } from '@gradshot/contract';
import { buildRefusedPhoto, buildReport } from '@gradshot/testkit';
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

  it('holds a note for the reviewer, which stays until it is taken back', async () => {
    const note = '本人佩戴义眼';
    await shoot(rig, 'a');
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.recordOnSite', { answers: {}, note });
    await must(rig, 'staff.recordOnSite', { answers: ANSWERS });
    expect(onSite()).toEqual({ answers: ANSWERS, note });
    const number = { answers: {}, note: '电话 138 0013 8000' };
    expect(await rig.run('staff.recordOnSite', number)).toMatchObject({
      error: { code: 'onSite.personalNumber' },
    });
    expect(onSite()).toEqual({ answers: ANSWERS, note });
    const diagnostics = await must(rig, 'staff.exportDiagnostics');
    expect(JSON.stringify(diagnostics)).not.toContain('义眼');
    await must(rig, 'staff.lock');
    expect(JSON.stringify(rig.station().snapshot())).not.toContain('义眼');
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.recordOnSite', { answers: ANSWERS, note: '' });
    expect(onSite()).toEqual({ answers: ANSWERS });
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

describe('工作人员放行', () => {
  const RELEASE = { cause: 'health', text: '面瘫，左眼不能完全睁开' } as const;
  const refused = async (...codes: Parameters<typeof buildRefusedPhoto>) => {
    rig.engine.verdict = buildRefusedPhoto(...codes);
    await shoot(rig, 'a');
  };
  const judged = () => {
    const { session } = rig.station().snapshot();
    if (session.step !== 'judged') throw new Error(session.step);
    return session;
  };

  it('needs the PIN', async () => {
    await refused('eyes.open');
    expect(await rig.run('staff.releasePhoto', RELEASE)).toMatchObject({
      error: { code: 'staff.locked' },
    });
    expect(judged().accepted).toBe(false);
    expect(rig.station().snapshot().connection.outbox).toBe(0);
  });

  it('lets the photo go on, and says to the server why', async () => {
    await refused('eyes.open', 'light.evenness');
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.releasePhoto', RELEASE);
    const release = { checks: ['eyes.open', 'light.evenness'], ...RELEASE };
    expect(judged()).toMatchObject({ accepted: true, onSite: { release } });
    await must(rig, 'staff.recordOnSite', { answers: ANSWERS });
    await must(rig, 'staff.lock');
    expect(judged()).toMatchObject({ accepted: true, order: { local: { step: 'judged' } } });
    await must(rig, 'session.handIn');
    await rig.until(() => rig.server.submissions.length === 1, 'it is handed in');
    const [photo] = [...rig.server.photos.values()];
    expect(photo?.meta).toMatchObject({ report: { accepted: false }, onSite: { release } });
    // The stand-in of the server takes everything; the real one takes what fits.
    expect(photoUploadMeta.safeParse(photo?.meta)).toMatchObject({ success: true });
    const { photoId, onSite } = rig.server.submissions[0] ?? {};
    const body = ROUTES.handInPhoto.body.safeParse({ photoId, onSite });
    expect(body).toMatchObject({ success: true, data: { onSite } });
    expect(rig.server.submissions[0]).toMatchObject({ onSite: { release, answers: ANSWERS } });
  });

  it('is not for what no eye can judge, nor for a photo that the machine takes', async () => {
    await must(rig, 'staff.unlock', { pin: PIN });
    for (const report of [
      buildRefusedPhoto('eyes.open', 'picture.sharpness'),
      buildReport(),
      'nothing' as const,
    ]) {
      rig.engine.verdict = report;
      await shoot(rig, 'a');
      expect(await rig.run('staff.releasePhoto', RELEASE)).toMatchObject({
        error: { code: 'onSite.releaseForbidden' },
      });
      expect(onSite()).toBeUndefined();
      await must(rig, 'session.retake');
      await must(rig, 'session.back');
    }
  });

  it('names what stands in its way', async () => {
    await refused('eyes.open', 'picture.sharpness');
    await must(rig, 'staff.unlock', { pin: PIN });
    expect(await rig.run('staff.releasePhoto', RELEASE)).toMatchObject({
      error: { code: 'onSite.releaseForbidden', details: { checks: '清晰度' } },
    });
    // It is told to staff alone: the visit's own screen says nothing of it.
    expect(rig.station().snapshot().failure).toBeUndefined();
  });

  it('says no number by which the graduate is known or reached', async () => {
    await refused('eyes.open');
    await must(rig, 'staff.unlock', { pin: PIN });
    for (const text of ['电话 138 0013 8000', '证件号11010119491231002X'])
      expect(await rig.run('staff.releasePhoto', { ...RELEASE, text })).toMatchObject({
        error: { code: 'onSite.personalNumber' },
      });
    expect(judged().accepted).toBe(false);
  });

  it('outlasts the loss of the database, and the photo is still delivered', async () => {
    rig.server.cut.add('deliverPhoto');
    await refused('eyes.open');
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.releasePhoto', RELEASE);
    await must(rig, 'session.handIn');
    await rig.station().close();
    for (const name of ['station.db', 'backups'])
      await rm(join(rig.dir, name), { recursive: true, force: true });
    rig.server.cut.clear();
    await rig.reopen({ enrol: undefined as never });
    await rig.until(() => rig.server.submissions.length === 1, 'it is handed in');
    expect(rig.server.submissions[0]).toMatchObject({
      onSite: { release: { checks: ['eyes.open'], ...RELEASE } },
    });
  });

  it('is counted in the report of the day, by its cause and once it is handed in', async () => {
    await refused('eyes.open');
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.releasePhoto', RELEASE);
    const day = new Date(rig.clock.now()).toISOString().slice(0, 10);
    const releases = async () => (await must(rig, 'staff.dayReport', { day })).releases;
    expect(await releases()).toEqual([]);
    await must(rig, 'session.handIn');
    expect(await releases()).toEqual([{ cause: 'health', count: 1 }]);
    const saved = await must(rig, 'staff.saveDayReport', { day });
    expect(saved).toMatchObject({ text: expect.stringContaining('身体原因，无法做到,1') });
    expect(JSON.stringify(saved)).not.toContain('面瘫');
  });
});
