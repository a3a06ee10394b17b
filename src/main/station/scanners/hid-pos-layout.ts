import { inputFields, type ReportField } from './hid-report-fields.ts';

/** Where a scanner's report has what was read; offsets in bytes, the report's number included. */
export type ScanLayout = {
  readonly reportId: number;
  readonly length: number;
  readonly symbology: number;
  readonly data: number;
  readonly capacity: number;
  /** The lowest bit says that more of the code follows. */
  readonly continued: number;
};

/** As nearly every scanner has it, 64 bytes long. */
export const USUAL_LAYOUT: ScanLayout = {
  ...{ reportId: 2, length: 1, symbology: 2, data: 5 },
  ...{ capacity: 56, continued: 63 },
};

/** HID Point of Sale Usage Tables 1.02: page, and usages of a scanned data report. */
const SCANNER_PAGE = 0x8c;
const SYMBOLOGY_1 = 0xfb;
const DECODED_DATA = 0xfe;
const CONTINUED = 0xff;
const DESKTOP_PAGE = 0x01;
const BYTE_COUNT = 0x3b;

/**
 * What the device's own descriptor says; the usual one where it names a scanner's data and leaves the
 * rest open. Undefined for what is no scanner.
 */
export function scanLayout(descriptor: Uint8Array): ScanLayout | undefined {
  const fields = inputFields(descriptor);
  const data = fields?.find(({ page, usage }) => page === SCANNER_PAGE && usage === DECODED_DATA);
  if (!fields || !data) return undefined;
  const at = (page: number, usage: number) =>
    byteOf(
      fields.find(
        (field) => field.page === page && field.usage === usage && field.reportId === data.reportId,
      ),
    );
  const length = at(DESKTOP_PAGE, BYTE_COUNT);
  const symbology = at(SCANNER_PAGE, SYMBOLOGY_1);
  const continued = at(SCANNER_PAGE, CONTINUED);
  const start = byteOf(data);
  if (length === undefined || symbology === undefined || continued === undefined)
    return data.reportId === USUAL_LAYOUT.reportId ? USUAL_LAYOUT : undefined;
  if (start === undefined || data.bits !== 8) return undefined;
  return {
    ...{ reportId: data.reportId, length, symbology, data: start },
    ...{ capacity: data.count, continued },
  };
}

/** Undefined for what begins within a byte. */
function byteOf(field: ReportField | undefined): number | undefined {
  return field && field.bitOffset % 8 === 0 ? field.bitOffset / 8 : undefined;
}
