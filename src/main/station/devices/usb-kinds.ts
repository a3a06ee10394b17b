import type { UsbDeviceView, UsbKind } from '../../../shared/index.ts';
import { type BusDevice, interfacesOf } from './usb-bus.ts';

/** USB-IF class codes. */
const HUMAN_INTERFACE = 0x03;
const STILL_IMAGE = 0x06;
const PRINTER = 0x07;
const VIDEO = 0x0e;

/**
 * Makers of code readers. A reader that types looks like a keyboard by its class, and what tells it
 * apart (HID usage page 8Ch) is told only to whoever takes the device from the system.
 */
export const READER_MAKERS: ReadonlyMap<number, string> = new Map([
  [0x0536, 'Honeywell'],
  [0x05e0, 'Zebra'],
  [0x05f9, 'Datalogic'],
  [0x065a, 'Opticon'],
  [0x067e, 'Intermec'],
  [0x076d, 'Denso Wave'],
  [0x0c2e, 'Honeywell'],
  [0x1eab, 'Newland'],
  [0x27dd, 'MINDEO'],
]);
const READER_NAME = /bar ?code|scanner|code reader|\bhid[- ]?pos\b|条码|扫码|扫描/i;

/** Undefined for what a station is not equipped with: hubs, sticks, radios. */
export function recognise(device: BusDevice): UsbDeviceView | undefined {
  const kind = kindOf(device);
  if (!kind) return undefined;
  const { vendorId, productId } = device;
  return { kind, vendorId, productId, name: nameOf(device) };
}

function kindOf(device: BusDevice): UsbKind | undefined {
  const classes = classesOf(device);
  if (classes.has(VIDEO)) return 'camera';
  if (classes.has(PRINTER)) return 'printer';
  if (isReader(device, classes)) return 'reader';
  if (classes.has(STILL_IMAGE)) return 'stillCamera';
  return classes.has(HUMAN_INTERFACE) ? 'input' : undefined;
}

/** Also as a serial port, which some are set to. */
function isReader({ vendorId, productName }: BusDevice, classes: ReadonlySet<number>): boolean {
  if (READER_MAKERS.has(vendorId)) return true;
  return classes.has(HUMAN_INTERFACE) && READER_NAME.test(productName ?? '');
}

/** Of a device that may not be looked into only its own class is known. */
function classesOf(device: BusDevice): ReadonlySet<number> {
  const alternates = (interfacesOf(device) ?? []).flatMap((one) => one.alternates);
  return new Set([device.deviceClass, ...alternates.map((one) => one.interfaceClass)]);
}

/** As short as a sentence takes it, with nothing that a device smuggles in. */
const LONGEST_NAME = 48;

function nameOf({ vendorId, productId, manufacturerName, productName }: BusDevice): string {
  const product = clean(productName);
  const maker = clean(manufacturerName) || (READER_MAKERS.get(vendorId) ?? '');
  const known = product.toLowerCase().includes(maker.toLowerCase())
    ? product
    : `${maker} ${product}`;
  return known.trim().slice(0, LONGEST_NAME).trim() || `${hex(vendorId)}:${hex(productId)}`;
}

const clean = (name: string | null) => (name ?? '').replace(/[\p{C}\s]+/gu, ' ').trim();

const hex = (id: number) => id.toString(16).padStart(4, '0');
