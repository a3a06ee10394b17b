import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrderDetail } from '@gradshot/contract';
import { sha256Hex } from '@gradshot/storage';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StationStartError } from '../../src/main/station/api.ts';
import { fakeJpeg } from '../../src/main/station/imaging/tests/stub-engine.ts';
import {
  must,
  openOrder,
  openRig,
  PIN,
  type StationRig,
  shoot,
} from '../../src/main/station/tests/station-rig.ts';
import {
  DAMAGES,
  DATABASE,
  damageFile,
  damagePage,
  damageSetting,
  FILES,
  objectFiles,
  seeded,
} from './damage.ts';

/**
 * Six graduates hand in without a network, one more has only kept a shot; then the process is gone
 * and something is destroyed. Whatever it was, what was handed in arrives once, as long as its sealed
 * objects and the key are there, and the screen says what is true.
 */
const CODES = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'];
const KEPT = 'kept alone';

let rig: StationRig;
/** As a kill leaves it: everything since the start still in the log. */
let logged: string;
/** As an orderly end leaves it. */
let settled: string;
let orders: readonly [string, OrderDetail][];
let happened: number;
const folders: string[] = [];

beforeAll(async () => {
  rig = await openRig();
  for (const route of ['deliverPhoto', 'handInPhoto'] as const) rig.server.cut.add(route);
  for (const code of [...CODES, KEPT]) rig.server.addOrder({ state: 'pendingCapture' }, code);
  for (const code of CODES) {
    await openOrder(rig, code);
    await must(rig, 'session.beginOrder');
    await shoot(rig, code);
    await must(rig, 'session.handIn');
    await must(rig, 'session.leave');
  }
  await openOrder(rig, KEPT);
  await must(rig, 'session.beginOrder');
  await must(rig, 'session.toCamera');
  await must(rig, 'session.takeShot', { picture: fakeJpeg(KEPT), width: 4000, height: 3000 });
  await must(rig, 'session.keep');
  await must(rig, 'session.leave');
  logged = copyOf(rig.dir);
  await rig.station().close();
  settled = copyOf(rig.dir);
  orders = [...rig.server.orders];
  happened = rig.server.happened();
  rig.server.cut.clear();
});
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await rig.close();
});
afterEach(() => rig.station().close());

function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'damaged-'));
  folders.push(copy);
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** The same server as if nothing had arrived yet. */
function forgetDeliveries(): void {
  rig.server.photos.clear();
  rig.server.forgetSince(happened);
  rig.server.submissions.length = 0;
  for (const [id, order] of orders) rig.server.orders.set(id, order);
}

async function openOn(dataDir: string): Promise<void> {
  forgetDeliveries();
  await rig.reopen({ dataDir, enrol: undefined as never });
}

const snapshot = () => rig.station().snapshot();
const orderOf = (code: string) => rig.server.codes.get(code)?.orderIds[0] ?? '';

/** Everything of `codes` arrives, once each and with the very bytes of its shot. */
async function allArrive(codes: readonly string[] = CODES): Promise<void> {
  const enough = () => rig.server.submissions.length >= codes.length;
  for (let waited = 0; waited < 300 && !enough(); waited++) await rig.clock.advance(1000);
  // What would come twice would come by now.
  await rig.clock.advance(3000);
  const arrived = rig.server.submissions.map((x) => x.orderId).sort();
  expect(arrived).toEqual(codes.map(orderOf).sort());
  for (const photo of rig.server.photos.values()) {
    const code = CODES.find((x) => orderOf(x) === photo.orderId) ?? '';
    expect(photo.original.equals(Buffer.from(fakeJpeg(code)))).toBe(true);
  }
}

/** The shot that nobody handed in is there to go on with. */
async function keptShotIsThere(): Promise<void> {
  await openOrder(rig, KEPT);
  await must(rig, 'session.beginOrder');
  expect(rig.step()).toBe('kept');
  await must(rig, 'session.leave');
}

const failureOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => undefined,
    (error: StationStartError) => error.failure?.code,
  );

describe.each(['logged', 'settled'] as const)('on what %s data leave', (base) => {
  const damagedCopy = () => copyOf(base === 'logged' ? logged : settled);

  it('nothing happens where nothing is damaged', async () => {
    await openOn(damagedCopy());
    await allArrive();
    await keptShotIsThere();
    expect(snapshot().recovery).toBeUndefined();
  });

  // An orderly end leaves no log.
  const files = base === 'logged' ? (['db', 'wal', 'shm', 'identity'] as const) : (['db'] as const);
  it.each(files.flatMap((file) => DAMAGES.map((damage) => ({ file, damage }))))(
    '$damage of $file loses nothing',
    async ({ file, damage }) => {
      for (const seed of damage === 'flip' && file !== 'shm' ? [1, 2, 3] : [1]) {
        const dataDir = damagedCopy();
        // Only a process that shares the database leaves one; a stray one must not matter.
        if (file === 'shm') writeFileSync(join(dataDir, FILES.shm), Buffer.alloc(32_768, 'stray'));
        damageFile(join(dataDir, FILES[file]), damage, seeded(seed));
        await openOn(dataDir);
        await allArrive();
        await keptShotIsThere();
        await rig.station().close();
      }
    },
  );

  it.each(DAMAGES)('%s of any settings row loses nothing, and staff get in', async (damage) => {
    for (const name of ['enrolment', 'installationId', 'pin', 'serverSettings']) {
      const dataDir = damagedCopy();
      damageSetting(dataDir, name, damage, seeded(5));
      await openOn(dataDir);
      expect(snapshot().station.enrolled).toBe(true);
      await must(rig, 'staff.unlock', { pin: PIN });
      await allArrive();
      await rig.station().close();
    }
  });
});

