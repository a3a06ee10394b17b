import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  must,
  openOrder,
  openRig,
  PIN,
  SERVER_URL,
  type StationRig,
} from '../../src/main/station/tests/station-rig.ts';
import { ENROLMENT_CODE } from '../../src/main/station/tests/stub-server.ts';
import { handIn, walkOn, walkTo } from './walk.ts';

let rig: StationRig;
afterEach(() => rig.close());
beforeEach(async () => {
  rig = await openRig();
});

const snapshot = () => rig.station().snapshot();
const parked = () => snapshot().connection.parked === 1;
const delivery = () => {
  const { session } = snapshot();
  if (session.step !== 'handedIn') return undefined;
  const { local } = session.order;
  return local?.step === 'handedIn' ? local.delivery : 'arrived';
};

describe('a photo that the server refuses', () => {
  beforeEach(async () => {
    rig.server.addOrder({ state: 'pendingCapture' }, 'c');
    rig.server.failNext('deliverPhoto', { code: 'photo.notStandard', details: { reason: 'x' } });
    await handIn(rig, 'c');
    await rig.until(parked, 'the delivery is parked');
  });

  it('is parked and shown, and staff can have it sent again', async () => {
    expect(delivery()).toBe('parked');
    await must(rig, 'staff.unlock', { pin: PIN });
    const [entry] = await must(rig, 'staff.outbox');
    expect(entry).toMatchObject({
      state: 'parked',
      lastError: 'photo.notStandard',
      lastErrorDetails: { reason: 'x' },
    });
    await must(rig, 'staff.retryParked', { id: entry?.id ?? '' });
    await rig.until(() => rig.server.submissions.length === 1, 'delivery');
    expect(snapshot().connection).toMatchObject({ outbox: 0, parked: 0 });
  });

  it('can be replaced by another shot', async () => {
    await must(rig, 'session.retake');
    expect(rig.step()).toBe('requirements');
    await walkOn(rig, 'requirements', 'second');
    await rig.until(() => snapshot().connection.outbox === 0, 'delivery of the second');
    expect(rig.server.submissions).toHaveLength(1);
    expect(snapshot().connection.parked).toBe(0);
  });

  it('stays parked over a restart, because nothing has changed', async () => {
    await rig.restart();
    await rig.clock.advance(60_000);
    expect(snapshot().connection.parked).toBe(1);
  });
});

it('a server in trouble is tried again and again', async () => {
  rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  const trouble = { code: 'server.internal' } as const;
  rig.server.failNext('deliverPhoto', trouble, trouble, trouble);
  rig.server.failNext('handInPhoto', { code: 'request.tooMany', details: { seconds: 60 } });
  await handIn(rig, 'c');
  await rig.until(() => rig.server.submissions.length === 1, 'delivery');
  expect(snapshot().connection).toMatchObject({ outbox: 0, parked: 0 });
});

it('a server that lost a photo gets it again', async () => {
  rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  rig.server.failNext('handInPhoto', { code: 'photo.notFound' });
  const photoId = await handIn(rig, 'c');
  await rig.until(() => rig.server.submissions.length === 1, 'delivery');
  expect(rig.server.photos.get(photoId)?.uploads).toBe(2);
});

it('an order that was moved on elsewhere parks the photo, and nothing else', async () => {
  const { orderId } = rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  rig.server.addOrder({ state: 'pendingCapture' }, 'd');
  await walkTo(rig, 'orderDetail', 'c');
  await must(rig, 'session.beginOrder');
  rig.server.down = true;
  await walkOn(rig, 'requirements', 'c');
  await must(rig, 'session.leave');
  rig.server.apply(orderId, 'requestRefund', 'staff');
  rig.server.apply(orderId, 'confirmRefund', 'server');
  rig.server.down = false;
  await rig.until(parked, 'the refunded order is parked');
  await handIn(rig, 'd');
  await rig.until(() => rig.server.submissions.length === 1, 'the other is delivered');
});

it('a rejected order is shot again without another payment', async () => {
  const { orderId } = rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  await handIn(rig, 'c');
  await rig.until(() => delivery() === 'arrived', 'delivery');
  const reasons = [{ code: 'halfDark', zh: '阴阳脸', en: 'Half-dark face' }];
  rig.server.apply(orderId, 'reject', 'reviewer', { reasons });
  await rig.until(() => {
    const { session } = snapshot();
    return session.step === 'handedIn' && session.order.state === 'rejected';
  }, 'the rejection reaches the screen');
  expect(snapshot().session).toMatchObject({ order: { reasons } });
  await must(rig, 'session.retake');
  expect(rig.step()).toBe('requirements');
  await walkOn(rig, 'requirements', 'second');
  await rig.until(() => rig.server.submissions.length === 2, 'the second submission');
  expect(rig.server.calls.filter((id) => id === 'createPayment')).toEqual([]);
});

it('a disabled station keeps its work until it is enrolled again', async () => {
  rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  await walkTo(rig, 'orderDetail', 'c');
  await must(rig, 'session.beginOrder');
  rig.server.forgetStations();
  await walkOn(rig, 'requirements', 'c');
  await rig.clock.advance(120_000);
  expect(snapshot().connection).toMatchObject({ outbox: 1, parked: 0 });
  // Whoever comes next is told that staff have to enrol it, before any money is asked for.
  await must(rig, 'session.leave');
  await must(rig, 'session.enter');
  expect(await rig.run('session.submitCode', { payload: 'c', source: 'camera' })).toMatchObject({
    error: { code: 'station.notEnrolled' },
  });
  const enrolment = { serverUrl: SERVER_URL, code: ENROLMENT_CODE, name: '一号', pin: PIN };
  await must(rig, 'staff.enrol', enrolment);
  await rig.until(() => snapshot().connection.outbox === 0, 'delivery after enrolling again');
  expect(rig.server.submissions).toHaveLength(1);
});

describe('a server that works by another version of the photo profile', () => {
  const sayProfile = (profileVersion: number) => {
    rig.server.profileVersion = profileVersion;
    rig.server.addOrder({ state: 'pendingCapture', profileVersion }, 'c');
  };
  const diagnosed = async () => {
    await must(rig, 'staff.unlock', { pin: PIN });
    return (await must(rig, 'staff.diagnostics')).find(({ code }) => code === 'profile');
  };

  it('is found out before the camera, and nothing is made that it must refuse', async () => {
    sayProfile(999);
    await openOrder(rig, 'c');
    expect(await rig.run('session.beginOrder')).toMatchObject({
      error: { code: 'station.profileMismatch', details: { server: 'v999' } },
    });
    expect(rig.step()).toBe('orderDetail');
    expect(snapshot().connection).toMatchObject({ outbox: 0, parked: 0 });
  });

  it('is named by the self-tests, also out of reach and over a restart', async () => {
    expect(await diagnosed()).toMatchObject({ level: 'pass' });
    sayProfile(999);
    await rig.clock.advance(10 * 60_000);
    rig.server.down = true;
    await rig.restart();
    expect(await diagnosed()).toMatchObject({ level: 'fail' });
  });
});
