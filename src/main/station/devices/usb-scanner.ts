import { type Dirent, promises as files } from 'node:fs';
import { join } from 'node:path';
import { type HidPosLayout, hidPosLayout } from './hid-pos-layout.ts';
import { hidPosBytes, type ScannerBytes, serialBytes } from './scanner-bytes.ts';
import type { BusDevice } from './usb-bus.ts';

type Endpoint = {
  readonly endpointNumber: number;
  readonly direction: 'in' | 'out';
  readonly type: 'bulk' | 'interrupt' | 'isochronous';
  readonly packetSize: number;
};
type Alternate = {
  readonly interfaceClass: number;
  readonly interfaceSubclass: number;
  readonly interfaceProtocol: number;
  readonly endpoints: readonly Endpoint[];
};
type Interface = { readonly interfaceNumber: number; readonly alternates: readonly Alternate[] };

/** What is used of a device of node-usb to read from it. Every call rejects when it is gone. */
export type OpenableDevice = Omit<BusDevice, 'configurations'> & {
  readonly bus: string;
  readonly address: number;
  readonly configurations: readonly { readonly interfaces: readonly Interface[] }[];
  open(): Promise<void>;
  close(): Promise<void>;
  detachKernelDriver(interfaceNumber: number): Promise<void>;
  attachKernelDriver(interfaceNumber: number): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  nativeControlTransferOut(
    setup: {
      readonly requestType: 'standard' | 'class' | 'vendor';
      readonly recipient: 'device' | 'interface' | 'endpoint' | 'other';
      readonly request: number;
      readonly value: number;
      readonly index: number;
    },
    timeoutMs: number,
    data?: Uint8Array,
  ): Promise<number>;
  /** Null: the endpoint has stalled. Rejects with "transfer was cancelled" when nothing came in time. */
  nativeTransferIn(
    endpointNumber: number,
    timeoutMs: number,
    length: number,
  ): Promise<Uint8Array | null>;
  clearHalt(direction: 'in' | 'out', endpointNumber: number): Promise<void>;
};

/** USB-IF class codes; CDC 1.2, 4. */
const HUMAN_INTERFACE = 0x03;
/** Keyboards and mice that a machine understands before it has an operating system. */
const BOOT = 0x01;
const CDC_CONTROL = 0x02;
const ABSTRACT_CONTROL = 0x02;
const CDC_DATA = 0x0a;
const SET_LINE_CODING = 0x20;
const SET_CONTROL_LINE_STATE = 0x22;
/** 9600 baud, one stop bit, no parity, 8 bits (PSTN 1.2, 6.3.10); a cable that is none takes any. */
const LINE_CODING = Uint8Array.of(0x80, 0x25, 0, 0, 0, 0, 8);
/** DTR and RTS: a scanner keeps to itself what it reads while nobody listens. */
const LISTENING = 0x03;
const CONTROL_MS = 1000;
/** After so long without a byte a line without an end is whole. */
const SERIAL_GAP_MS = 100;
/** Reports of one code follow each other within some 10 ms. */
const REPORT_GAP_MS = 1000;

/** How a code comes out of a device. */
export type ScannerWay = {
  readonly kind: 'hidPos' | 'serial';
  readonly interfaceNumber: number;
  readonly endpoint: Endpoint;
  readonly gapMs: number;
  readonly bytes: () => ScannerBytes;
  /** Of the communication interface, which is claimed as well. */
  readonly controlInterface?: number;
};

/** What the system's files say of a HID interface; undefined where it has no driver, or tells nothing. */
export type ReportDescriptorOf = (
  device: Pick<OpenableDevice, 'vendorId' | 'productId' | 'address'>,
  interfaceNumber: number,
) => Promise<Uint8Array | undefined>;

/** Undefined: it types, or it is no scanner at all. `isScanner`: by its maker or its name. */
export async function wayInto(
  device: OpenableDevice,
  isScanner: boolean,
  descriptorOf: ReportDescriptorOf,
): Promise<ScannerWay | undefined> {
  const interfaces = device.configurations.flatMap((one) => one.interfaces);
  for (const one of interfaces) {
    const way = await hidPosWay(device, one, descriptorOf);
    if (way) return way;
  }
  // Modems and card readers speak the same: only what is known for a scanner is opened.
  return isScanner ? serialWay(interfaces) : undefined;
}

async function hidPosWay(
  device: OpenableDevice,
  { interfaceNumber, alternates }: Interface,
  descriptorOf: ReportDescriptorOf,
): Promise<ScannerWay | undefined> {
  const hid = alternates.find((one) => one.interfaceClass === HUMAN_INTERFACE);
  const endpoint = hid?.endpoints.find((one) => one.direction === 'in' && one.type === 'interrupt');
  if (!hid || !endpoint || hid.interfaceSubclass === BOOT) return undefined;
  const descriptor = await descriptorOf(device, interfaceNumber);
  const layout: HidPosLayout | undefined = descriptor && hidPosLayout(descriptor);
  if (!layout) return undefined;
  return {
    ...{ kind: 'hidPos', interfaceNumber, endpoint, gapMs: REPORT_GAP_MS },
    bytes: () => hidPosBytes(layout),
  };
}

