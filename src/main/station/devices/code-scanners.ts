import { type CodePayload, codeKey, codeOfBytes } from '@gradshot/domain';
import type { Clock } from '../ground/clock.ts';
import type { Log } from '../ground/core.ts';
import type { BusDevice, UsbBus } from './usb-bus.ts';
import { recognise } from './usb-kinds.ts';
import {
  type OpenableDevice,
  type ReportDescriptorOf,
  readScanner,
  reportDescriptorOf,
  type ScannerWay,
  wayInto,
} from './usb-scanner.ts';

/**
 * Hand scanners that do not type but speak for themselves (HID-POS, or a serial line over USB). Those that
 * type are heard by the page.
 */
export type CodeScanners = {
  /** Of those that are spoken to; those that type are not among them. */
  states(): readonly ScannerState[];
  /** Something was plugged in or out. */
  look(): void;
  close(): Promise<void>;
};

/** `refused`: the system does not let the station have it; `failed`: it has stopped answering. */
export type ScannerState = {
  readonly name: string;
  readonly state: 'opening' | 'reading' | 'refused' | 'failed';
};

export type CodeScannersOptions = {
  readonly bus: Pick<UsbBus, 'devices'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onCode: (code: CodePayload) => void;
  readonly onChange: () => void;
  readonly platform?: NodeJS.Platform;
  readonly descriptorOf?: ReportDescriptorOf;
};

/** A scanner that is held before a code reads it again and again. */
const SAME_CODE_MS = 1000;
/** One that failed is tried again so often, for as long as it is plugged in. */
const AGAIN_MS = 5000;

type Seen = {
  readonly device: OpenableDevice;
  readonly name: string;
  state: ScannerState['state'];
  stopped: boolean;
  ended: Promise<void>;
};

export function createCodeScanners(options: CodeScannersOptions): CodeScanners {
  const { bus, clock, log } = options;
  const descriptorOf = options.descriptorOf ?? reportDescriptorOf;
  // Windows and macOS keep every HID and serial device to themselves; there a scanner has to type.
  const mayClaim = (options.platform ?? process.platform) === 'linux';
  const scanners = new Map<string, Seen>();
  let cancel = () => {};
  let closed = false;
  let last: { readonly key: string; readonly at: number } | undefined;

  const heard = (name: string, bytes: Uint8Array) => {
    const code = codeOfBytes(bytes);
    const at = clock.monotonic();
    const doubled = last?.key === codeKey(code) && at - last.at < SAME_CODE_MS;
    last = { key: codeKey(code), at };
    log('info', 'a scanner read a code', { scanner: name, bytes: bytes.length, doubled });
    if (!doubled && !closed) options.onCode(code);
  };

  const turn = (scanner: Seen, state: ScannerState['state']) => {
    scanner.state = state;
    if (!closed) options.onChange();
  };

  const run = async (scanner: Seen, way: ScannerWay) => {
    let opened = false;
    try {
      await readScanner(scanner.device, way, {
        stopped: () => scanner.stopped,
        onOpen: () => {
          opened = true;
          turn(scanner, 'reading');
        },
        onCode: (bytes) => heard(scanner.name, bytes),
      });
    } catch (error) {
      if (scanner.stopped) return;
      log('warn', 'a scanner cannot be read', { err: error, scanner: scanner.name });
      turn(scanner, opened ? 'failed' : 'refused');
      if (!closed) cancel = clock.after(AGAIN_MS, look);
    }
  };

  const open = async (key: string, device: OpenableDevice) => {
    const view = recognise(device);
    const way = await wayInto(device, view?.kind === 'reader', descriptorOf);
    if (!way || closed || scanners.has(key)) return;
    const name = view?.name ?? way.kind;
    const scanner: Seen = {
      ...{ device, name, state: 'opening', stopped: false },
      ended: Promise.resolve(),
    };
    scanners.set(key, scanner);
    scanner.ended = run(scanner, way);
  };

  const lookOnce = async () => {
    const devices = (await bus.devices())?.filter(isOpenable) ?? [];
    const present = new Map(devices.map((device) => [keyOf(device), device]));
    for (const [key, scanner] of scanners) {
      if (present.has(key) && scanner.state !== 'failed' && scanner.state !== 'refused') continue;
      scanner.stopped = true;
      scanners.delete(key);
    }
    for (const [key, device] of present) if (!scanners.has(key)) await open(key, device);
    options.onChange();
  };

  let looking = Promise.resolve();
  const look = () => {
    cancel();
    if (closed || !mayClaim) return;
    looking = looking.then(lookOnce).catch((error: Error) => {
      log('warn', 'scanners could not be looked for', { err: error });
    });
  };
  look();
  return {
    states: () => [...scanners.values()].map(({ name, state }) => ({ name, state })),
    look,
    async close() {
      closed = true;
      cancel();
      await looking;
      for (const scanner of scanners.values()) scanner.stopped = true;
      await Promise.all([...scanners.values()].map(({ ended }) => ended));
    },
  };
}

const isOpenable = (device: BusDevice): device is BusDevice & OpenableDevice =>
  'claimInterface' in device;

/** A device that was pulled out and plugged in again has another address. */
const keyOf = ({ bus, address, vendorId, productId }: OpenableDevice) =>
  `${bus} ${address} ${vendorId}:${productId}`;
