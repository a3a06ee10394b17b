import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStoreRig, type StoreRig } from '../store/tests/store-rig.ts';
import { createChosenCameras } from './chosen-cameras.ts';

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.close());

it('a choice that does not fit on the disk is refused, and the one of before stands', async () => {
  const { settings, database } = rig.store;
  const cameras = createChosenCameras(settings);
  const before = { label: 'Desk', deviceId: 'd', place: 0 };
  expect(await cameras.choose('portrait', before)).toMatchObject({ ok: true });
  database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
  const long = { ...before, deviceId: 'x'.repeat(20_000) };
  expect(await cameras.choose('portrait', long)).toMatchObject({
    error: { code: 'station.diskFull' },
  });
  expect(cameras.present()).toEqual({ portrait: before });
  expect(createChosenCameras(settings).present()).toEqual({ portrait: before });
});
