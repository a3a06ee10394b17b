import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  HID_POS_DESCRIPTOR,
  hidPosReports,
  type ScannerStandIn,
  scannerStandIn,
} from '../devices/tests/scanner-stand-in.ts';
import { must, openRig, PIN, type StationRig } from './station-rig.ts';

let rig: StationRig;
let device: ScannerStandIn;

beforeEach(async () => {
  device = scannerStandIn('hidPos');
  rig = await openRig({}, undefined, {
    openUsb: () => ({ devices: async () => [device], close: async () => undefined }),
    scanners: { platform: 'linux', descriptorOf: async () => HID_POS_DESCRIPTOR },
  });
});
afterEach(async () => {
  // What waits for the device ends with it.
  device.pullOut();
  await rig.close();
});

const scanned = () => rig.station().snapshot().scanned;

it('a code is shown for the page that waits, each read by its number, and for two seconds', async () => {
  device.says(...hidPosReports('first'));
  await vi.waitFor(() => expect(scanned()).toEqual({ number: 1, code: { payload: 'first' } }));
  device.says(...hidPosReports('second'));
  await vi.waitFor(() => expect(scanned()).toEqual({ number: 2, code: { payload: 'second' } }));
  await rig.clock.advance(2000);
  expect(scanned()).toBe(undefined);
});

it('one that stops answering is told by self-test 9', async () => {
  await must(rig, 'staff.unlock', { pin: PIN });
  const ninth = async () => {
    const lines = await rig.run('staff.diagnostics');
    return lines.ok ? lines.value.find(({ number }) => number === 9) : undefined;
  };
  await vi.waitFor(async () => expect((await ninth())?.zh).toContain('已接'));
  device.pullOut();
  await vi.waitFor(async () => expect((await ninth())?.zh).toContain('没有应答'));
});
