/**
 * Where a bar code scanner says its bytes: USB HID 1.11, 6.2.2 (report descriptors), and HID Point of Sale
 * Usage Tables 1.02, 3 (usage page 8Ch).
 */

/** Offsets in bytes from the beginning of a report, its id included. */
export type HidPosLayout = {
  /** Undefined where the device has one kind of report alone, which then carries no id. */
  readonly reportId: number | undefined;
  /** Of the byte that says how many bytes of data follow; undefined: all of the field are. */
  readonly lengthAt: number | undefined;
  readonly dataAt: number;
  readonly dataBytes: number;
  /** Bit from the beginning of the report that says that more of the same code follows. */
  readonly continuedBit: number | undefined;
};

const PAGE = { genericDesktop: 0x01, barCodeScanner: 0x8c };
const USAGE = { byteCount: 0x3b, decodedData: 0xfe, decodeDataContinued: 0xff };
/** Item tags with their type, the two size bits cleared. */
const ITEM = {
  usagePage: 0x04,
  reportSize: 0x74,
  reportId: 0x84,
  reportCount: 0x94,
  push: 0xa4,
  pop: 0xb4,
  usage: 0x08,
  usageMinimum: 0x18,
  usageMaximum: 0x28,
  input: 0x80,
  output: 0x90,
  feature: 0xb0,
  collection: 0xa0,
  endCollection: 0xc0,
};
const LONG_ITEM = 0xfe;
const REPORT_ID_BITS = 8;
/** The device's word for how long something is; a wrong one must not cost memory. */
const MOST_FIELDS = 1024;

type Globals = {
  readonly page: number;
  readonly size: number;
  readonly count: number;
  readonly reportId: number | undefined;
};

type Field = { readonly usage: number; readonly bit: number; readonly bits: number };

/** Undefined for whatever is no bar code scanner: keyboards above all, which stay the system's. */
export function hidPosLayout(descriptor: Uint8Array): HidPosLayout | undefined {
  for (const [reportId, fields] of inputFields(descriptor)) {
    const of = (page: number, usage: number) =>
      fields.filter((field) => field.usage === page * 0x1_0000 + usage);
    const data = of(PAGE.barCodeScanner, USAGE.decodedData);
    const [first] = data;
    const bits = data.reduce((sum, field) => sum + field.bits, 0);
    if (!first || first.bit % 8 !== 0 || bits < 8) continue;
    const [length] = of(PAGE.genericDesktop, USAGE.byteCount);
    const [continued] = of(PAGE.barCodeScanner, USAGE.decodeDataContinued);
    return {
      reportId,
      lengthAt: length && length.bit % 8 === 0 ? length.bit / 8 : undefined,
      dataAt: first.bit / 8,
      dataBytes: Math.floor(bits / 8),
      continuedBit: continued?.bit,
    };
  }
  return undefined;
}

/** By report id. */
function inputFields(descriptor: Uint8Array): ReadonlyMap<number | undefined, readonly Field[]> {
  const reports = new Map<number | undefined, { bit: number; fields: Field[] }>();
  const stack: Globals[] = [];
  let globals: Globals = { page: 0, size: 0, count: 0, reportId: undefined };
  let usages: number[] = [];
  let minimum = 0;
  for (const { tag, value, bytes } of items(descriptor)) {
    // A usage of four bytes brings its page along.
    const full = bytes === 4 ? value : globals.page * 0x1_0000 + value;
    if (tag === ITEM.usagePage) globals = { ...globals, page: value };
    else if (tag === ITEM.reportSize) globals = { ...globals, size: value };
    else if (tag === ITEM.reportCount) globals = { ...globals, count: value };
    else if (tag === ITEM.reportId) globals = { ...globals, reportId: value };
    else if (tag === ITEM.push) stack.push(globals);
    else if (tag === ITEM.pop) globals = stack.pop() ?? globals;
    else if (tag === ITEM.usage) usages.push(full);
    else if (tag === ITEM.usageMinimum) minimum = full;
    else if (tag === ITEM.usageMaximum)
      for (let usage = minimum; usage <= full && usages.length < MOST_FIELDS; usage++)
        usages.push(usage);
    else if (tag === ITEM.input) {
      const start = globals.reportId === undefined ? 0 : REPORT_ID_BITS;
      const report = reports.get(globals.reportId) ?? { bit: start, fields: [] };
      reports.set(globals.reportId, report);
      for (let i = 0; i < globals.count && report.fields.length < MOST_FIELDS; i++) {
        // The last usage stands for all fields that have none of their own.
        const usage = usages[Math.min(i, usages.length - 1)] ?? 0;
        report.fields.push({ usage, bit: report.bit, bits: globals.size });
        report.bit += globals.size;
      }
      usages = [];
    } else if ([ITEM.output, ITEM.feature, ITEM.collection, ITEM.endCollection].includes(tag)) {
      usages = [];
    }
  }
  return new Map([...reports].map(([id, { fields }]) => [id, fields]));
}

type Item = { readonly tag: number; readonly value: number; readonly bytes: number };

function* items(descriptor: Uint8Array): Generator<Item> {
  for (let at = 0; at < descriptor.length; ) {
    const prefix = descriptor[at]!;
    if (prefix === LONG_ITEM) {
      at += 3 + (descriptor[at + 1] ?? 0);
      continue;
    }
    const bytes = [0, 1, 2, 4][prefix & 3]!;
    if (at + bytes >= descriptor.length) return;
    let value = 0;
    for (let i = bytes; i > 0; i--) value = value * 256 + descriptor[at + i]!;
    yield { tag: prefix & 0xfc, value, bytes };
    at += 1 + bytes;
  }
}
