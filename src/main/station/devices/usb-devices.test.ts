import { expect, it } from 'vitest';
import { usbPresence } from './usb-devices.ts';

const device = (deviceClass: number, ...interfaceClasses: number[]) => ({
  deviceClass,
  configurations: [
    { interfaces: interfaceClasses.map((x) => ({ alternates: [{ interfaceClass: x }] })) },
  ],
});

it('counts devices by what they can do', async () => {
  const scannerWithKeyboard = device(0, 0x03, 0x03);
  const webcam = device(0xef, 0x0e, 0x01);
  const printer = device(0, 0x07);
  expect(await usbPresence(async () => [scannerWithKeyboard, webcam, printer])).toEqual({
    cameras: 1,
    inputs: 1,
    printers: 1,
  });
});

it('knows nothing where there is no bus', async () => {
  const noBus = () => Promise.reject(new Error('/sys/bus/usb/devices/ not found'));
  expect(await usbPresence(noBus)).toBeUndefined();
});

it('never throws on the machine at hand', async () => {
  await usbPresence();
});
