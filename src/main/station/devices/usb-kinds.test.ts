import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BRIO, HUB, PRINTER, usbDevice, XENON } from './tests/bus-stand-in.ts';
import { READER_MAKERS, recognise } from './usb-kinds.ts';

const PTP = 0x06;
const HID = 0x03;

it.each([
  ['a webcam, which has a microphone and buttons too', BRIO, 'camera', 'Logitech BRIO'],
  ['a printer', PRINTER, 'printer', 'Canon SELPHY CP1500'],
  ['a reader that types, by its maker', XENON, 'reader', 'Honeywell Xenon 1900'],
  ['a reader as a serial port', usbDevice(0x1eab, 0x0c06, [0x02, 0x0a]), 'reader', 'Newland'],
  [
    'a reader of an unknown maker, by its name',
    usbDevice(0x1a86, 0x5723, [HID], { productName: 'USB  BarCode\u0000 Reader' }),
    'reader',
    'USB BarCode Reader',
  ],
  [
    'a camera on a cable',
    usbDevice(0x04a9, 0x32d2, [PTP], { manufacturerName: 'Canon Inc.', productName: 'EOS R6' }),
    'stillCamera',
    'Canon Inc. EOS R6',
  ],
  ['a keyboard without a name', usbDevice(0x1c4f, 0x0002, [HID]), 'input', '1c4f:0002'],
] as const)('%s', (_what, device, kind, name) => {
  const { vendorId, productId } = device;
  expect(recognise(device)).toEqual({ kind, vendorId, productId, name });
});

it('passes over hubs, sticks and radios', () => {
  expect(recognise(HUB)).toBeUndefined();
  expect(recognise(usbDevice(0x0781, 0x5581, [0x08], { productName: 'Ultra' }))).toBeUndefined();
  expect(recognise(usbDevice(0x8087, 0x0029, [0xe0]))).toBeUndefined();
});

it('keeps a name short that is not', () => {
  const device = usbDevice(1, 2, [HID], { productName: 'x'.repeat(300) });
  expect(recognise(device)?.name).toHaveLength(48);
});

it('names a device that it may not look into', () => {
  const locked = {
    ...XENON,
    get configurations(): never {
      throw new Error('open error: Permission denied (errno 13)');
    },
  };
  expect(recognise(locked)?.kind).toBe('reader');
});

it('lets the station open the readers of every maker that it knows', () => {
  const rules = readFileSync('build/linux/60-gradshot-scanners.rules', 'utf8');
  const makers = [...rules.matchAll(/idVendor\}=="(\w{4})"/g)].map(([, id]) => id);
  const known = [...READER_MAKERS.keys()].map((id) => id.toString(16).padStart(4, '0'));
  expect(makers).toEqual(known);
});
