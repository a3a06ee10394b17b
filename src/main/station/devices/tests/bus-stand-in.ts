import type { BusDevice, NativeUsb, UsbBus } from '../usb-bus.ts';

let handles = 0;
const refuse = () => Promise.reject(new Error('open error: Permission denied (errno 13)'));

/** A device as node-usb tells it, that is only looked at; `classes`: one interface each. */
export function usbDevice(
  vendorId: number,
  productId: number,
  classes: readonly number[],
  names: Partial<Pick<BusDevice, 'manufacturerName' | 'productName' | 'deviceClass'>> = {},
): BusDevice {
  const interfaces = classes.map((interfaceClass, interfaceNumber) => {
    const boot = interfaceClass === 0x03 ? 1 : 0;
    const codes = { interfaceClass, interfaceSubclass: boot, interfaceProtocol: boot };
    return { interfaceNumber, alternates: [{ ...codes, endpoints: [] }] };
  });
  handles += 1;
  return {
    ...{ handle: `device ${handles}`, open: refuse, close: refuse, claimInterface: refuse },
    ...{ releaseInterface: refuse, detachKernelDriver: refuse, attachKernelDriver: refuse },
    ...{ nativeControlTransferIn: refuse, nativeControlTransferOut: refuse },
    ...{ nativeTransferIn: refuse, clearHalt: refuse },
    ...{ vendorId, productId, deviceClass: 0, manufacturerName: null, productName: null },
    configurations: [{ interfaces }],
    ...names,
  };
}

export const BRIO = usbDevice(0x046d, 0x085e, [0x0e, 0x0e, 0x01, 0x03], {
  ...{ deviceClass: 0xef, manufacturerName: 'Logitech', productName: 'Logitech BRIO' },
});
export const XENON = usbDevice(0x0c2e, 0x0b61, [0x03], {
  ...{ manufacturerName: 'Honeywell', productName: 'Xenon 1900' },
});
export const PRINTER = usbDevice(0x04a9, 0x1912, [0x07, 0xff], {
  ...{ manufacturerName: 'Canon', productName: 'SELPHY CP1500' },
});
export const HUB = usbDevice(0x1d6b, 0x0003, [0x09], { deviceClass: 0x09 });

/** `again`: node-usb makes a new object of a device whenever it is asked for them. */
export type Plugged = BusDevice & { again?(): BusDevice };

export type NativeStandIn = NativeUsb & {
  plugIn(device: Plugged): void;
  pullOut(device: Plugged): void;
  /** Listeners that the program has not taken back. */
  readonly listening: () => number;
};

/**
 * node-usb's native part as it was seen to behave: without a bus the devices reject, and a listener is
 * taken and hears nothing; one listener for each kind of news and an emitter; attach comes with the
 * device, detach with its handle alone. `deaf`: the system refuses to tell any news.
 */
export function nativeStandIn(
  first: readonly Plugged[] | 'no bus',
  { deaf = false } = {},
): NativeStandIn {
  let plugged: readonly Plugged[] = first === 'no bus' ? [] : [...first];
  const noBus = () => Promise.reject(new Error('/sys/bus/usb/devices/: not found'));
  const attached = new Set<(device: BusDevice) => void>();
  const detached = new Set<(handle: string) => void>();
  const on = async <L>(listeners: Set<L>, own: L | undefined, listener: L) => {
    if (deaf) throw new Error('Permission denied (errno 13)');
    if (typeof listener !== 'function') throw new TypeError('listener is not a function');
    if (own) listeners.delete(own);
    listeners.add(listener);
  };
  class Emitter {
    attach: ((device: BusDevice) => void) | undefined;
    detach: ((handle: string) => void) | undefined;
    async addAttach(listener: (device: BusDevice) => void) {
      await on(attached, this.attach, listener);
      this.attach = listener;
    }
    async removeAttach() {
      if (this.attach) attached.delete(this.attach);
    }
    async addDetach(listener: (handle: string) => void) {
      await on(detached, this.detach, listener);
      this.detach = listener;
    }
    async removeDetach() {
      if (this.detach) detached.delete(this.detach);
    }
  }
  return {
    nativeGetDevices: async () =>
      first === 'no bus' ? noBus() : plugged.map((device) => device.again?.() ?? device),
    Emitter,
    plugIn(device) {
      plugged = [...plugged, device];
      for (const tell of attached) tell(device);
    },
    pullOut(device) {
      plugged = plugged.filter((other) => other !== device);
      for (const tell of detached) tell(device.handle);
    },
    listening: () => attached.size + detached.size,
  };
}

/** No bus to be seen, as in a container. */
export const NO_BUS: UsbBus = { devices: async () => undefined, close: async () => undefined };
