import type { Plugged } from '../../devices/tests/bus-stand-in.ts';
import type { BusDevice, BusInterface, ControlSetup } from '../../devices/usb-bus.ts';
import type { Clock } from '../../ground/clock.ts';

/** A scanner on a cable, as node-usb on Linux shows it: as strict, and in its words. */
export type SimulatedScanner = {
  /** To be plugged into the bus. */
  readonly device: Plugged;
  /** Puts a packet where the next transfer finds it. */
  emit(packet: Uint8Array): void;
  /** The cable is pulled: everything under way ends. */
  unplug(): void;
  /** The next transfers fail so. */
  failTransfers(words: string, times: number): void;
  /** Control transfers are not answered any more. */
  stopAnswering(): void;
  /** Another program has its interfaces from now on, or not any more. */
  setTaken(taken: boolean): void;
  /** Whether the account may open it. */
  setAllowed(allowed: boolean): void;
  /** Interfaces whose kernel driver is in place. */
  driven(): readonly number[];
  claimed(): readonly number[];
  readonly opened: () => boolean;
  /** Class requests that it was sent, with their data. */
  readonly requests: readonly { readonly setup: ControlSetup; readonly data: readonly number[] }[];
};

export type ScannerBuild = {
  readonly clock: Clock;
  readonly vendorId?: number;
  readonly productId?: number;
  readonly productName?: string;
  readonly interfaces: readonly BusInterface[];
  /** By interface; for GET_DESCRIPTOR of a HID report. */
  readonly reportDescriptors?: Readonly<Record<number, Uint8Array>>;
};

let made = 0;

