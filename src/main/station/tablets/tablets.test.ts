import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS, type CommandName, type TabletListener } from '../../../shared/index.ts';
import type { TabletSide } from '../api.ts';
import { DEFAULT_TIMING } from '../ground/timing.ts';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { DATABASE_FILE } from '../store/database.ts';
import { copyDatabase } from '../store/database-copies.ts';
import { must, openOrder, openRig, PIN, type StationRig } from '../tests/station-rig.ts';
import { CERTIFICATE_FILE } from './tablet-certificate.ts';

const OPEN: TabletListener = {
  ...{ kind: 'open', port: 8643, fingerprint: 'AB12' },
  addresses: [{ address: '192.168.1.20', network: 'eth0' }],
};
const DAY_MS = 86_400_000;

let rig: StationRig;
beforeEach(async () => {
  rig = await openRig();
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.setTablets', { on: true });
  door().report(OPEN);
});
afterEach(() => rig.close());

const door = () => rig.station().tablets;
const view = () => rig.station().snapshot().tablets!;

async function pair(name = '前台平板'): Promise<string> {
  await must(rig, 'staff.openPairing', { name });
  const token = await door().pair(view().pairing!.code);
  if (!token.ok) throw new Error(token.error.code);
  return token.value;
}
const seat = (token: string) => door().recognise(token)!;
const from = (tablet: TabletSide, name: CommandName, payload: unknown = {}) =>
  tablet.handlers[name](payload as never);
const unlocked = async (token: string) => {
  const tablet = seat(token);
  expect(await from(tablet, 'staff.unlock', { pin: PIN })).toMatchObject({ ok: true });
  return tablet;
};
const kinds = async () => {
  const file = await must(rig, 'staff.exportDiagnostics');
  return file.outcome === 'given' ? file.text : '';
};

describe('a tablet is paired', () => {
  it('by staff behind the PIN, for an address that is reached, and by no tablet', async () => {
    const token = await pair();
    expect(view()).toMatchObject({ on: true, paired: [{ name: '前台平板', connected: false }] });
    expect(view()).not.toHaveProperty('pairing');
    const tablet = await unlocked(token);
    expect(tablet.snapshot()).not.toHaveProperty('tablets');
    door().report({ kind: 'noNetwork' });
    expect(await rig.run('staff.openPairing', { name: 'x' })).toMatchObject({
      error: { code: 'tablet.notOpen' },
    });
    await must(rig, 'staff.lock');
    expect(await rig.run('staff.openPairing', { name: 'x' })).toMatchObject({
      error: { code: 'staff.locked' },
    });
    expect(rig.station().snapshot()).not.toHaveProperty('tablets');
    expect(rig.station().graduate.snapshot()).not.toHaveProperty('tablets');
  });

  it('and known again after a restart, but not by another token', async () => {
    const token = await pair();
    await rig.restart();
    expect(door().wanted()).toEqual({ port: 8643 });
    expect(seat(token).snapshot()).toMatchObject({ screen: 'desk', tablet: { name: '前台平板' } });
    expect(door().recognise(`${token}x`)).toBeUndefined();
    expect(door().recognise('')).toBeUndefined();
  });

  it('no more than eight at a time', async () => {
    for (let i = 0; i < 8; i++) await pair(`平板 ${i}`);
    expect(await rig.run('staff.openPairing', { name: '9' })).toMatchObject({
      error: { code: 'tablet.tooMany', details: { limit: 8 } },
    });
  });

  it('and forgotten after thirty days without use, not a day sooner', async () => {
    const [used, unused] = [await pair('在用'), await pair('不用')];
    rig.clock.shift(29 * DAY_MS);
    seat(used).arrived(() => undefined)();
    expect(seat(unused)).toBeDefined();
    rig.clock.shift(2 * DAY_MS);
    expect(door().recognise(unused)).toBeUndefined();
    expect(seat(used)).toBeDefined();
    expect(await kinds()).toContain('tablet.forgotten');
  });
});

