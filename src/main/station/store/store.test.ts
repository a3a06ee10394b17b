import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stationKeyContext } from '@gradshot/contract';
import { openWithKey, publicKeyOf } from '@gradshot/storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DATABASE_FILE } from './database.ts';
import { COPY_FOLDER } from './database-copies.ts';
import { IDENTITY_FILE } from './identity-file.ts';
import { closeStore, openStore, type Store } from './store.ts';
import { openStoreRig, STORE_KEY, type StoreRig } from './tests/store-rig.ts';

let rig: StoreRig;
const logged: string[] = [];
const reopened: Store[] = [];
beforeEach(async () => {
  rig = await openStoreRig();
  logged.length = 0;
});
afterEach(async () => {
  for (const store of reopened.splice(0)) await closeStore(store);
  await rm(rig.dir, { recursive: true, force: true });
});

const enrolment = {
  ...{ serverUrl: 'http://server.test', stationId: 's', deviceKey: 'k', name: 'n', school: 'x' },
};
const pin = { salt: 's', hash: 'h', cost: 1, blockSize: 8, parallelization: 1 };

/** The station worked: it is enrolled, has a PIN and a photo; then it was stopped. */
async function worked(): Promise<void> {
  const { settings } = rig.store;
  settings.set('enrolment', enrolment);
  settings.set('pin', pin);
  await rig.store.keepIdentity();
  await rig.keep('p1');
  await closeStore(rig.store);
}

async function open(key: Uint8Array = STORE_KEY): Promise<Store> {
  const store = await openStore({
    ...{ dataDir: rig.dir, key, clock: rig.clock },
    log: (_level, message) => logged.push(message),
  });
  reopened.push(store);
  return store;
}

const OTHER = Buffer.alloc(32, 6);
const mismatch = { failure: { code: 'station.keyMismatch' } };
const remove = (name: string) => rm(join(rig.dir, name), { recursive: true, force: true });
const damageSetting = (name: string) =>
  rig.store.database.prepare("UPDATE settings SET sealed = x'00' WHERE key = ?").run(name);

it('comes up as it was, with nothing to tell', async () => {
  const installationId = rig.store.settings.installationId();
  await worked();
  const store = await open();
  expect(store.settings.installationId()).toBe(installationId);
  expect(store.settings.get('recovery')).toBeUndefined();
  expect(store.photos.find('p1')?.step).toBe('kept');
  expect(logged).toEqual([]);
});

describe('another key', () => {
  it('opens nothing and changes nothing, whatever lies there', async () => {
    await worked();
    await expect(open(OTHER)).rejects.toMatchObject(mismatch);
    await remove(DATABASE_FILE);
    await expect(open(OTHER)).rejects.toMatchObject(mismatch);
    await remove(COPY_FOLDER);
    await expect(open(OTHER)).rejects.toMatchObject(mismatch);
    await remove('pictures');
    await expect(open(OTHER)).rejects.toMatchObject(mismatch);
    await remove(IDENTITY_FILE);
    expect((await open(OTHER)).photos.find('p1')).toBeUndefined();
  });

  it('is known by the settings where nothing else is left', async () => {
    await worked();
    for (const name of ['pictures', IDENTITY_FILE]) await remove(name);
    await expect(open(OTHER)).rejects.toMatchObject(mismatch);
    expect((await open()).settings.get('enrolment')).toEqual(enrolment);
  });
});

