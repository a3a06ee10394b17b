import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS, type CommandName, type StationSnapshot } from '../../../shared/index.ts';
import { DEFAULT_TIMING } from '../ground/timing.ts';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { must, openOrder, openRig, PIN, type StationRig, shoot } from './station-rig.ts';

let rig: StationRig;
let gone: () => void;
beforeEach(async () => {
  rig = await openRig();
  gone = rig.station().graduate.arrived();
});
afterEach(() => rig.close());

const desk = () => rig.station().snapshot();
const graduate = () => rig.station().graduate.snapshot();
const from = (name: CommandName, payload: unknown = {}) =>
  rig.station().graduate.handlers[name](payload as never);
const toCamera = async (code: string) => {
  rig.server.addOrder({ state: 'pendingCapture' }, code);
  await openOrder(rig, code);
  await must(rig, 'session.beginOrder');
};
const refused = { error: { code: 'staff.atDesk' } };

describe('the graduate’s screen', () => {
  it('may do nothing of staff’s, also while their desk is open', async () => {
    await must(rig, 'staff.unlock', { pin: PIN });
    const before = desk();
    const staffs = (Object.keys(COMMANDS) as CommandName[]).filter((name) => /^staff\./.test(name));
    expect(staffs.length).toBeGreaterThan(25);
    for (const name of staffs) expect([name, await from(name)]).toMatchObject([name, refused]);
    expect(await from('staff.unlock', { pin: PIN })).toMatchObject(refused);
    await must(rig, 'staff.lock');
    expect(await from('staff.unlock', { pin: PIN })).toMatchObject(refused);
    expect(desk().station.staffUnlocked).toBe(false);
    expect(desk().session).toEqual(before.session);
  });

  it('takes codes by eye and scanner alone', async () => {
    rig.server.addOrder({ state: 'pendingCapture' }, 'c');
    await must(rig, 'staff.unlock', { pin: PIN });
    await from('session.enter');
    for (const source of ['typed', 'picture'])
      expect(await from('session.submitCode', { payload: 'c', source })).toMatchObject(refused);
    expect(rig.step()).toBe('scanCode');
    expect(await from('session.submitCode', { payload: 'c', source: 'camera' })).toEqual({
      ok: true,
      value: null,
    });
    expect(rig.step()).toBe('verify');
  });

  it('is told nothing of staff’s', async () => {
    await toCamera('c');
    await shoot(rig, 'a');
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.recordOnSite', { answers: {}, note: '本人佩戴义眼' });
    await must(rig, 'staff.setSecondScreen', { on: true });
    await must(rig, 'staff.queueCheckIn', { payload: 'c' });
    expect(JSON.stringify(desk())).toContain('义眼');
    const told: StationSnapshot[] = [];
    const stop = rig.station().graduate.subscribe((snapshot) => told.push(snapshot));
    await must(rig, 'staff.setPace', { pace: 'express' });
    stop();
    const { value } = (await from('station.snapshot')) as { value: StationSnapshot };
    for (const seen of [...told, graduate(), value]) {
      expect(seen.screen).toBe('graduate');
      expect(seen.station).toMatchObject({ staffUnlocked: false, rights: [] });
      expect(seen).not.toHaveProperty('station.serverUrl');
      expect(seen).not.toHaveProperty('session.onSite');
      for (const staffs of ['queue', 'burst', 'shutter', 'recovery', 'secondScreen'])
        expect(seen).not.toHaveProperty(staffs);
      expect(seen.session).toMatchObject({ step: 'judged', accepted: true });
    }
    expect(told.at(-1)).toMatchObject({ station: { pace: 'express' } });
  });

  it('takes along with 提交 the note that staff are writing', async () => {
    await toCamera('c');
    await shoot(rig, 'a');
    await must(rig, 'staff.unlock', { pin: PIN });
    const { session } = desk();
    const photoId = session.step === 'judged' ? session.shot.photoId : '';
    await must(rig, 'staff.recordOnSite', { answers: { 'face.person': 'kept' } });
    await must(rig, 'staff.draftNote', { photoId, note: '本人佩戴义眼' });
    expect(await from('session.handIn')).toMatchObject({ ok: true });
    await rig.until(() => rig.server.submissions.length === 1, 'it is handed in');
    expect(rig.server.submissions[0]).toMatchObject({
      onSite: { answers: { 'face.person': 'kept' }, note: '本人佩戴义眼' },
    });
  });

  it('takes along no note of another photo, nor one that was taken back', async () => {
    await toCamera('c');
    await shoot(rig, 'a');
    await must(rig, 'staff.unlock', { pin: PIN });
    const { session } = desk();
    const photoId = session.step === 'judged' ? session.shot.photoId : '';
    await must(rig, 'staff.draftNote', { photoId, note: '电话' });
    await must(rig, 'staff.draftNote', { photoId });
    await must(rig, 'staff.draftNote', {
      ...{ photoId: '0f4b3a52-6f0e-4d53-9a53-1d4b0c8c5a11', note: '别人' },
    });
    expect(await from('session.handIn')).toMatchObject({ ok: true });
    await rig.until(() => rig.server.submissions.length === 1, 'it is handed in');
    expect(rig.server.submissions[0]).not.toHaveProperty('onSite');
  });

  it('says nothing of what staff may not do', async () => {
    await toCamera('c');
    await shoot(rig, 'a');
    await must(rig, 'staff.unlock', { pin: PIN });
    const number = { answers: {}, note: '电话 138 0013 8000' };
    expect(await rig.run('staff.recordOnSite', number)).toMatchObject({
      error: { code: 'onSite.personalNumber' },
    });
    expect(graduate().failure).toBeUndefined();
  });

  it('keeps the visit and not the desk, and the desk not the visit', async () => {
    await must(rig, 'staff.unlock', { pin: PIN });
    await from('session.enter');
    for (const ms of [DEFAULT_TIMING.staffIdleMs / 2, DEFAULT_TIMING.staffIdleMs / 2]) {
      await from('station.touch');
      await rig.clock.advance(Math.min(ms, DEFAULT_TIMING.idleMs - 1000));
      await from('station.touch');
      await rig.clock.advance(Math.min(ms, DEFAULT_TIMING.idleMs - 1000));
    }
    await rig.until(() => !desk().station.staffUnlocked, 'the desk locks itself');
    await from('session.enter');
    await must(rig, 'staff.unlock', { pin: PIN });
    for (let seconds = 0; seconds * 1000 <= DEFAULT_TIMING.idleMs; seconds += 10) {
      await must(rig, 'station.touch');
      await rig.clock.advance(10_000);
    }
    expect(rig.step()).toBe('welcome');
    expect(desk().station.staffUnlocked).toBe(true);
  });

  it('has a language of its own', async () => {
    await from('station.setLanguage', { language: 'en' });
    expect([desk().language, graduate().language]).toEqual(['zh', 'en']);
    await must(rig, 'station.setLanguage', { language: 'en' });
    await from('station.setLanguage', { language: 'zh' });
    expect([desk().language, graduate().language]).toEqual(['en', 'zh']);
  });
});

