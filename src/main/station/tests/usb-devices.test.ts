import { fail } from '@gradshot/domain';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DiagnosticLine } from '../../../shared/index.ts';
import {
  BRIO,
  HUB,
  type NativeStandIn,
  nativeStandIn,
  PRINTER,
  XENON,
} from '../devices/tests/bus-stand-in.ts';
import { openUsbBus } from '../devices/usb-bus.ts';
import { must, openRig, PIN, type StationRig } from './station-rig.ts';

let rig: StationRig;
let native: NativeStandIn;

async function openWith(devices: Parameters<typeof nativeStandIn>[0]): Promise<void> {
  native = nativeStandIn(devices);
  rig = await openRig({}, undefined, {
    openUsb: (clock, onPlug) => openUsbBus(clock, onPlug, async () => native),
  });
  await must(rig, 'staff.unlock', { pin: PIN });
}
beforeEach(() => openWith([HUB, BRIO, XENON]));
afterEach(() => rig.close());

async function selfTest9(): Promise<DiagnosticLine> {
  const lines = await rig.run('staff.diagnostics');
  const line = lines.ok && lines.value.find(({ number }) => number === 9);
  if (!line) throw new Error('no self-test 9');
  return line;
}

it('names what is there, and asks staff to say what belongs to the station', async () => {
  expect(await selfTest9()).toMatchObject({
    level: 'warn',
    zh: expect.stringContaining('摄像头「Logitech BRIO」、扫码枪「Honeywell Xenon 1900」'),
  });
});

it('is well while all that was remembered is there, over a restart too', async () => {
  const shown = await rig.run('staff.usbDevices');
  expect(await rig.run('staff.rememberUsbDevices')).toEqual(shown);
  expect(await selfTest9()).toMatchObject({ level: 'pass' });
  await rig.restart();
  await must(rig, 'staff.unlock', { pin: PIN });
  expect(await selfTest9()).toMatchObject({ level: 'pass' });
});

it('is never well while one is missing, and names it', async () => {
  await must(rig, 'staff.rememberUsbDevices');
  native.pullOut(XENON);
  const line = await selfTest9();
  expect(line).toMatchObject({ level: 'fail' });
  expect(line.zh).toBe('缺少：扫码枪「Honeywell Xenon 1900」，请检查连线和电源。');
  native.plugIn(PRINTER);
  expect((await selfTest9()).zh).toBe(
    '缺少：扫码枪「Honeywell Xenon 1900」，请检查连线和电源；多出：打印机「Canon SELPHY CP1500」。',
  );
});

it('names what nobody expects, a second one of a model too, until it is remembered', async () => {
  await must(rig, 'staff.rememberUsbDevices');
  native.plugIn({ ...XENON });
  expect(await selfTest9()).toMatchObject({
    level: 'warn',
    zh: expect.stringContaining('多出：扫码枪「Honeywell Xenon 1900」'),
  });
  await must(rig, 'staff.rememberUsbDevices');
  expect(await selfTest9()).toMatchObject({ level: 'pass' });
});

it('stands behind the PIN', async () => {
  await must(rig, 'staff.lock');
  for (const name of ['staff.usbDevices', 'staff.rememberUsbDevices'] as const)
    expect(await rig.run(name)).toEqual(fail('staff.locked'));
});

it('without a bus says that nothing was compared, and forgets nothing', async () => {
  await rig.close();
  await openWith('no bus');
  expect(await selfTest9()).toMatchObject({
    level: 'warn',
    zh: expect.stringContaining('没有核对'),
  });
  for (const name of ['staff.usbDevices', 'staff.rememberUsbDevices'] as const)
    expect(await rig.run(name)).toEqual(fail('station.usbNotSeen'));
});

it('tells the page of every cable, so that a lost camera is tried at once', async () => {
  const plugged = () => rig.station().snapshot().plugged;
  expect(plugged()).toBeUndefined();
  native.plugIn(PRINTER);
  await rig.clock.advance(1000);
  expect(plugged()).toBe(1);
  native.pullOut(PRINTER);
  await rig.clock.advance(1000);
  expect(plugged()).toBe(2);
});
