import type { HidPosLayout } from './hid-pos-layout.ts';

/** Puts together what a scanner says piece by piece; half a code never counts. */
export type ScannerBytes = {
  /** The codes that are whole with this piece. */
  take(piece: Uint8Array): readonly Uint8Array[];
  /** Nothing followed for a while: what is whole without an end, and what is not is forgotten. */
  pause(): readonly Uint8Array[];
};

/** As long as a code may be; what is longer is noise, or no code of ours. */
export const LONGEST_CODE = 4096;

/** A code in one report, or in several that say so. */
export function hidPosBytes(layout: HidPosLayout): ScannerBytes {
  let parts: Uint8Array[] = [];
  let spoilt = false;
  const fresh = () => {
    parts = [];
    spoilt = false;
  };
  return {
    take(report) {
      // Of another kind: what the device says of itself.
      if (layout.reportId !== undefined && report[0] !== layout.reportId) return [];
      const data = dataOf(layout, report);
      if (data) parts.push(data);
      if (!data || total(parts) > LONGEST_CODE) {
        spoilt = true;
        parts = [];
      }
      if (isContinued(layout, report)) return [];
      const whole = spoilt || total(parts) === 0 ? [] : [Buffer.concat(parts)];
      fresh();
      return whole;
    },
    pause() {
      fresh();
      return [];
    },
  };
}

function dataOf(layout: HidPosLayout, report: Uint8Array): Uint8Array | undefined {
  const { lengthAt, dataAt, dataBytes } = layout;
  const length = lengthAt === undefined ? dataBytes : report[lengthAt];
  if (length === undefined || length > dataBytes || report.length < dataAt + length)
    return undefined;
  const data = report.subarray(dataAt, dataAt + length);
  return lengthAt === undefined ? withoutPadding(data) : data;
}

/** Fields have a fixed length and are filled up with zeros. */
function withoutPadding(data: Uint8Array): Uint8Array {
  let end = data.length;
  while (end > 0 && data[end - 1] === 0) end -= 1;
  return data.subarray(0, end);
}

function isContinued({ continuedBit }: HidPosLayout, report: Uint8Array): boolean {
  if (continuedBit === undefined) return false;
  return (((report[continuedBit >> 3] ?? 0) >> (continuedBit & 7)) & 1) === 1;
}

const total = (parts: readonly Uint8Array[]) => parts.reduce((sum, part) => sum + part.length, 0);

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/** A line a code; a scanner that ends none is done when it falls silent. */
export function serialBytes(): ScannerBytes {
  let line: number[] = [];
  let spoilt = false;
  const end = (): readonly Uint8Array[] => {
    const whole = spoilt || line.length === 0 ? [] : [Uint8Array.from(line)];
    line = [];
    spoilt = false;
    return whole;
  };
  return {
    take(piece) {
      const codes: Uint8Array[] = [];
      for (const byte of piece) {
        if (byte === CARRIAGE_RETURN || byte === LINE_FEED) codes.push(...end());
        else if (line.length < LONGEST_CODE) line.push(byte);
        else spoilt = true;
      }
      return codes;
    },
    pause: end,
  };
}
