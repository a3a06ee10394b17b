import type { OpenableDevice } from '../usb-scanner.ts';
import { usbDevice } from './bus-stand-in.ts';

/**
 * The report descriptor of a HID-POS scanner as makers ship it: byte count, three characters of the AIM
 * identifier, 56 bytes of data, two bytes of their own, and a bit for what is continued.
 */
export const HID_POS_DESCRIPTOR = Uint8Array.of(
  ...[0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x09, 0x12, 0xa1, 0x02, 0x85, 0x02],
  ...[0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02],
  ...[0x95, 0x03, 0x05, 0x8c, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81, 0x02],
  ...[0x95, 0x38, 0x09, 0xfe, 0x82, 0x02, 0x01],
  ...[0x06, 0x66, 0xff, 0x95, 0x02, 0x09, 0x04, 0x09, 0x00, 0x81, 0x02],
  ...[
    0x05, 0x8c, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x09, 0xff, 0x81, 0x02, 0x95, 0x07, 0x81, 0x03,
  ],
  ...[0xc0, 0xc0],
);

/** Of a keyboard that any machine understands (HID 1.11, B.1), as far as its input goes. */
export const KEYBOARD_DESCRIPTOR = Uint8Array.of(
  ...[
    0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01,
  ],
  ...[0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01],
  ...[
    0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00,
  ],
  0xc0,
);

const REPORT_BYTES = 64;
const DATA_BYTES = 56;

/** As many reports as a code takes, each filled up with zeros. */
export function hidPosReports(code: Uint8Array | string): readonly Uint8Array[] {
  const bytes = typeof code === 'string' ? Buffer.from(code) : code;
  const count = Math.max(1, Math.ceil(bytes.length / DATA_BYTES));
  return Array.from({ length: count }, (_, i) => {
    const data = bytes.subarray(i * DATA_BYTES, (i + 1) * DATA_BYTES);
    const report = new Uint8Array(REPORT_BYTES);
    report.set([2, data.length, ...Buffer.from(']Q1')]);
    report.set(data, 5);
    report[REPORT_BYTES - 1] = i < count - 1 ? 1 : 0;
    return report;
  });
}

export type ScannerStandIn = OpenableDevice & {
  /** What it reads is told when somebody asks for it, in order. */
  says(...pieces: readonly Uint8Array[]): void;
  /** Nothing follows for as long as is waited for. */
  fallSilent(): void;
  stall(): void;
  pullOut(): void;
  /** The kernel's driver has it. */
  readonly driven: (interfaceNumber: number) => boolean;
  readonly lineOpen: () => boolean;
};

type Kind = 'hidPos' | 'serial' | 'keyboard';
const READERS = { hidPos: 0x0b6a, serial: 0x0b68, keyboard: 0x0b61 };
let addresses = 10;

/**
 * A scanner behind node-usb: it refuses what the real one refuses. What a kernel's driver has cannot be
 * claimed, what is not claimed cannot be read, what is closed is gone, and what was pulled out rejects
 * everything. `locked`: the system lets nobody open it.
 */
export function scannerStandIn(
  kind: Kind,
  { locked = false, vendorId = 0x0c2e } = {},
): ScannerStandIn {
  const answers: (Uint8Array | 'silence' | 'stall')[] = [];
  let waiting: (() => void) | undefined;
  let opened = false;
  let stalled = false;
  let gone = false;
  let listening = kind !== 'serial';
  const drivers = new Set(kind === 'serial' ? [0, 1] : [0]);
  const claimed = new Set<number>();
  const endpoint = { endpointNumber: 1, direction: 'in', packetSize: REPORT_BYTES } as const;
  const alternate = (
    interfaceClass: number,
    interfaceSubclass: number,
    interfaceProtocol: number,
  ) => ({
    ...{ interfaceClass, interfaceSubclass, interfaceProtocol },
    endpoints:
      [] as OpenableDevice['configurations'][number]['interfaces'][number]['alternates'][number]['endpoints'],
  });
  const interfaces = {
    hidPos: [{ ...alternate(3, 0, 0), endpoints: [{ ...endpoint, type: 'interrupt' as const }] }],
    keyboard: [{ ...alternate(3, 1, 1), endpoints: [{ ...endpoint, type: 'interrupt' as const }] }],
    serial: [
      alternate(2, 2, 1),
      { ...alternate(10, 0, 0), endpoints: [{ ...endpoint, type: 'bulk' as const }] },
    ],
  }[kind];
  const check = () => {
    if (gone) throw new Error('device disconnected');
    if (!opened) throw new Error('device must be opened first');
  };
  const wake = () => {
    waiting?.();
    waiting = undefined;
  };
  addresses += 1;
  return {
    ...usbDevice(vendorId, READERS[kind], [], {
      manufacturerName: 'Honeywell',
      productName: 'Xenon',
    }),
    ...{ bus: '001', address: addresses },
    configurations: [
      {
        interfaces: interfaces.map((one, interfaceNumber) => ({
          interfaceNumber,
          alternates: [one],
        })),
      },
    ],
    async open() {
      if (gone) throw new Error('device disconnected');
      if (locked) throw new Error('failed to open device: permission denied');
      opened = true;
    },
    async close() {
      check();
      opened = false;
      claimed.clear();
    },
    async detachKernelDriver(number) {
      check();
      if (!drivers.delete(number)) throw new Error('no kernel driver attached');
    },
    async attachKernelDriver(number) {
      check();
      if (claimed.has(number)) throw new Error('interface is busy');
      drivers.add(number);
    },
    async claimInterface(number) {
      check();
      if (number >= interfaces.length) throw new Error('interface not found');
      if (drivers.has(number) || claimed.has(number)) throw new Error('interface is busy');
      claimed.add(number);
    },
    async releaseInterface(number) {
      check();
      if (!claimed.delete(number)) throw new Error('interface is not claimed');
    },
    async nativeControlTransferOut({ request, value, index }, _timeout, data) {
      check();
      if (!claimed.has(index)) throw new Error('interface is not claimed');
      if (request === 0x22) listening = (value & 1) === 1;
      return data?.length ?? 0;
    },
    async nativeTransferIn(number, _timeout, length) {
      check();
      if (!claimed.has(interfaces.length - 1)) throw new Error('interface is not claimed');
      if (number !== 1 || length < REPORT_BYTES) throw new Error('invalid or unsupported argument');
      if (stalled) return null;
      while (answers.length === 0 || !listening) {
        await new Promise<void>((resolve) => {
          waiting = resolve;
        });
        check();
      }
      const answer = answers.shift()!;
      if (answer === 'silence') throw new Error('transfer was cancelled');
      if (answer !== 'stall') return answer;
      stalled = true;
      return null;
    },
    async clearHalt() {
      check();
      stalled = false;
    },
    says(...pieces) {
      answers.push(...pieces);
      wake();
    },
    fallSilent() {
      answers.push('silence');
      wake();
    },
    stall() {
      answers.push('stall');
      wake();
    },
    pullOut() {
      gone = true;
      wake();
    },
    driven: (number) => drivers.has(number),
    lineOpen: () => listening,
  };
}