it('a certificate whose file is damaged is told to staff until the next start', async () => {
  const first = await door().certificate();
  expect(first).not.toHaveProperty('renewed');
  await writeFile(join(rig.dir, CERTIFICATE_FILE), 'damaged');
  expect(await door().certificate()).toMatchObject({ renewed: 'damaged' });
  expect(await door().certificate()).toMatchObject({ renewed: 'damaged' });
  await rig.restart();
  const kept = await door().certificate();
  expect(kept).not.toHaveProperty('renewed');
  expect(kept.fingerprint).not.toBe(first.fingerprint);
});

describe('a tablet’s desk', () => {
  it('is the staff’s, with a lock of its own behind the same PIN', async () => {
    const token = await pair();
    await must(rig, 'staff.lock');
    const tablet = seat(token);
    expect(await from(tablet, 'staff.queueCall')).toMatchObject({
      error: { code: 'staff.locked' },
    });
    expect(tablet.snapshot().queue).toBeUndefined();
    await unlocked(token);
    expect(tablet.snapshot()).toMatchObject({ screen: 'desk', station: { staffUnlocked: true } });
    expect(tablet.snapshot().queue).toBeDefined();
    // The graduate’s page stays the graduate’s.
    expect(rig.station().snapshot().station.staffUnlocked).toBe(false);
    expect(rig.station().snapshot().screen).toBeUndefined();
    await rig.clock.advance(DEFAULT_TIMING.staffIdleMs + 1000);
    expect(tablet.snapshot().station.staffUnlocked).toBe(false);
  });

  it('is told of no visit before the PIN, and of all of it after', async () => {
    rig.server.addOrder({ state: 'pendingCapture' }, 'c');
    const token = await pair();
    await must(rig, 'staff.lock');
    await openOrder(rig, 'c');
    const { session } = rig.station().snapshot();
    expect(session.step).toBe('orderDetail');
    expect(JSON.stringify(seat(token).snapshot())).not.toContain('*');
    expect(seat(token).snapshot().session).toEqual({ step: 'welcome' });
    await unlocked(token);
    expect(seat(token).snapshot().session).toEqual(session);
  });

  it('counts wrong PINs with every other desk', async () => {
    const tablet = seat(await pair());
    for (let i = 0; i < 5; i++) await from(tablet, 'staff.unlock', { pin: '0000' });
    await must(rig, 'staff.lock');
    expect(await rig.run('staff.unlock', { pin: PIN })).toMatchObject({
      error: { code: 'request.tooMany' },
    });
    expect(await from(tablet, 'staff.unlock', { pin: PIN })).toMatchObject({
      error: { code: 'request.tooMany' },
    });
  });

  it('has a language of its own and keeps no visit', async () => {
    const tablet = await unlocked(await pair());
    await from(tablet, 'station.setLanguage', { language: 'en' });
    expect(tablet.snapshot().language).toBe('en');
    expect(rig.station().snapshot().language).toBe('zh');
  });

  it('presses the shutter once, of the page that stands before the graduate, and takes no picture itself', async () => {
    rig.server.addOrder({ state: 'pendingCapture' }, 'c');
    const tablet = await unlocked(await pair());
    await must(rig, 'staff.lock');
    await openOrder(rig, 'c');
    await must(rig, 'session.beginOrder');
    await must(rig, 'session.toCamera');
    await must(rig, 'camera.shutterState', { state: 'ready' });
    expect(tablet.snapshot()).toMatchObject({ shutter: 'ready', session: { step: 'camera' } });
    expect(await from(tablet, 'staff.pressShutter')).toMatchObject({ ok: true });
    expect(await from(tablet, 'staff.pressShutter')).toMatchObject({ ok: true });
    const press = rig.station().snapshot().shutterPress!;
    expect(await from(tablet, 'camera.obeyShutter', { press })).toMatchObject({
      error: { code: 'tablet.atStation' },
    });
    await must(rig, 'camera.obeyShutter', { press });
    expect(await rig.run('camera.obeyShutter', { press })).toMatchObject({ ok: false });
    expect(await from(tablet, 'staff.pressShutter')).toMatchObject({
      error: { code: 'shutter.underWay' },
    });
    const shot = { picture: fakeJpeg('a'), width: 4000, height: 3000 };
    expect(await from(tablet, 'session.takeShot', shot)).toMatchObject({
      error: { code: 'tablet.atStation' },
    });
  });

  it('does nothing before the PIN but to ask for it', async () => {
    const tablet = seat(await pair());
    const open = ['station.snapshot', 'station.setLanguage', 'station.touch', 'staff.lock'];
    for (const name of Object.keys(COMMANDS) as CommandName[]) {
      if (name === 'staff.unlock' || open.includes(name)) continue;
      const { error } = (await from(tablet, name)) as { error?: { code: string } };
      expect([name, ['staff.locked', 'tablet.atStation'].includes(error?.code ?? '')]).toEqual([
        name,
        true,
      ]);
    }
  });
});

