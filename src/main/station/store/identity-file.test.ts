import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { IDENTITY_FILE, keepIdentity, readIdentity } from './identity-file.ts';
import { openStoreRig, STORE_KEY, type StoreRig } from './tests/store-rig.ts';

let rig: StoreRig;
let file: string;
beforeEach(async () => {
  rig = await openStoreRig();
  file = join(rig.dir, IDENTITY_FILE);
});
afterEach(() => rig.close());

const enrolment = {
  ...{ serverUrl: 'http://server.test', stationId: 's', deviceKey: 'very-secret-key' },
  ...{ name: 'n', school: 'x' },
};
const pin = { salt: 's', hash: 'h', cost: 1, blockSize: 8, parallelization: 1 };

it('says who the station is, and nobody else can read it', async () => {
  const { settings } = rig.store;
  const installationId = settings.installationId();
  expect(await readIdentity(rig.dir, STORE_KEY)).toEqual({ installationId });
  settings.set('enrolment', enrolment);
  settings.set('pin', pin);
  await keepIdentity(rig.dir, STORE_KEY, settings);
  expect(await readIdentity(rig.dir, STORE_KEY)).toEqual({ installationId, enrolment, pin });
  expect((await readFile(file)).includes('very-secret-key')).toBe(false);
  expect(await readIdentity(rig.dir, Buffer.alloc(32, 6))).toBe('damaged');
});

it('is written only where it says something else', async () => {
  const { settings } = rig.store;
  const before = (await stat(file)).ino;
  await keepIdentity(rig.dir, STORE_KEY, settings);
  expect((await stat(file)).ino).toBe(before);
  settings.set('pin', pin);
  await keepIdentity(rig.dir, STORE_KEY, settings);
  expect((await stat(file)).ino).not.toBe(before);
  await writeFile(file, 'damaged');
  expect(await readIdentity(rig.dir, STORE_KEY)).toBe('damaged');
  await keepIdentity(rig.dir, STORE_KEY, settings);
  expect(await readIdentity(rig.dir, STORE_KEY)).toMatchObject({ pin });
});

it('that is gone is absent, and one that cannot be looked at is neither', async () => {
  await rm(file);
  expect(await readIdentity(rig.dir, STORE_KEY)).toBe('absent');
  await mkdir(file);
  await expect(readIdentity(rig.dir, STORE_KEY)).rejects.toThrow('EISDIR');
});
