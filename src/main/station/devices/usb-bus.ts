import type { Clock } from '../ground/clock.ts';

/** As far as a device of node-usb is looked into; the names are the device's own. */
export type BusDevice = {
  readonly vendorId: number;
  readonly productId: number;
  readonly deviceClass: number;
  /** Null where the system does not tell them, `productName` also without the right to. */
  readonly manufacturerName: string | null;
  readonly productName: string | null;
  readonly configurations: readonly {
    readonly interfaces: readonly {
      readonly alternates: readonly {
        readonly interfaceClass: number;
        readonly interfaceSubclass: number;
        readonly interfaceProtocol: number;
      }[];
    }[];
  }[];
};

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
