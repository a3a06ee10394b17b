import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must, openOrder, openRig, PIN, type StationRig } from './station-rig.ts';

const CASH = { method: 'cash', receiptNo: 'R-0001' } as const;
const SCHOOL = { method: 'school' } as const;

let rig: StationRig;
beforeEach(async () => {
  rig = await openRig({}, (server) => {
    server.settings = { ...server.settings, rights: ['takeCash', 'chargeSchool'] };
  });
  for (const code of ['c', 'd']) rig.server.addOrder({ priceFen: 2500 }, code);
});
afterEach(() => rig.close());

async function toPayment(code: string): Promise<void> {
  await openOrder(rig, code);
  await must(rig, 'session.beginOrder');
  await must(rig, 'session.pay', { consents: ['service', 'faceProcessing'] });
  expect(rig.step()).toBe('payment');
}

const keys: string[] = [];
/** Notes with which key each call comes. */
function watchKeys(): void {
  const { handle } = rig.server;
  keys.length = 0;
  rig.server.handle = async (request) => {
    if (request.url.endsWith('/desk-payments'))
      keys.push(((await request.clone().json()) as { idempotencyKey: string }).idempotencyKey);
    return handle.call(rig.server, request);
  };
}

async function today() {
  const now = new Date(rig.clock.now());
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return must(rig, 'staff.dayReport', { day });
}

describe('staff take the fee of the visit themselves', () => {
  it('behind their PIN, and the graduate goes on to the photo', async () => {
    await toPayment('c');
    expect(await rig.run('staff.recordPayment', CASH)).toMatchObject({
      error: { code: 'staff.locked' },
    });
    expect(rig.server.calls).not.toContain('recordDeskPayment');
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.recordPayment', CASH);
    expect(rig.step()).toBe('requirements');
    expect([...rig.server.receipts]).toEqual(['R-0001']);
  });

  it('a used receipt is told to staff, and the page stays as it was', async () => {
    rig.server.receipts.add('R-0001');
    await toPayment('c');
    await must(rig, 'staff.unlock', { pin: PIN });
    const used = { code: 'payment.receiptUsed', details: { receiptNo: 'R-0001' } };
    expect(await rig.run('staff.recordPayment', CASH)).toEqual({ ok: false, error: used });
    expect(rig.step()).toBe('payment');
    expect(rig.station().snapshot().failure).toBeUndefined();
    await must(rig, 'staff.recordPayment', { method: 'cash', receiptNo: 'R-0002' });
    expect(rig.step()).toBe('requirements');
  });

  it('pressed again after a lost answer it is the same act, another receipt is another', async () => {
    await toPayment('c');
    await must(rig, 'staff.unlock', { pin: PIN });
    watchKeys();
    rig.server.failNext(
      'recordDeskPayment',
      { code: 'network.timeout' },
      { code: 'server.internal' },
    );
    await rig.run('staff.recordPayment', CASH);
    await rig.run('staff.recordPayment', { method: 'cash', receiptNo: 'R-0002' });
    await must(rig, 'staff.recordPayment', { method: 'cash', receiptNo: 'R-0002' });
    expect(keys).toHaveLength(3);
    expect(keys[0]).not.toBe(keys[1]);
    expect(keys[1]).toBe(keys[2]);
  });

  it('not without the server, not without a camera, and at no other step', async () => {
    await toPayment('c');
    await must(rig, 'staff.unlock', { pin: PIN });
    rig.server.down = true;
    expect(await rig.run('staff.recordPayment', CASH)).toMatchObject({
      error: { code: 'network.unreachable' },
    });
    rig.server.down = false;
    await must(rig, 'camera.report', { state: 'camera.notFound' });
    expect(await rig.run('staff.recordPayment', CASH)).toMatchObject({
      error: { code: 'station.cannotShoot' },
    });
    expect(rig.step()).toBe('payment');
    await must(rig, 'session.back');
    expect(await rig.run('staff.recordPayment', CASH)).toMatchObject({
      error: { code: 'station.wrongStep' },
    });
    expect(rig.server.receipts.size).toBe(0);
  });
});

it('the report of the day tells how many and how much, by kind', async () => {
  await toPayment('c');
  await must(rig, 'staff.unlock', { pin: PIN });
  expect((await today()).takings).toEqual([]);
  await must(rig, 'staff.recordPayment', CASH);
  await must(rig, 'session.leave');
  await toPayment('d');
  await must(rig, 'staff.recordPayment', SCHOOL);
  const { takings, day } = await today();
  expect(takings).toEqual([
    { method: 'cash', count: 1, fen: 2500 },
    { method: 'school', count: 1, fen: 2500 },
  ]);
  const saved = await must(rig, 'staff.saveDayReport', { day });
  if (saved.outcome !== 'given') throw new Error(saved.outcome);
  expect(saved.text).toContain('\r\n现金收款,1\r\n现金收款（元）,25\r\n校方统付,1\r\n');
});