/** Behind the label, whose loss alone costs nothing. */
const inThePicture = () => 0.999;

it.each(DAMAGES)('%s of an object costs that photo alone, and staff are told', async (damage) => {
  const dataDir = copyOf(logged);
  const lost = sha256Hex(fakeJpeg('c3'));
  damageFile(join(dataDir, 'pictures', lost.slice(0, 2), lost), damage, inThePicture);
  await openOn(dataDir);
  await allArrive(CODES.filter((code) => code !== 'c3'));
  expect(snapshot().connection.parked).toBe(1);
});

it.each(DAMAGES)(
  '%s of an object together with the database costs that photo alone',
  async (damage) => {
    const dataDir = copyOf(settled);
    const lost = sha256Hex(fakeJpeg('c3'));
    damageFile(join(dataDir, 'pictures', lost.slice(0, 2), lost), damage, inThePicture);
    rmSync(join(dataDir, DATABASE));
    rmSync(join(dataDir, 'backups'), { recursive: true });
    await openOn(dataDir);
    await allArrive(CODES.filter((code) => code !== 'c3'));
    expect(snapshot().recovery?.quarantined).toBeGreaterThan(0);
  },
);

it('a label that is damaged costs nothing as long as the database or the other label is there', async () => {
  for (const isDatabaseGone of [false, true]) {
    const dataDir = copyOf(settled);
    const sha256 = sha256Hex(fakeJpeg('c3'));
    damageFile(join(dataDir, 'pictures', sha256.slice(0, 2), sha256), 'flip', () => 0.05);
    if (isDatabaseGone) rmSync(join(dataDir, DATABASE));
    await openOn(dataDir);
    await allArrive();
    await rig.station().close();
  }
});

it.each(Array.from({ length: 24 }, (_, seed) => seed))(
  'a random page destroyed (%i) loses nothing',
  async (seed) => {
    const dataDir = copyOf(settled);
    damagePage(join(dataDir, DATABASE), seeded(seed));
    await openOn(dataDir);
    await allArrive();
    await keptShotIsThere();
  },
);

describe('a loss that leaves no copy either', () => {
  const stripped = () => {
    const dataDir = copyOf(settled);
    rmSync(join(dataDir, DATABASE));
    rmSync(join(dataDir, 'backups'), { recursive: true });
    return dataDir;
  };

  it('is put right from the pictures alone, and said', async () => {
    const dataDir = stripped();
    await openOn(dataDir);
    expect(snapshot()).toMatchObject({
      station: { enrolled: true },
      recovery: { trouble: 'missing', rebuilt: CODES.length + 1 },
    });
    await allArrive();
    await keptShotIsThere();
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.acknowledgeRecovery');
    expect(snapshot().recovery).toBeUndefined();
  });

  it('without the identity too, keeps every photo for whoever enrols the station again', async () => {
    const dataDir = stripped();
    rmSync(join(dataDir, FILES.identity));
    await openOn(dataDir);
    expect(snapshot()).toMatchObject({
      station: { enrolled: false },
      connection: { outbox: CODES.length },
    });
    await rig.station().close();
    await rig.reopen({ dataDir });
    await allArrive();
  });
});

it('a database that was damaged is set aside, never thrown away', async () => {
  const dataDir = copyOf(settled);
  damageFile(join(dataDir, DATABASE), 'zero', seeded(1));
  const before = readFileSync(join(dataDir, DATABASE));
  await openOn(dataDir);
  const [place] = readdirSync(join(dataDir, 'set-aside'));
  expect(readFileSync(join(dataDir, 'set-aside', place ?? '', DATABASE)).equals(before)).toBe(true);
});

it('damaged again and again, it comes up again and again', async () => {
  const dataDir = copyOf(settled);
  for (let round = 0; round < 3; round++) {
    damageFile(join(dataDir, DATABASE), 'truncate', seeded(round));
    await openOn(dataDir);
    await rig.station().close();
  }
  await openOn(dataDir);
  await allArrive();
});

describe('another key', () => {
  const WRONG = Buffer.alloc(32, 10);

  it.each(['whole', 'without its database', 'with a destroyed database'] as const)(
    'is refused on a store %s, which it leaves as it was',
    async (state) => {
      const dataDir = copyOf(settled);
      if (state === 'without its database') rmSync(join(dataDir, DATABASE));
      if (state === 'with a destroyed database')
        damageFile(join(dataDir, DATABASE), 'zero', seeded(1));
      const names = listing(dataDir);
      const opened = rig.reopen({ dataDir, key: WRONG, enrol: undefined as never });
      expect(await failureOf(opened)).toBe('station.keyMismatch');
      expect(listing(dataDir)).toEqual(names);
      await openOn(dataDir);
      await allArrive();
    },
  );
});

/** Names and sizes of what can be lost. */
function listing(dataDir: string): readonly string[] {
  return [
    ...objectFiles(dataDir).map((path) => `${path} ${readFileSync(path).length}`),
    ...[DATABASE, FILES.identity].map((name) => `${name} ${existsSync(join(dataDir, name))}`),
  ];
}