describe('the second screen', () => {
  it('is there until its page has been gone for some seconds, and the visit stays', async () => {
    await toCamera('c');
    expect(desk().screen).toBe('desk');
    gone();
    gone();
    await rig.clock.advance(4000);
    const again = rig.station().graduate.arrived();
    await rig.clock.advance(60_000);
    expect(desk().screen).toBe('desk');
    again();
    await rig.clock.advance(6000);
    expect(desk().screen).toBeUndefined();
    expect(rig.step()).toBe('requirements');
  });

  it('is wanted or not over restarts', async () => {
    expect(desk().secondScreen).toBeUndefined();
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.setSecondScreen', { on: true });
    await rig.restart();
    expect(desk().secondScreen).toBe(true);
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.setSecondScreen', { on: false });
    expect(desk().secondScreen).toBeUndefined();
  });
});

describe('the live picture', () => {
  const look = (seen = 0) => rig.run('staff.liveFrame', { seen });

  it('is the latest frame that the guide looked at, for staff, while somebody is there', async () => {
    await toCamera('c');
    await must(rig, 'session.toCamera');
    expect(await look()).toMatchObject({ error: { code: 'staff.locked' } });
    await must(rig, 'staff.unlock', { pin: PIN });
    expect(await look()).toEqual({ ok: true, value: null });
    await from('camera.guide', { frame: fakeJpeg('one') });
    await from('camera.guide', { frame: fakeJpeg('two') });
    const first = await look();
    expect(first).toMatchObject({
      value: { number: 2, jpeg: fakeJpeg('two'), guidance: { state: expect.any(String) } },
    });
    expect(await look(2)).toEqual({ ok: true, value: null });
    await from('session.back');
    expect(await look()).toEqual({ ok: true, value: null });
  });

  it('does not keep the desk open', async () => {
    await must(rig, 'staff.unlock', { pin: PIN });
    await rig.clock.advance(DEFAULT_TIMING.staffIdleMs - 1000);
    await look();
    await rig.clock.advance(2000);
    expect(desk().station.staffUnlocked).toBe(false);
  });
});

