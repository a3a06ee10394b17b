/** One field of an input report, as a HID report descriptor lays it out. */
export type ReportField = {
  readonly page: number;
  readonly usage: number;
  /** 0 where the device numbers no reports. */
  readonly reportId: number;
  /** From the first bit of the report, its number included. */
  readonly bitOffset: number;
  readonly bits: number;
  /** How many of that size stand there one after the other. */
  readonly count: number;
};

type Globals = { page: number; size: number; count: number; reportId: number };

/** Item tags of HID 1.11, 6.2.2, with the type in the two lowest bits and without the size. */
const INPUT = 0x80;
const USAGE_PAGE = 0x04;
const REPORT_SIZE = 0x74;
const REPORT_ID = 0x84;
const REPORT_COUNT = 0x94;
const PUSH = 0xa4;
const POP = 0xb4;
const USAGE = 0x08;
const LONG_ITEM = 0xfe;
const IS_CONSTANT = 1;
const IS_VARIABLE = 2;
const IS_MAIN = 0;
/** What no report reaches; a descriptor that says otherwise is none. */
const MOST_FIELDS = 4096;

/** Fields of all input reports; undefined where that is no descriptor. */
export function inputFields(descriptor: Uint8Array): readonly ReportField[] | undefined {
  const fields: ReportField[] = [];
  const ends = new Map<number, number>();
  const stack: Globals[] = [];
  let global: Globals = { page: 0, size: 0, count: 0, reportId: 0 };
  let usages: { page: number; usage: number }[] = [];
  for (let at = 0; at < descriptor.length; ) {
    const prefix = descriptor[at] ?? 0;
    if (prefix === LONG_ITEM) {
      at += 3 + (descriptor[at + 1] ?? 0);
      continue;
    }
    const length = [0, 1, 2, 4][prefix & 0b11] ?? 0;
    const tag = prefix & 0xfc;
    if (at + 1 + length > descriptor.length) return undefined;
    const value = unsigned(descriptor.subarray(at + 1, at + 1 + length));
    at += 1 + length;
    if (tag === USAGE_PAGE) global = { ...global, page: value };
    if (tag === REPORT_SIZE) global = { ...global, size: value };
    if (tag === REPORT_COUNT) global = { ...global, count: value };
    if (tag === REPORT_ID) global = { ...global, reportId: value };
    if (tag === PUSH) stack.push(global);
    if (tag === POP) global = stack.pop() ?? global;
    if (tag === USAGE)
      usages.push(
        length === 4
          ? { page: value >>> 16, usage: value & 0xffff }
          : { page: global.page, usage: value },
      );
    if (tag === INPUT) {
      const start = ends.get(global.reportId) ?? (global.reportId === 0 ? 0 : 8);
      ends.set(global.reportId, start + global.size * global.count);
      if ((value & IS_CONSTANT) === 0) fields.push(...laidOut(global, usages, start, value));
      if (fields.length > MOST_FIELDS || global.count > MOST_FIELDS) return undefined;
    }
    if ((prefix & 0b1100) === IS_MAIN) usages = [];
  }
  return fields;
}

/** One usage for each of them, or one usage for a row of them (a buffer). */
function laidOut(
  { size, count, reportId }: Globals,
  usages: readonly { page: number; usage: number }[],
  start: number,
  flags: number,
): readonly ReportField[] {
  const [first] = usages;
  if (!first) return [];
  const each = usages.length > 1 && (flags & IS_VARIABLE) !== 0;
  if (!each) return [{ ...first, reportId, bitOffset: start, bits: size, count }];
  return usages.slice(0, count).map((usage, index) => ({
    ...usage,
    ...{ reportId, bitOffset: start + index * size, bits: size, count: 1 },
  }));
}

function unsigned(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
