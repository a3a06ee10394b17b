import { setImmediate } from 'node:timers/promises';
import type { BusDevice } from '../devices/usb-bus.ts';
import type { Clock } from '../ground/clock.ts';
import type { AssemblerEars } from './code-assembler.ts';
import type { ScannerKind } from './scanner-kinds.ts';

/**
 * Why a scanner is not read. `denied`: the account may not. `taken`: another program has it.
 * `unsupported`: this system lends such a device to no program. `silent`: it does not answer.
 */
export type ScannerTrouble = 'denied' | 'taken' | 'unsupported' | 'silent';

/** A scanner whose bytes come here. */
export type OpenedScanner = {
  /** Gives the device back to the system; what was half read is dropped. */
  close(): Promise<void>;
};

export type Opening =
  | { readonly kind: 'opened'; readonly scanner: OpenedScanner }
  | { readonly kind: 'noScanner' }
  | { readonly kind: 'failed'; readonly trouble: ScannerTrouble };

export type ScannerEars = Omit<AssemblerEars, 'clock'> & {
  /** It is read no more, and was given back. */
  readonly onLost: () => void;
};

export type ScannerWorld = { readonly clock: Clock; readonly platform: NodeJS.Platform };

/** How long one wait for a packet lasts, and so a goodbye. */
const WAIT_MS = 1000;
/** So many errors one after the other are a device that is gone. */
const MOST_ERRORS = 3;
const AFTER_ERROR_MS = 200;

/** Takes the device from the system's own driver and listens; one that cannot be read is given back. */
export async function openScanner(
  device: BusDevice,
  kind: ScannerKind,
  { clock, platform }: ScannerWorld,
  ears: ScannerEars,
): Promise<Opening> {
  // Windows and macOS keep what is a human interface to themselves.
  if (kind.name === 'hidPos' && platform !== 'linux') return failed('unsupported');
  try {
    await device.open();
  } catch (error) {
    return failed(troubleOf(error, platform));
  }
  const claimed: number[] = [];
  const giveBack = () => returnDevice(device, claimed, platform);
  try {
    for (const number of kind.interfaces) {
      // Rejects where no driver has it, as after a program that was killed.
      if (platform === 'linux') await device.detachKernelDriver(number).catch(() => undefined);
      await device.claimInterface(number);
      claimed.push(number);
    }
  } catch (error) {
    await giveBack();
    return failed(troubleOf(error, platform));
  }
  try {
    const assembler = await kind.begin(device);
    if (!assembler) {
      await giveBack();
      return { kind: 'noScanner' };
    }
    const codes = assembler({ ...ears, clock });
    return { kind: 'opened', scanner: listen({ device, kind, clock, codes, ears, giveBack }) };
  } catch {
    await giveBack();
    return failed('silent');
  }
}

const failed = (trouble: ScannerTrouble): Opening => ({ kind: 'failed', trouble });

/** node-usb tells it in words alone. */
function troubleOf(error: unknown, platform: NodeJS.Platform): ScannerTrouble {
  const words = String(error);
  if (/permission denied|access denied|errno 13|error 13\b/i.test(words)) return 'denied';
  if (/busy/i.test(words)) return 'taken';
  return platform === 'linux' ? 'silent' : 'unsupported';
}

type Listening = {
  readonly device: BusDevice;
  readonly kind: ScannerKind;
  readonly clock: Clock;
  readonly codes: { packet(bytes: Uint8Array): void; forget(): void };
  readonly ears: ScannerEars;
  readonly giveBack: () => Promise<void>;
};

function listen({ device, kind, clock, codes, ears, giveBack }: Listening): OpenedScanner {
  const { endpointNumber, packetSize } = kind.endpoint;
  let closed = false;
  let endPause = () => {};

  /** One packet a transfer: a wait that is called off then loses nothing. */
  const next = () => device.nativeTransferIn(endpointNumber, WAIT_MS, packetSize);
  const recover = async (error: unknown): Promise<boolean> => {
    codes.forget();
    if (/disconnected|invalid state/i.test(String(error))) return false;
    if (/stall/i.test(String(error)))
      await device.clearHalt('in', endpointNumber).catch(() => undefined);
    await new Promise<void>((resolve) => {
      const cancel = clock.after(AFTER_ERROR_MS, resolve);
      endPause = () => {
        cancel();
        resolve();
      };
    });
    return true;
  };
  const run = async () => {
    for (let errors = 0; !closed; ) {
      try {
        const packet = await next();
        errors = 0;
        if (packet && packet.length > 0 && !closed) codes.packet(packet);
      } catch (error) {
        errors = isQuiet(error) ? 0 : errors + 1;
        if (errors >= MOST_ERRORS || (errors > 0 && !(await recover(error)))) break;
      }
      // Whatever answers at once must not keep everybody else from their turn.
      await setImmediate();
    }
    codes.forget();
    await giveBack();
    if (!closed) ears.onLost();
  };
  const done = run();
  return {
    async close() {
      closed = true;
      codes.forget();
      endPause();
      // Nothing of the device may be changed while it is waited for.
      await done;
    },
  };
}

/** Nobody has scanned anything meanwhile. */
function isQuiet(error: unknown): boolean {
  return /cancelled|timed? ?out/i.test(String(error));
}

/** To the system's own driver; of a device that was pulled out nothing is left to be given. */
async function returnDevice(
  device: BusDevice,
  claimed: readonly number[],
  platform: NodeJS.Platform,
): Promise<void> {
  const quietly = (step: Promise<void>) => step.catch(() => undefined);
  for (const number of claimed.toReversed()) await quietly(device.releaseInterface(number));
  if (platform === 'linux')
    for (const number of claimed) await quietly(device.attachKernelDriver(number));
  await quietly(device.close());
}