describe('settings that are damaged', () => {
  it('come back from the identity, and staff are told', async () => {
    const installationId = rig.store.settings.installationId();
    rig.store.settings.set('pace', 'express');
    rig.store.settings.set('enrolment', enrolment);
    rig.store.settings.set('pin', pin);
    await rig.store.keepIdentity();
    for (const name of ['enrolment', 'pin', 'installationId', 'pace']) damageSetting(name);
    await closeStore(rig.store);
    const { settings, events } = await open();
    expect(settings.get('enrolment')).toEqual(enrolment);
    expect(settings.get('pin')).toEqual(pin);
    expect(settings.installationId()).toBe(installationId);
    expect(settings.get('pace')).toBeUndefined();
    expect(settings.get('recovery')).toMatchObject({
      ...{ trouble: 'settingsDamaged', rebuilt: 0, corrected: 0 },
      at: new Date(rig.clock.now()).toISOString(),
    });
    expect(settings.get('recovery')).not.toHaveProperty('restoredFrom');
    expect(events.latest(1)).toMatchObject([{ kind: 'store.recovered' }]);
    expect(logged).toEqual(['Damaged settings were replaced']);
  });

  it('are the only ones that the identity replaces', async () => {
    rig.store.settings.set('enrolment', enrolment);
    rig.store.settings.set('pin', pin);
    await rig.store.keepIdentity();
    const changed = { ...enrolment, deviceKey: 'newer' };
    rig.store.settings.set('enrolment', changed);
    rig.store.settings.set('pin', { ...pin, hash: 'newer' });
    await closeStore(rig.store);
    const { settings } = await open();
    expect(settings.get('enrolment')).toEqual(changed);
    expect(settings.get('pin')?.hash).toBe('newer');
  });

  it('cost nobody the station where there is no identity', async () => {
    const installationId = rig.store.settings.installationId();
    rig.store.settings.set('enrolment', enrolment);
    damageSetting('enrolment');
    await closeStore(rig.store);
    await remove(IDENTITY_FILE);
    const { settings } = await open();
    expect(settings.get('enrolment')).toBeUndefined();
    expect(settings.installationId()).toBe(installationId);
  });
});

describe('a database that is lost', () => {
  it('is taken from its copy, caught up from the pictures, and told of', async () => {
    await worked();
    await remove(DATABASE_FILE);
    const { settings, photos } = await open();
    expect(photos.find('p1')?.step).toBe('kept');
    expect(settings.get('enrolment')).toEqual(enrolment);
    expect(settings.get('recovery')).toMatchObject({
      ...{ trouble: 'missing', restoredFrom: 'station-000001.db', rebuilt: 1 },
    });
    expect(logged).toEqual([
      'The database was lost and replaced',
      'Photos were put back from their pictures',
    ]);
  });

  it('and its copies with it, is made anew of the identity and the pictures', async () => {
    await worked();
    for (const name of [DATABASE_FILE, COPY_FOLDER]) await remove(name);
    const { settings, photos } = await open();
    expect(photos.find('p1')?.step).toBe('kept');
    expect(settings.get('pin')).toEqual(pin);
    expect(settings.get('recovery')).toMatchObject({ trouble: 'missing', rebuilt: 1 });
  });
});

it('tells staff of rows that were missing, but not of a crash alone', async () => {
  await rig.keep('p1');
  rig.store.database.prepare('DELETE FROM photos').run();
  await closeStore(rig.store);
  const first = await open();
  expect(first.settings.get('recovery')).toMatchObject({ trouble: 'rowsBehind', rebuilt: 1 });
  first.settings.remove('recovery');
  first.database.prepare('UPDATE photos SET width = 1').run();
  await closeStore(reopened.pop()!);
  const { settings } = await open();
  expect(settings.get('recovery')).toBeUndefined();
});

it('tells in the log what it found and deleted', async () => {
  await rig.keep('p1');
  await rig.keep('p2', 'B');
  const { originalSha256 = '' } = rig.store.photos.find('p2') ?? {};
  rig.store.photos.picturesDeleted('p1');
  await closeStore(rig.store);
  await writeFile(join(rig.dir, 'pictures', originalSha256.slice(0, 2), originalSha256), 'x');
  const store = await open();
  expect(logged).toEqual(['Leftover pictures were deleted']);
  store.database.prepare('DELETE FROM photos').run();
  await closeStore(reopened.pop()!);
  logged.length = 0;
  await open();
  expect(logged).toEqual(['Pictures that nothing explains are in quarantine']);
});

it('entrusts its key to the holder of another one alone', () => {
  const office = Buffer.alloc(32, 9);
  const sealed = rig.store.sealedKey(publicKeyOf(office));
  const context = stationKeyContext(rig.store.settings.installationId());
  expect(openWithKey(office, sealed, context).equals(STORE_KEY)).toBe(true);
});
