import { type AssemblerEars, type CodeAssembler, LONGEST_CODE } from './code-assembler.ts';
import type { ScanLayout } from './hid-pos-layout.ts';

/** The rest of a code follows at once; later than that it does not any more. */
const CONTINUED_WITHIN_MS = 1000;

/** Codes of a HID-POS scanner: one report, or several of which each but the last says that more follows. */
export function createHidPosAssembler(layout: ScanLayout, ears: AssemblerEars): CodeAssembler {
  let parts: Uint8Array[] = [];
  let symbology = '';
  /** The tail of what was dropped is dropped with it. */
  let dropping = false;
  let cancel = () => {};

  const begin = () => {
    cancel();
    parts = [];
    symbology = '';
    dropping = false;
  };
  const expectMore = () => {
    cancel();
    cancel = ears.clock.after(CONTINUED_WITHIN_MS, () => {
      const half = parts.length > 0;
      begin();
      if (half) ears.onGarbage('brokenOff');
    });
  };
  /** With whatever of it is still to come. */
  const drop = (cause: Parameters<AssemblerEars['onGarbage']>[0], follows: boolean) => {
    begin();
    ears.onGarbage(cause);
    if (!follows) return;
    dropping = true;
    expectMore();
  };
  return {
    packet(report) {
      // Buttons and settings of the device are reports of their own.
      if (layout.reportId !== 0 && report[0] !== layout.reportId) return;
      const read = partOf(layout, report);
      if (!read) return drop('malformed', true);
      if (dropping) {
        if (!read.follows) begin();
        else expectMore();
        return;
      }
      if (parts.length > 0 && read.symbology !== symbology) {
        // Another code has begun, and the one before will not end.
        begin();
        ears.onGarbage('brokenOff');
      }
      symbology = read.symbology;
      parts.push(read.data);
      if (parts.reduce((sum, part) => sum + part.length, 0) > LONGEST_CODE)
        return drop('tooLong', read.follows);
      if (read.follows) return expectMore();
      const code = Buffer.concat(parts);
      begin();
      if (code.length > 0) ears.onCode(new Uint8Array(code));
    },
    forget: begin,
  };
}

type Part = { readonly data: Uint8Array; readonly symbology: string; readonly follows: boolean };

function partOf(layout: ScanLayout, report: Uint8Array): Part | undefined {
  const length = report[layout.length];
  const last = report[layout.continued];
  if (length === undefined || last === undefined || length > layout.capacity) return undefined;
  if (layout.data + layout.capacity > report.length) return undefined;
  return {
    data: report.slice(layout.data, layout.data + length),
    // AIM's identifier (`]Q1`) is beside the data and no part of it.
    symbology: Buffer.from(report.subarray(layout.symbology, layout.symbology + 3)).toString('hex'),
    follows: (last & 1) === 1,
  };
}
