import { afterEach, beforeEach, expect, it } from 'vitest';
import { must, openRig, PIN, type StationRig } from './station-rig.ts';
import { ARRIVAL_URL } from './stub-server.ts';

let rig: StationRig;
let orderId: string;
beforeEach(async () => {
  rig = await openRig();
  orderId = rig.server.addOrder({ state: 'pendingCapture' }, 'code-zhang').orderId;
  rig.server.codes.get('code-zhang')!.personId = 'person-zhang';
  rig.server.addOrder({ state: 'pendingCapture' }, 'code-li');
  await must(rig, 'staff.unlock', { pin: PIN });
});
afterEach(() => rig.close());

const arrivals = () => rig.station().snapshot().arrivals;
const open = async () => {
  await must(rig, 'staff.setArrivals', { open: true });
  await rig.clock.advance(5000);
};
const line = () =>
  (rig.station().snapshot().queue?.entries ?? []).map(({ number, state }) => `${number} ${state}`);
const arrive = (arrivalId = 'b0a5c3de-0000-4000-8000-000000000001') => {
  const person = { personId: 'person-zhang', maskedName: '张*明', maskedIdNumber: '110****' };
  rig.server.arrived.push({ arrivalId, orderId, ...person });
  return arrivalId;
};

it('is off until staff switch it on, and stays as they left it', async () => {
  await rig.clock.advance(10_000);
  expect(arrivals()).toBeUndefined();
  expect(rig.server.calls).not.toContain('exchangeArrivals');
  await open();
  expect(arrivals()?.qrText).toContain(ARRIVAL_URL);
  await must(rig, 'staff.lock');
  expect(await rig.run('staff.setArrivals', { open: false })).toMatchObject({
    error: { code: 'staff.locked' },
  });
  await rig.restart();
  await rig.clock.advance(5000);
  expect(arrivals()?.qrText).toContain(ARRIVAL_URL);
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.setArrivals', { open: false });
  expect(arrivals()).toBeUndefined();
});

it('shows another code every minute, and none that nobody has renewed', async () => {
  await open();
  const first = arrivals()?.qrText;
  await rig.clock.advance(60_000);
  expect(arrivals()?.qrText).not.toBe(first);
  rig.server.down = true;
  await rig.clock.advance(95_000);
  expect(arrivals()).toEqual({});
  rig.server.down = false;
  await rig.until(() => arrivals()?.qrText !== undefined, 'a code again');
});

it('gives whoever scanned it the next number, once, and tells the phone each place', async () => {
  await open();
  await must(rig, 'staff.queueCheckIn', { payload: 'code-li' });
  const id = arrive();
  await rig.clock.advance(5000);
  expect(line()).toEqual(['A001 waiting', 'A002 waiting']);
  await rig.clock.advance(9000);
  expect(line()).toHaveLength(2);
  expect(rig.server.places.get(id)).toMatchObject({ number: 'A002', state: 'waiting', ahead: 1 });
  await must(rig, 'staff.queueCall', {});
  await rig.clock.advance(5000);
  expect(rig.server.places.get(id)).toMatchObject({ state: 'waiting', ahead: 0 });
  const calls = rig.server.calls.length;
  await rig.restart();
  await must(rig, 'staff.unlock', { pin: PIN });
  await rig.clock.advance(9000);
  expect(line()).toEqual(['A001 called', 'A002 waiting']);
  expect(rig.server.calls.length).toBeGreaterThan(calls);
});

it('begins by the order, without a 采集码; the phone hears of the call and the end', async () => {
  await open();
  const id = arrive();
  await rig.clock.advance(5000);
  await must(rig, 'staff.queueCall', {});
  await rig.clock.advance(5000);
  expect(rig.server.places.get(id)).toMatchObject({ state: 'called' });
  const entry = rig.station().snapshot().queue?.entries[0];
  expect(entry).toMatchObject({ maskedName: '张*明', needsCode: false });
  await must(rig, 'staff.queueBegin', { id: entry?.id ?? '' });
  expect(rig.step()).toBe('verify');
  await must(rig, 'session.confirmLastFour', { lastFour: '1234' });
  await must(rig, 'session.leave');
  await rig.clock.advance(5000);
  expect(rig.server.places.get(id)).toMatchObject({ state: 'handedBack' });
});

it('is one with whoever has checked in by the code, before or after', async () => {
  await open();
  expect(await must(rig, 'staff.queueCheckIn', { payload: 'code-zhang' })).toMatchObject({
    outcome: 'new',
  });
  const id = arrive();
  await rig.clock.advance(9000);
  expect(line()).toEqual(['A001 waiting']);
  expect(rig.server.places.get(id)).toMatchObject({ number: 'A001' });
  expect(await must(rig, 'staff.queueCheckIn', { payload: 'code-zhang' })).toEqual({
    ...{ number: 'A001', outcome: 'already' },
  });
});

it('who begins at the screen by the own code is in the visit, and not waiting', async () => {
  await open();
  const id = arrive();
  await rig.clock.advance(5000);
  await must(rig, 'session.submitCode', { payload: 'code-zhang', source: 'camera' });
  await must(rig, 'session.confirmLastFour', { lastFour: '1234' });
  await rig.clock.advance(5000);
  expect(line()).toEqual(['A001 inVisit']);
  expect(rig.server.places.get(id)).toMatchObject({ state: 'inVisit' });
});

it('check-ins by a scan go on without the network, with numbers from one counter', async () => {
  await open();
  arrive();
  rig.server.down = true;
  await rig.clock.advance(5000);
  await must(rig, 'staff.queueCheckIn', { payload: 'code-li' });
  rig.server.down = false;
  await rig.until(() => line().length === 2, 'the arrival');
  expect(line()).toEqual(['A001 waiting', 'A002 waiting']);
});
