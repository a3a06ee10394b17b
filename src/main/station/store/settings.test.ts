import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSettings, lookAtSettings } from './settings.ts';
import { openStoreRig, STORE_KEY, type StoreRig } from './tests/store-rig.ts';

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.close());

const enrolment = {
  serverUrl: 'http://server.test',
  stationId: 's',
  deviceKey: 'very-secret-key',
  name: 'n',
  school: 'x',
};

it('keeps values sealed, and the installation for good', () => {
  const { settings, database } = rig.store;
  settings.set('enrolment', enrolment);
  const again = createSettings(database, STORE_KEY);
  expect(again.get('enrolment')).toEqual(enrolment);
  expect(again.installationId()).toBe(settings.installationId());
  const sealed = database.prepare('SELECT sealed FROM settings').pluck().all() as Buffer[];
  expect(sealed.some((x) => x.includes('very-secret-key'))).toBe(false);
});

it('tells what a key does not open by its name', () => {
  const { settings, database } = rig.store;
  settings.set('enrolment', enrolment);
  database.prepare("UPDATE settings SET sealed = x'00' WHERE key = 'enrolment'").run();
  expect(lookAtSettings(database, STORE_KEY)).toEqual({ opened: 1, closed: ['enrolment'] });
  expect(lookAtSettings(database, Buffer.alloc(32, 6)).opened).toBe(0);
});