function serialWay(interfaces: readonly Interface[]): ScannerWay | undefined {
  const control = interfaces.find(({ alternates }) =>
    alternates.some(
      (one) => one.interfaceClass === CDC_CONTROL && one.interfaceSubclass === ABSTRACT_CONTROL,
    ),
  );
  for (const { interfaceNumber, alternates } of interfaces) {
    const data = alternates.find((one) => one.interfaceClass === CDC_DATA);
    const endpoint = data?.endpoints.find((one) => one.direction === 'in' && one.type === 'bulk');
    if (!control || !endpoint) continue;
    return {
      ...{ kind: 'serial', interfaceNumber, endpoint, gapMs: SERIAL_GAP_MS, bytes: serialBytes },
      controlInterface: control.interfaceNumber,
    };
  }
  return undefined;
}

/** Reads until `stopped` or the device is gone; rejects when it cannot be opened, or has failed. */
export async function readScanner(
  device: OpenableDevice,
  way: ScannerWay,
  listener: {
    readonly stopped: () => boolean;
    readonly onOpen: () => void;
    readonly onCode: (bytes: Uint8Array) => void;
  },
): Promise<void> {
  const claimed: number[] = [];
  await device.open();
  try {
    const control = way.controlInterface;
    for (const each of control === undefined ? [] : [control]) await claim(device, each, claimed);
    await claim(device, way.interfaceNumber, claimed);
    if (control !== undefined) await listenOnLine(device, control);
    listener.onOpen();
    await readOn(device, way, listener);
  } finally {
    // Of a device that was pulled out all of this rejects.
    for (const each of claimed) {
      await device.releaseInterface(each).catch(() => undefined);
      await device.attachKernelDriver(each).catch(() => undefined);
    }
    await device.close().catch(() => undefined);
  }
}

async function claim(device: OpenableDevice, number: number, claimed: number[]): Promise<void> {
  // Rejects where no driver has it, which is as well.
  await device.detachKernelDriver(number).catch(() => undefined);
  claimed.push(number);
  await device.claimInterface(number);
}

async function listenOnLine(device: OpenableDevice, control: number): Promise<void> {
  const setup = { requestType: 'class', recipient: 'interface', index: control } as const;
  const coding = { ...setup, request: SET_LINE_CODING, value: 0 };
  // Some know no speed, and refuse to be told one.
  await device.nativeControlTransferOut(coding, CONTROL_MS, LINE_CODING).catch(() => undefined);
  const state = { ...setup, request: SET_CONTROL_LINE_STATE, value: LISTENING };
  await device.nativeControlTransferOut(state, CONTROL_MS).catch(() => undefined);
}

type Listener = Parameters<typeof readScanner>[2];

async function readOn(device: OpenableDevice, way: ScannerWay, listener: Listener): Promise<void> {
  const { endpointNumber, packetSize } = way.endpoint;
  const bytes = way.bytes();
  while (!listener.stopped()) {
    const piece = await device
      .nativeTransferIn(endpointNumber, way.gapMs, packetSize)
      .catch((error: Error) => {
        if (isSilence(error)) return 'silence' as const;
        throw error;
      });
    if (piece === null) await device.clearHalt('in', endpointNumber);
    const codes = piece === 'silence' || piece === null ? bytes.pause() : bytes.take(piece);
    for (const code of codes) listener.onCode(code);
  }
}

const isSilence = ({ message }: Error) => /cancelled|timed out/i.test(message);

const SYSTEM = '/sys/bus/usb/devices';

/** Linux tells the report descriptor of what usbhid has; elsewhere there is no such folder. */
export const reportDescriptorOf: ReportDescriptorOf = async (device, interfaceNumber) => {
  const folders = await files.readdir(SYSTEM).catch((): string[] => []);
  for (const folder of folders.filter((name) => !name.includes(':'))) {
    if (!(await isThat(join(SYSTEM, folder), device))) continue;
    const place = join(SYSTEM, `${folder}:1.${interfaceNumber}`);
    const inside = await files.readdir(place, { withFileTypes: true }).catch((): Dirent[] => []);
    // 0003:0C2E:0B6A.0007: bus, maker, model, and a count.
    const hid = inside.find(({ name }) => /^[\dA-F]{4}:[\dA-F]{4}:[\dA-F]{4}\./i.test(name));
    if (hid) return files.readFile(join(place, hid.name, 'report_descriptor'));
  }
  return undefined;
};

async function isThat(
  folder: string,
  { vendorId, productId, address }: Parameters<ReportDescriptorOf>[0],
): Promise<boolean> {
  const said = (name: string) => files.readFile(join(folder, name), 'utf8').catch(() => '');
  const [vendor, product, number] = await Promise.all(
    ['idVendor', 'idProduct', 'devnum'].map(said),
  );
  return (
    Number.parseInt(vendor ?? '', 16) === vendorId &&
    Number.parseInt(product ?? '', 16) === productId &&
    Number(number) === address
  );
}
