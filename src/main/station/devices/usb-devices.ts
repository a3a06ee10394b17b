/**
 * What is plugged in, for the self-test: a keyboard-wedge scanner types like a keyboard and a
 * webcam is opened by the page, so presence on the bus is what staff want to know.
 */
export type UsbPresence = {
  readonly cameras: number;
  /** Keyboards and scanners that type. */
  readonly inputs: number;
  readonly printers: number;
};

/** USB-IF class codes: human interface 03h, printer 07h, video 0Eh. */
const HUMAN_INTERFACE = 0x03;
const PRINTER = 0x07;
const VIDEO = 0x0e;

/** As far as WebUSB's `USBDevice` is looked into. */
type Device = {
  readonly deviceClass: number;
  readonly configurations: readonly {
    readonly interfaces: readonly {
      readonly alternates: readonly { readonly interfaceClass: number }[];
    }[];
  }[];
};

/** Undefined where there is no USB bus or no right to look at it. */
export async function usbPresence(
  list: () => Promise<readonly Device[]> = listDevices,
): Promise<UsbPresence | undefined> {
  try {
    const classes = (await list()).map(classesOf);
    const count = (code: number) => classes.filter((all) => all.includes(code)).length;
    return { cameras: count(VIDEO), inputs: count(HUMAN_INTERFACE), printers: count(PRINTER) };
  } catch {
    return undefined;
  }
}

/** Loaded on demand, and never listened to: without a USB bus a listener fails unhandled. */
async function listDevices(): Promise<readonly Device[]> {
  const { WebUSB } = await import('usb');
  return new WebUSB({ allowAllDevices: true }).getDevices();
}

function classesOf({ deviceClass, configurations }: Device): readonly number[] {
  const alternates = configurations.flatMap((x) => x.interfaces.flatMap((y) => y.alternates));
  return [deviceClass, ...alternates.map((x) => x.interfaceClass)];
}