describe('the shutter at the desk', () => {
  const press = () => rig.run('staff.pressShutter');
  const says = (state: string) => from('camera.shutterState', { state });

  beforeEach(async () => {
    await toCamera('c');
    await must(rig, 'staff.unlock', { pin: PIN });
  });

  it('is refused where nobody is at the camera, and before that is ready', async () => {
    expect(await press()).toMatchObject({ error: { code: 'shutter.notAtCamera' } });
    await must(rig, 'session.toCamera');
    expect(await press()).toMatchObject({ error: { code: 'shutter.notReady' } });
    expect(graduate().shutterPress).toBeUndefined();
  });

  it('is pressed once, however often it is sent and whoever hears of it', async () => {
    await must(rig, 'session.toCamera');
    await says('ready');
    expect(desk().shutter).toBe('ready');
    expect(await press()).toMatchObject({ ok: true });
    const number = graduate().shutterPress!;
    expect(await press()).toMatchObject({ ok: true });
    expect(graduate().shutterPress).toBe(number);
    expect(desk().shutter).toBe('pressed');
    expect(await from('camera.obeyShutter', { press: number })).toMatchObject({ ok: true });
    expect(await from('camera.obeyShutter', { press: number })).toMatchObject({ ok: false });
    expect(graduate().shutterPress).toBeUndefined();
    for (const state of ['counting', 'taking']) {
      await says(state);
      expect(await press()).toMatchObject({ error: { code: 'shutter.underWay' } });
    }
    await says('ready');
    await press();
    expect(graduate().shutterPress).toBe(number + 1);
  });

  it('is forgotten when no page obeys, and when the graduate goes on', async () => {
    await must(rig, 'session.toCamera');
    await says('ready');
    await press();
    const late = graduate().shutterPress!;
    await rig.clock.advance(5000);
    expect(desk().shutter).toBe('ready');
    expect(await from('camera.obeyShutter', { press: late })).toMatchObject({ ok: false });
    await press();
    await from('session.back');
    expect([desk().shutter, graduate().shutterPress]).toEqual([undefined, undefined]);
    await from('session.toCamera');
    expect(desk().shutter).toBe('unable');
  });
});