export function simulateScanner(build: ScannerBuild): SimulatedScanner {
  const { clock, interfaces } = build;
  made += 1;
  const handle = `scanner ${made}`;
  const numbers = interfaces.map(({ interfaceNumber }) => interfaceNumber);
  const drivers = new Set(numbers);
  const owners = new Map<number, object>();
  const opened = new Set<object>();
  const requests: { setup: ControlSetup; data: readonly number[] }[] = [];
  let packets: Uint8Array[] = [];
  let failing: string[] = [];
  let waiting: { deliver(packet: Uint8Array): void; fail(words: string): void } | undefined;
  let [plugged, allowed, taken, answering] = [true, true, false, true];

  const objectOf = (): BusDevice => {
    let borrowed = false;
    const self = {};
    const fail = (what: string, why: string) => Promise.reject(new Error(`${what} error: ${why}`));
    /** Whatever changes the object is refused while a transfer has it. */
    const changing =
      <A extends unknown[]>(what: string, act: (...given: A) => Promise<void>) =>
      async (...given: A) => {
        if (borrowed) throw new Error('native borrow: cannot be borrowed mutably while active');
        if (!plugged) return fail(what, 'device disconnected');
        return act(...given);
      };
    const whenOpen = (what: string, act: (number: number) => Promise<void>) =>
      changing(what, async (number: number) =>
        opened.has(self) ? act(number) : fail(what, 'invalid state'),
      );
    const control = async (what: string, setup: ControlSetup, timeoutMs: number) => {
      const own = [...owners].some(([, owner]) => owner === self);
      // node-usb lends its control pipe to the claimed interface alone.
      if (!opened.has(self) || !own) return fail(what, 'invalid state');
      if (setup.recipient === 'interface' && owners.get(setup.index) !== self)
        return fail(what, 'invalid state');
      if (answering) return undefined;
      await new Promise<void>((resolve) => void clock.after(timeoutMs, resolve));
      return fail(what, 'transfer was cancelled');
    };
    return {
      ...{ handle, vendorId: build.vendorId ?? 0x0c2e, productId: build.productId ?? 0x0b81 },
      ...{ deviceClass: 0, manufacturerName: 'Honeywell' },
      productName: build.productName ?? 'Xenon 1900',
      get configurations() {
        if (borrowed) throw new Error('native borrow: cannot be borrowed mutably while active');
        if (!allowed) throw new Error('open error: Permission denied (errno 13)');
        return [{ interfaces }];
      },
      open: changing('open', async () => {
        if (!allowed) return fail('open', 'failed to open device: Permission denied (errno 13)');
        opened.add(self);
      }),
      close: changing('close', async () => {
        opened.delete(self);
        for (const [number, owner] of owners) if (owner === self) owners.delete(number);
      }),
      claimInterface: whenOpen('claimInterface', async (number) => {
        if (taken || drivers.has(number) || owners.has(number))
          return fail('claimInterface', 'interface is busy');
        if (!numbers.includes(number)) return fail('claimInterface', 'interface not found');
        owners.set(number, self);
      }),
      releaseInterface: whenOpen('releaseInterface', async (number) => {
        if (owners.get(number) !== self) return fail('releaseInterface', 'not claimed');
        owners.delete(number);
      }),
      detachKernelDriver: whenOpen('detachKernelDriver', async (number) => {
        if (!drivers.delete(number)) return fail('detachKernelDriver', 'no kernel driver attached');
        // cdc_acm has both of its interfaces.
        if (interfaces.some(({ alternates }) => alternates[0]?.interfaceClass === 0x0a))
          drivers.clear();
      }),
      attachKernelDriver: whenOpen('attachKernelDriver', async (number) => {
        if (owners.has(number)) return fail('attachKernelDriver', 'interface is busy');
        if (drivers.has(number)) return fail('attachKernelDriver', 'already attached');
        drivers.add(number);
      }),
      async nativeControlTransferIn(setup, timeoutMs, length) {
        await control('controlTransferIn', setup, timeoutMs);
        const descriptor = build.reportDescriptors?.[setup.index];
        if (setup.request !== 0x06 || setup.value !== 0x2200 || !descriptor)
          return fail('controlTransferIn', 'endpoint stalled');
        return descriptor.slice(0, length);
      },
      async nativeControlTransferOut(setup, timeoutMs, data) {
        await control('controlTransferOut', setup, timeoutMs);
        requests.push({ setup, data: [...(data ?? [])] });
        return data?.length ?? 0;
      },
      async nativeTransferIn(endpointNumber, timeoutMs, length) {
        const owner = interfaces.find(({ alternates }) =>
          alternates[0]?.endpoints.some(
            (one) => one.endpointNumber === endpointNumber && one.direction === 'in',
          ),
        );
        if (!owner || !opened.has(self) || owners.get(owner.interfaceNumber) !== self)
          return fail('transferIn', 'endpoint not found');
        if (!plugged) return fail('transferIn', 'Disconnected');
        const words = failing.shift();
        if (words) return fail('transferIn', words);
        if (borrowed) return fail('transferIn', 'a transfer is already pending');
        borrowed = true;
        try {
          return await arrival(timeoutMs, length);
        } finally {
          borrowed = false;
        }
      },
      clearHalt: async () => undefined,
    };
  };
  const arrival = (timeoutMs: number, length: number): Promise<Uint8Array> => {
    const ready = packets.shift();
    if (ready) return Promise.resolve(ready.slice(0, length));
    return new Promise((resolve, reject) => {
      const end = () => {
        cancel();
        waiting = undefined;
      };
      const failWith = (words: string) => {
        end();
        reject(new Error(`transferIn error: ${words}`));
      };
      const cancel = clock.after(timeoutMs, () => failWith('Cancelled'));
      waiting = {
        fail: failWith,
        deliver(packet) {
          end();
          resolve(packet.slice(0, length));
        },
      };
    });
  };
  // Whoever asks the bus gets an object of its own; this one only names the device.
  const device: Plugged = Object.assign(objectOf(), { again: objectOf });
  return {
    ...{ device, requests },
    emit(packet) {
      if (waiting) waiting.deliver(packet);
      else packets = [...packets, packet];
    },
    unplug() {
      plugged = false;
      packets = [];
      waiting?.fail('Disconnected');
    },
    failTransfers(words, times) {
      failing = Array.from({ length: times }, () => words);
      waiting?.fail(words);
    },
    stopAnswering() {
      answering = false;
    },
    setTaken(next) {
      taken = next;
    },
    setAllowed(next) {
      allowed = next;
    },
    driven: () => [...drivers].sort(),
    claimed: () => [...owners.keys()].sort(),
    opened: () => opened.size > 0,
  };
}

