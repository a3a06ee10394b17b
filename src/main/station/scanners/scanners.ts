import { type BusDevice, interfacesOf, type UsbBus } from '../devices/usb-bus.ts';
import { recognise } from '../devices/usb-kinds.ts';
import type { Clock } from '../ground/clock.ts';
import type { Log } from '../ground/core.ts';
import { type OpenedScanner, openScanner, type ScannerTrouble } from './open-scanner.ts';
import { kindsOf } from './scanner-kinds.ts';

/** A scanner on the bus as the self-test tells of it. */
export type ScannerFinding = {
  readonly name: string;
  readonly state: 'read' | ScannerTrouble;
};

/** The scanners that are read as bytes. One that types is none of them: its keys go to the page. */
export type Scanners = {
  look(): readonly ScannerFinding[];
  /** To be called whenever something was plugged in or out. */
  follow(): void;
  close(): Promise<void>;
};

export type ScannersOptions = {
  readonly bus: Pick<UsbBus, 'devices'>;
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly log: Log;
  readonly onCode: (bytes: Uint8Array) => void;
};

/** What was refused may be granted, and who did not answer may wake up. */
const AGAIN_MS = 30_000;

type Known = ScannerFinding & { readonly scanner?: OpenedScanner };

export function createScanners(options: ScannersOptions): Scanners {
  const { bus, clock, platform, log, onCode } = options;
  /** By handle; undefined: looked at, and no scanner that could be read. */
  const known = new Map<string, Known | undefined>();
  let closed = false;
  let following: Promise<void> | undefined;
  let again = false;
  let cancel = () => {};

  const lost = (handle: string, name: string) => {
    log('warn', 'A scanner was lost');
    known.set(handle, { name, state: 'silent' });
    lookAgainLater();
  };
  const meet = async (device: BusDevice): Promise<Known | undefined> => {
    const seen = recognise(device);
    if (seen?.kind !== 'reader') return undefined;
    const { name } = seen;
    const { handle } = device;
    const interfaces = interfacesOf(device);
    if (!interfaces) return { name, state: 'denied' };
    let trouble: ScannerTrouble | undefined;
    let isLost = false;
    for (const kind of kindsOf(interfaces)) {
      const opening = await openScanner(
        device,
        kind,
        { clock, platform },
        {
          onCode,
          onGarbage: (cause) => log('warn', 'A scanner sent what is no code', { cause }),
          onLost: () => {
            isLost = true;
            lost(handle, name);
          },
        },
      );
      if (isLost) return { name, state: 'silent' };
      if (opening.kind === 'opened') {
        log('info', 'A scanner is read', { kind: kind.name });
        return { name, state: 'read', scanner: opening.scanner };
      }
      if (opening.kind === 'failed') trouble = opening.trouble;
    }
    return trouble && { name, state: trouble };
  };
  const lookAround = async () => {
    const devices = (await bus.devices()) ?? [];
    const present = new Set(devices.map(({ handle }) => handle));
    for (const [handle, one] of known) {
      if (present.has(handle)) continue;
      known.delete(handle);
      await one?.scanner?.close();
    }
    for (const device of devices) {
      const before = known.get(device.handle);
      if (known.has(device.handle) && (!before || before.state === 'read')) continue;
      if (closed) return;
      const met = await meet(device);
      if (met?.state !== before?.state && met && met.state !== 'read')
        log('warn', 'A scanner cannot be read', { cause: met.state });
      known.set(device.handle, met);
    }
  };
  const isTroubled = () =>
    [...known.values()].some((one) => one && one.state !== 'read' && one.state !== 'unsupported');
  const follow = () => {
    if (closed) return;
    again = true;
    following ??= (async () => {
      while (again && !closed) {
        again = false;
        cancel();
        // A device whose own description throws must not be the last that is looked at.
        await lookAround().catch((error: Error) =>
          log('warn', 'Scanners were not seen', { err: error }),
        );
      }
      following = undefined;
      lookAgainLater();
    })();
  };
  const lookAgainLater = () => {
    cancel();
    if (!closed && isTroubled()) cancel = clock.after(AGAIN_MS, follow);
  };
  follow();
  return {
    look: () =>
      [...known.values()].flatMap((one) => (one ? [{ name: one.name, state: one.state }] : [])),
    follow,
    async close() {
      closed = true;
      cancel();
      await following;
      await Promise.all([...known.values()].map((one) => one?.scanner?.close()));
    },
  };
}