describe('a tablet is unpaired', () => {
  it('at once: its pages are dropped, its token is worth nothing, and what is under way is refused', async () => {
    const token = await pair();
    const tablet = await unlocked(token);
    let dropped = 0;
    const gone = tablet.arrived(() => {
      dropped += 1;
    });
    const { id } = view().paired[0]!;
    expect(view().paired).toMatchObject([{ connected: true, unlocked: true }]);
    const [search, unpaired] = await Promise.all([
      from(tablet, 'staff.queueSearch', { text: '张小明' }),
      rig.run('staff.unpairTablet', { id }),
    ]);
    expect(unpaired).toMatchObject({ ok: true });
    expect(search).toMatchObject({ error: { code: 'tablet.unpaired' } });
    expect(dropped).toBe(1);
    for (const name of ['station.snapshot', 'staff.unlock', 'staff.pressShutter'] as const)
      expect(await from(tablet, name, { pin: PIN })).toMatchObject({
        error: { code: 'tablet.unpaired' },
      });
    expect(door().recognise(token)).toBeUndefined();
    gone();
    expect(view().paired).toEqual([]);
    expect(await rig.run('staff.unpairTablet', { id })).toMatchObject({
      error: { code: 'request.notFound' },
    });
    await rig.restart();
    expect(door().recognise(token)).toBeUndefined();
  });

  it('for good, also where yesterday’s copy takes the place of a lost database', async () => {
    const token = await pair();
    await rig.station().close();
    const file = join(rig.dir, DATABASE_FILE);
    const database = new BetterSqlite3(file);
    await copyDatabase((path) => database.backup(path), rig.dir);
    database.close();
    await writeFile(file, 'no database');
    await rig.reopen({});
    expect(rig.station().snapshot().recovery).toMatchObject({ fromCopy: true });
    expect(door().wanted()).toEqual({ port: 8643 });
    expect(door().recognise(token)).toBeUndefined();
  });

  it('and each step is in the log, by number and not by name', async () => {
    const tablet = await unlocked(await pair());
    tablet.arrived(() => undefined)();
    await from(tablet, 'staff.queueCall');
    await must(rig, 'staff.unpairTablet', { id: tablet.id });
    const log = await kinds();
    for (const kind of ['pairingOpened', 'paired', 'connected', 'used', 'left', 'unpaired'])
      expect(log).toContain(`tablet.${kind}`);
    expect(log).not.toContain('前台平板');
    expect(log).not.toContain(tablet.snapshot().tablet?.name);
  });
});

it('switched off, no code counts and every tablet’s desk is locked', async () => {
  const tablet = await unlocked(await pair());
  await must(rig, 'staff.openPairing', { name: '另一台' });
  const { code } = view().pairing!;
  await must(rig, 'staff.setTablets', { on: false });
  door().report({ kind: 'off' });
  expect(door().wanted()).toBeUndefined();
  expect(await door().pair(code)).toMatchObject({ error: { code: 'tablet.pairingClosed' } });
  expect(tablet.snapshot().station.staffUnlocked).toBe(false);
});
