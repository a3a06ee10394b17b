import { fail, ok, type Result } from '@gradshot/domain';
import type { UsbDeviceView } from '../../../shared/index.ts';
import type { EventLog } from '../store/event-log.ts';
import type { Settings } from '../store/settings.ts';
import { storing } from '../store/store-failure.ts';
import type { UsbBus } from './usb-bus.ts';
import { recognise } from './usb-kinds.ts';

/** The bus against what staff expect at it. */
export type UsbFindings = {
  readonly seen: readonly UsbDeviceView[];
  /** Undefined until staff have said what belongs to the station. */
  readonly compared?: {
    readonly missing: readonly UsbDeviceView[];
    /** Plugged in and not expected. */
    readonly foreign: readonly UsbDeviceView[];
  };
};

/** What is plugged in, and what staff expect to be. */
export type UsbDevices = {
  /** Undefined where the bus cannot be seen. */
  look(): Promise<UsbFindings | undefined>;
  /** What is plugged in now is expected from now on. `station.usbNotSeen` where the bus cannot be seen. */
  remember(): Promise<Result<readonly UsbDeviceView[]>>;
};

export function createUsbDevices(
  bus: Pick<UsbBus, 'devices'>,
  settings: Settings,
  events: EventLog,
): UsbDevices {
  const seenNow = async () => {
    const devices = await bus.devices();
    return devices?.flatMap((device) => recognise(device) ?? []);
  };
  return {
    async look() {
      const seen = await seenNow();
      const expected = settings.get('usbDevices');
      if (!seen) return undefined;
      return expected ? { seen, compared: compare(seen, expected) } : { seen };
    },
    async remember() {
      const seen = await seenNow();
      if (!seen) return fail('station.usbNotSeen');
      return storing(async () => {
        settings.set('usbDevices', seen);
        events.note('staff.rememberedDevices', { devices: seen.length });
        return ok(seen);
      });
    },
  };
}

/** Two of a model are two devices; which of them it is, nobody needs to know. */
function compare(seen: readonly UsbDeviceView[], expected: readonly UsbDeviceView[]) {
  return { missing: without(expected, seen), foreign: without(seen, expected) };
}

function without(
  devices: readonly UsbDeviceView[],
  others: readonly UsbDeviceView[],
): readonly UsbDeviceView[] {
  const left = others.map(modelOf);
  return devices.filter((device) => {
    const at = left.indexOf(modelOf(device));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const modelOf = ({ vendorId, productId }: UsbDeviceView) => `${vendorId}:${productId}`;
