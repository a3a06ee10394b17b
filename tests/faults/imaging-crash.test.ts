import { buildReport } from '@gradshot/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeJpeg } from '../../src/main/station/imaging/tests/stub-engine.ts';
import {
  must,
  openOrder,
  openRig,
  type StationRig,
} from '../../src/main/station/tests/station-rig.ts';
import { walkOn, walkTo } from './walk.ts';

let rig: StationRig;
afterEach(() => rig.close());
beforeEach(async () => {
  rig = await openRig();
  rig.server.addOrder({}, 'c');
});

const snapshot = () => rig.station().snapshot();

describe('the imaging process', () => {
  it('crashes: the original is safe and can be tried again', async () => {
    await walkTo(rig, 'kept', 'c');
    await must(rig, 'dev.setFault', { fault: 'imagingCrash', on: true });
    expect(await rig.run('session.judge')).toMatchObject({
      error: { code: 'imaging.crashed' },
    });
    expect(snapshot()).toMatchObject({
      session: { step: 'kept' },
      failure: { code: 'imaging.crashed' },
      imaging: { ready: true, error: 'imaging.crashed' },
    });
    await must(rig, 'dev.setFault', { fault: 'imagingCrash', on: false });
    await walkOn(rig, 'kept', 'c');
    expect(rig.step()).toBe('handedIn');
    expect(snapshot().imaging.error).toBeUndefined();
  });

  it('gives up on its own: the photo is not refused for it', async () => {
    await walkTo(rig, 'kept', 'c');
    const { output: _output, ...report } = buildReport({ accepted: false });
    const reason = { code: 'imaging.crashed', zh: '异常', en: 'crashed' };
    rig.engine.verdict = { ...report, reason };
    expect(await rig.run('session.judge')).toMatchObject({
      error: { code: 'imaging.crashed' },
    });
    rig.engine.verdict = 'accept';
    await walkOn(rig, 'kept', 'c');
    expect(rig.step()).toBe('handedIn');
  });

  it('hangs: 取消 and leaving still work, and its late answer changes nothing', async () => {
    await walkTo(rig, 'kept', 'c');
    let letGo = () => {};
    rig.engine.gate = new Promise((resolve) => {
      letGo = resolve;
    });
    const reply = rig.run('session.judge');
    await rig.clock.advance(600_000);
    expect(snapshot().session).toMatchObject({ step: 'judging', progress: 0.4 });
    await must(rig, 'session.leave');
    letGo();
    expect(await reply).toMatchObject({ error: { code: 'imaging.cancelled' } });
    expect(snapshot()).toMatchObject({ session: { step: 'welcome' }, connection: { outbox: 0 } });
    expect(snapshot().failure).toBeUndefined();
  });
});

describe('models that cannot be opened', () => {
  it('are told of, and everything but standardising works', async () => {
    await rig.close();
    const failure = { code: 'imaging.modelMissing' } as const;
    const imaging = Promise.reject(Object.assign(new Error('no model'), { failure }));
    imaging.catch(() => undefined);
    rig = await openRig({ imaging });
    rig.server.addOrder({ state: 'pendingCapture' }, 'paid');
    await openOrder(rig, 'paid');
    for (const name of ['session.beginOrder', 'session.toCamera'] as const) await must(rig, name);
    await must(rig, 'session.takeShot', { picture: fakeJpeg('a'), width: 4000, height: 3000 });
    await must(rig, 'session.keep');
    expect(snapshot().imaging).toEqual({ ready: false, error: 'imaging.modelMissing' });
    expect(await rig.run('session.judge')).toMatchObject({
      error: { code: 'imaging.modelMissing' },
    });
    expect(rig.step()).toBe('kept');
  });

  it('keep everybody from paying', async () => {
    await rig.close();
    const imaging = Promise.reject(new Error('no model'));
    imaging.catch(() => undefined);
    rig = await openRig({ imaging });
    rig.server.addOrder({}, 'c');
    await walkTo(rig, 'service', 'c');
    const consents = ['service', 'faceProcessing'] as const;
    expect(await rig.run('session.pay', { consents: [...consents] })).toMatchObject({
      error: { code: 'station.cannotShoot', details: { test: 4 } },
    });
    expect(rig.server.payments.size).toBe(0);
  });
});

describe('live hints', () => {
  it('drop frames while one is at work, and never queue', async () => {
    await walkTo(rig, 'camera', 'c');
    let letGo = () => {};
    rig.engine.guideGate = new Promise((resolve) => {
      letGo = resolve;
    });
    const frame = Uint8Array.of(0xff, 0xd8, 0xff);
    const first = rig.run('camera.guide', { frame });
    expect(await rig.run('camera.guide', { frame })).toMatchObject({
      error: { code: 'station.busy' },
    });
    letGo();
    expect(await first).toMatchObject({ value: { faces: 1, state: 'ready' } });
    expect(await rig.run('camera.guide', { frame })).toMatchObject({ ok: true });
    await must(rig, 'session.back');
    expect(await rig.run('camera.guide', { frame })).toMatchObject({
      error: { code: 'station.wrongStep' },
    });
  });
});