/** A scanned data report's descriptor, as a scanner in the field has it. */
export const HID_POS_DESCRIPTOR = Uint8Array.of(
  ...[0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x09, 0x12, 0xa1, 0x02, 0x85, 0x02],
  ...[0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02],
  ...[0x95, 0x03, 0x05, 0x8c, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81, 0x02],
  ...[0x95, 0x38, 0x09, 0xfe, 0x82, 0x02, 0x01],
  ...[0x95, 0x02, 0x06, 0x66, 0xff, 0x09, 0x04, 0x09, 0x00, 0x81, 0x02],
  ...[0x05, 0x8c, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x09, 0xff, 0x81, 0x02],
  ...[0x95, 0x07, 0x81, 0x03, 0xc0, 0xc0],
);

export function hidPosScanner(clock: Clock, changes: Partial<ScannerBuild> = {}): SimulatedScanner {
  const endpoint = {
    endpointNumber: 1,
    direction: 'in',
    type: 'interrupt',
    packetSize: 64,
  } as const;
  const alternate = { interfaceClass: 0x03, interfaceSubclass: 0, interfaceProtocol: 0 };
  return simulateScanner({
    clock,
    interfaces: [{ interfaceNumber: 0, alternates: [{ ...alternate, endpoints: [endpoint] }] }],
    reportDescriptors: { 0: HID_POS_DESCRIPTOR },
    ...changes,
  });
}

export function serialScanner(clock: Clock, changes: Partial<ScannerBuild> = {}): SimulatedScanner {
  const note = { endpointNumber: 1, direction: 'in', type: 'interrupt', packetSize: 8 } as const;
  const bulk = { type: 'bulk', packetSize: 64 } as const;
  const control = { interfaceClass: 0x02, interfaceSubclass: 0x02, interfaceProtocol: 1 };
  const data = { interfaceClass: 0x0a, interfaceSubclass: 0, interfaceProtocol: 0 };
  return simulateScanner({
    clock,
    interfaces: [
      { interfaceNumber: 0, alternates: [{ ...control, endpoints: [note] }] },
      {
        interfaceNumber: 1,
        alternates: [
          {
            ...data,
            endpoints: [
              { endpointNumber: 2, direction: 'out', ...bulk },
              { endpointNumber: 3, direction: 'in', ...bulk },
            ],
          },
        ],
      },
    ],
    ...changes,
  });
}

/** One report of 64 bytes; `more`: the code goes on in the next. */
export function hidPosReport(data: Uint8Array, more = false, symbology = ']Q1'): Uint8Array {
  const report = new Uint8Array(64);
  report.set([2, data.length, ...Buffer.from(symbology)]);
  report.set(data, 5);
  report[63] = more ? 1 : 0;
  return report;
}

/** A code as a HID-POS scanner sends it. */
export function hidPosReports(code: Uint8Array): readonly Uint8Array[] {
  const count = Math.max(1, Math.ceil(code.length / 56));
  return Array.from({ length: count }, (_, index) =>
    hidPosReport(code.slice(index * 56, (index + 1) * 56), index < count - 1),
  );
}

/** A code as a serial scanner sends it, in packets of the endpoint's size. */
export function serialPackets(code: Uint8Array, end = '\r\n'): readonly Uint8Array[] {
  const bytes = Uint8Array.of(...code, ...Buffer.from(end));
  return Array.from({ length: Math.ceil(bytes.length / 64) }, (_, index) =>
    bytes.slice(index * 64, (index + 1) * 64),
  );
}
