import type { Clock } from '../ground/clock.ts';

export type BusEndpoint = {
  readonly endpointNumber: number;
  readonly direction: 'in' | 'out';
  readonly type: string;
  readonly packetSize: number;
};

export type BusInterface = {
  readonly interfaceNumber: number;
  readonly alternates: readonly {
    readonly interfaceClass: number;
    readonly interfaceSubclass: number;
    readonly interfaceProtocol: number;
    readonly endpoints: readonly BusEndpoint[];
  }[];
};

/** A control transfer as WebUSB sets it up. */
export type ControlSetup = {
  readonly requestType: 'standard' | 'class';
  readonly recipient: 'device' | 'interface';
  readonly request: number;
  readonly value: number;
  readonly index: number;
};

/**
 * As far as a device of node-usb is looked into and used; the names are the device's own. While a
 * transfer is under way nothing that changes the device may be called, nor any of its getters.
 */
export type BusDevice = {
  /** The same for every object of one device, another one after it was plugged in again. */
  readonly handle: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly deviceClass: number;
  /** Null where the system does not tell them, `productName` also without the right to. */
  readonly manufacturerName: string | null;
  readonly productName: string | null;
  /** The device is opened for it: throws without the right to. */
  readonly configurations: readonly { readonly interfaces: readonly BusInterface[] }[];
  open(): Promise<void>;
  close(): Promise<void>;
  claimInterface(number: number): Promise<void>;
  releaseInterface(number: number): Promise<void>;
  /** Linux alone; rejects where no driver has the interface. */
  detachKernelDriver(number: number): Promise<void>;
  attachKernelDriver(number: number): Promise<void>;
  nativeControlTransferIn(
    setup: ControlSetup,
    timeoutMs: number,
    length: number,
  ): Promise<Uint8Array | null>;
  nativeControlTransferOut(
    setup: ControlSetup,
    timeoutMs: number,
    data?: Uint8Array | null,
  ): Promise<number>;
  /** Rejects with `Cancelled` when nothing came in time. */
  nativeTransferIn(
    endpointNumber: number,
    timeoutMs: number,
    length: number,
  ): Promise<Uint8Array | null>;
  clearHalt(direction: 'in' | 'out', endpointNumber: number): Promise<void>;
};

/** Undefined where the system does not let the station look. */
export function interfacesOf(device: BusDevice): readonly BusInterface[] | undefined {
  try {
    return device.configurations.flatMap(({ interfaces }) => interfaces);
  } catch {
    return undefined;
  }
}

/**
 * What is used of node-usb. The devices reject where there is no bus, or no right to look at it; the
 * emitter need not.
 */
export type NativeUsb = {
  nativeGetDevices(): Promise<readonly BusDevice[]>;
  readonly Emitter: new () => {
    addAttach(listener: (device: BusDevice) => void): Promise<void>;
    removeAttach(): Promise<void>;
    addDetach(listener: (handle: string) => void): Promise<void>;
    removeDetach(): Promise<void>;
  };
};

export type UsbBus = {
  /** What is plugged in; undefined where the bus cannot be seen. */
  devices(): Promise<readonly BusDevice[] | undefined>;
  /** Stops listening. */
  close(): Promise<void>;
};

/** One cable brings several devices, and what they need from the system a moment later. */
const SETTLED_MS = 300;

/**
 * The USB bus by node-usb. `onPlug` is told when something was plugged in or out. Without a bus nothing
 * is told and nothing fails: node-usb's own listeners would end the program there.
 */
export function openUsbBus(
  clock: Clock,
  onPlug: () => void,
  load: () => Promise<NativeUsb> = loadNative,
): UsbBus {
  // A native module, which some systems do not have; the station's start does not wait for it.
  const native = load();
  native.catch(() => undefined);
  let cancel = () => {};
  let closed = false;
  const plugged = () => {
    cancel();
    if (!closed) cancel = clock.after(SETTLED_MS, onPlug);
  };
  const listening = listen(native, plugged);
  return {
    async devices() {
      try {
        return await (await native).nativeGetDevices();
      } catch {
        return undefined;
      }
    },
    async close() {
      closed = true;
      cancel();
      const emitter = await listening;
      await emitter?.removeAttach().catch(() => undefined);
      await emitter?.removeDetach().catch(() => undefined);
    },
  };
}

type BusEmitter = InstanceType<NativeUsb['Emitter']>;

async function listen(
  native: Promise<NativeUsb>,
  plugged: () => void,
): Promise<BusEmitter | undefined> {
  try {
    const { Emitter } = await native;
    const emitter = new Emitter();
    await emitter.addAttach(plugged);
    await emitter.addDetach(plugged);
    return emitter;
  } catch {
    return undefined;
  }
}

function loadNative(): Promise<NativeUsb> {
  return import('usb/index.js');
}
