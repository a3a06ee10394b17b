import { afterEach, beforeEach, expect, it } from 'vitest';
import { must, openOrder, openRig, PIN, type StationRig, shoot } from '../tests/station-rig.ts';
import { dayReportFile } from './day-report-file.ts';

const DAY = 24 * 3_600_000;

let rig: StationRig;
beforeEach(async () => {
  rig = await openRig();
  rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  rig.server.addOrder({ state: 'pendingCapture' }, 'd');
});
afterEach(() => rig.close());

function today(): string {
  const now = new Date(rig.clock.now());
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

async function report(day = today()) {
  await must(rig, 'staff.unlock', { pin: PIN });
  return must(rig, 'staff.dayReport', { day });
}

async function handIn(code: string): Promise<void> {
  await openOrder(rig, code);
  await must(rig, 'session.beginOrder');
  await shoot(rig, code);
  await must(rig, 'session.handIn');
  await must(rig, 'session.leave');
}

it('tells what was done on a day, and nothing on the day after', async () => {
  await handIn('c');
  rig.server.down = true;
  await openOrder(rig, 'd').catch(() => undefined);
  await must(rig, 'session.leave');
  rig.server.down = false;
  const told = await report();
  expect(told).toMatchObject({ visits: 1, handedIn: 1, takesMean: 1, takesMost: 1, parked: 0 });
  expect(told.hours).toHaveLength(1);
  expect(told.photos.reduce((sum, { count }) => sum + count, 0)).toBe(1);
  const day = today();
  rig.clock.shift(DAY);
  expect(await report()).toMatchObject({ visits: 0, handedIn: 0, photos: [], takesMean: null });
  expect(await report(day)).toMatchObject({ visits: 1, handedIn: 1 });
});

it('counts photos to send, not the messages that it takes', async () => {
  for (const route of ['deliverPhoto', 'handInPhoto'] as const) rig.server.cut.add(route);
  await handIn('c');
  expect(await report()).toMatchObject({ waiting: 1, photos: [{ step: 'handedIn', count: 1 }] });
});

it('is for staff alone, and of a day', async () => {
  const locked = { error: { code: 'staff.locked' } };
  expect(await rig.run('staff.dayReport', { day: '2026-11-23' })).toMatchObject(locked);
  expect(await rig.run('staff.saveDayReport', { day: '2026-11-23' })).toMatchObject(locked);
});

it('as a table says the same, opens in a spreadsheet, and holds no formula', async () => {
  await handIn('c');
  await must(rig, 'staff.unlock', { pin: PIN });
  const saved = await must(rig, 'staff.saveDayReport', { day: today() });
  if (saved.outcome !== 'given') throw new Error(saved.outcome);
  expect(saved.fileName).toBe(`gradshot-${today()}.csv`);
  expect(saved.text.startsWith('\uFEFF当日汇总,')).toBe(true);
  expect(saved.text).toContain('\r\n完成提交,1\r\n');
  const named = dayReportFile(await report(), '=HYPERLINK("x"),\n一号');
  expect(named.text).toContain('采集点,"\'=HYPERLINK(""x""),\n一号"');
});