describe('the frames of a burst', () => {
  const BURST = '0f4b3a52-6f0e-4d53-9a53-1d4b0c8c5a11';
  const size = { width: 4000, height: 3000 };
  const place = (frame: number) => ({ id: BURST, frame });
  const shot = (look: string, frame: number) => ({
    ...size,
    picture: fakeJpeg(look),
    burst: place(frame),
  });
  const choose = (frame: number) => rig.run('staff.chooseFrame', place(frame));
  const original = async () => {
    const { session } = desk();
    if (!('shot' in session)) throw new Error(`no shot at ${session.step}`);
    const read = await must(rig, 'picture.read', {
      photoId: session.shot.photoId,
      kind: 'original',
    });
    return read.data;
  };

  beforeEach(async () => {
    await toCamera('c');
    await must(rig, 'session.toCamera');
    await must(rig, 'staff.unlock', { pin: PIN });
    await from('session.takeShot', shot('two', 2));
    await from('camera.spareFrame', shot('zero', 0));
    await from('camera.spareFrame', shot('one', 1));
  });

  it('are shown to staff with the machine’s choice, each byte for byte, each look logged', async () => {
    expect(desk().burst).toEqual({ id: BURST, frames: [0, 1, 2], machine: 2, chosen: 2 });
    expect(graduate().burst).toBeUndefined();
    expect(await must(rig, 'staff.readFrame', place(1))).toEqual({
      type: 'image/jpeg',
      data: fakeJpeg('one'),
    });
    expect(await rig.run('staff.readFrame', place(4))).toMatchObject({ ok: false });
    const { text } = (await must(rig, 'staff.exportDiagnostics')) as { text: string };
    expect(text).toMatch(/picture\.read[^}]*frame/);
  });

  it('take the shot’s place before 上传: the original is the very bytes of the camera', async () => {
    const before = desk().session;
    expect(await choose(0)).toMatchObject({ ok: true });
    expect(desk().burst).toMatchObject({ machine: 2, chosen: 0 });
    expect(desk().session).not.toEqual(before);
    expect(await original()).toEqual(fakeJpeg('zero'));
    await from('session.keep');
    await from('session.judge');
    await from('session.handIn');
    await rig.until(() => rig.server.submissions.length === 1, 'it is handed in');
    const { text } = (await must(rig, 'staff.exportDiagnostics')) as { text: string };
    expect(text).toMatch(/staff\.choseFrame/);
    expect(text).toMatch(/frameByStaff/);
    expect(desk().burst).toBeUndefined();
  });

  it('take the place of a photo that is stored and judged, which counts no more', async () => {
    await from('session.keep');
    await from('session.judge');
    expect(rig.step()).toBe('judged');
    expect(await choose(1)).toMatchObject({ ok: true });
    expect(rig.step()).toBe('kept');
    expect(await original()).toEqual(fakeJpeg('one'));
    await from('session.judge');
    await from('session.handIn');
    await rig.until(() => rig.server.submissions.length === 1, 'it is handed in');
    await rig.until(() => desk().connection.outbox === 0, 'all is sent');
    expect(rig.server.submissions).toHaveLength(1);
  });

  it('are judged anew by themselves in 快速', async () => {
    await must(rig, 'staff.setPace', { pace: 'express' });
    await from('session.keep');
    await rig.until(() => rig.step() === 'judged', 'it is judged');
    const photoId = () => {
      const { session } = desk();
      return 'shot' in session ? session.shot.photoId : undefined;
    };
    const before = photoId();
    expect(await choose(0)).toMatchObject({ ok: true });
    await rig.until(() => rig.step() === 'judged' && photoId() !== before, 'judged anew');
    expect(await original()).toEqual(fakeJpeg('zero'));
    expect(desk().burst).toMatchObject({ chosen: 0 });
  });

  it('are gone with another shot, with the visit, and unknown ones change nothing', async () => {
    const before = desk().session;
    expect(await choose(4)).toMatchObject({ error: { code: 'photo.notFound' } });
    expect(await choose(2)).toMatchObject({ ok: true });
    expect(desk().session).toEqual(before);
    await must(rig, 'session.retake');
    expect(desk().burst).toBeUndefined();
    expect(await from('camera.spareFrame', shot('late', 3))).toMatchObject({ ok: false });
    expect(await choose(0)).toMatchObject({ ok: false });
  });
});
