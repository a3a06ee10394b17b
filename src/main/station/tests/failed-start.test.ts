import { afterEach, expect, it } from 'vitest';
import { NO_BUS } from '../devices/tests/bus-stand-in.ts';
import { openRig, type StationRig } from './station-rig.ts';

let rig: StationRig | undefined;
afterEach(() => rig?.close());

it('a start that fails once the store is open leaves everything to the next one', async () => {
  let isBroken = false;
  rig = await openRig({}, undefined, {
    openUsb: () => {
      if (isBroken) throw new Error('no bus, nor the right to ask for one');
      return NO_BUS;
    },
  });
  await rig.station().close();
  isBroken = true;
  await expect(rig.reopen({})).rejects.toThrow('no bus');
  isBroken = false;
  await rig.reopen({});
  expect(rig.station().snapshot().station.enrolled).toBe(true);
});
