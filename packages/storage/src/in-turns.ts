import { setImmediate } from 'node:timers/promises';

/** Worked through in a few milliseconds, also on a kiosk's small processor. */
const SLICE_BYTES = 1024 * 1024;

/** Works through many bytes slice by slice, and lets others have their turn in between. */
export async function inTurns(
  bytes: Uint8Array,
  work: (slice: Uint8Array) => unknown,
): Promise<void> {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    if (at > 0) await setImmediate();
    work(bytes.subarray(at, at + SLICE_BYTES));
  }
}
