/** Pixels of a picture, rows without gaps, 8 bits a sample: RGB, or RGBA not premultiplied. */
export type TiffPicture = {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  /** Writes the pixels into a buffer of width × height × channels bytes. */
  readonly writePixels: (into: Uint8Array) => void;
  /** ICC profile of the pixels; sRGB without one. */
  readonly icc?: Uint8Array | undefined;
};

/** Field types of TIFF 6.0, section 2. */
const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;
const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
/** Decoders hold one strip at a time. */
const STRIP_BYTES = 1 << 20;

type Entry = { readonly tag: number; readonly type: number; readonly values: readonly number[] };

/**
 * An uncompressed TIFF 6.0 file: the one container that hands raw pixels together with their ICC
 * profile to a picture library, at the cost of a copy. Up to 4 GB.
 */
export function writeTiff(picture: TiffPicture): Buffer {
  const pixelBytes = picture.width * picture.height * picture.channels;
  const icc = picture.icc ?? new Uint8Array();
  const entries = describe(picture, HEADER_BYTES);
  const iccAt = HEADER_BYTES + pixelBytes + (pixelBytes % 2);
  const directoryAt = iccAt + icc.length + (icc.length % 2);
  const count = entries.length + (picture.icc ? 1 : 0);
  const extraAt = directoryAt + 2 + count * ENTRY_BYTES + 4;
  const file = Buffer.alloc(extraAt + sizeOfExtras(entries));
  file.write('II', 'latin1');
  file.writeUInt16LE(42, 2);
  file.writeUInt32LE(directoryAt, 4);
  picture.writePixels(file.subarray(HEADER_BYTES, HEADER_BYTES + pixelBytes));
  file.set(icc, iccAt);
  file.writeUInt16LE(count, directoryAt);
  const end = writeEntries(file, directoryAt + 2, extraAt, entries);
  if (picture.icc) writeHead(file, end, 34675, UNDEFINED, icc.length, iccAt);
  return file;
}

/** The fields in the order of their tags, as the format wants them. */
function describe({ width, height, channels }: TiffPicture, pixelsAt: number): Entry[] {
  const rowBytes = width * channels;
  const rows = Math.max(1, Math.floor(STRIP_BYTES / rowBytes));
  const strips = Math.ceil(height / rows);
  const offsets = Array.from({ length: strips }, (_, i) => pixelsAt + i * rows * rowBytes);
  const sizes = offsets.map((_, i) => Math.min(rows, height - i * rows) * rowBytes);
  const unassociatedAlpha = 2;
  return [
    { tag: 256, type: LONG, values: [width] },
    { tag: 257, type: LONG, values: [height] },
    { tag: 258, type: SHORT, values: Array<number>(channels).fill(8) },
    { tag: 259, type: SHORT, values: [1] }, // not compressed
    { tag: 262, type: SHORT, values: [2] }, // RGB
    { tag: 273, type: LONG, values: offsets },
    { tag: 277, type: SHORT, values: [channels] },
    { tag: 278, type: LONG, values: [rows] },
    { tag: 279, type: LONG, values: sizes },
    { tag: 284, type: SHORT, values: [1] }, // samples of a pixel together
    ...(channels === 4 ? [{ tag: 338, type: SHORT, values: [unassociatedAlpha] }] : []),
  ];
}

const widthOf = (type: number) => (type === SHORT ? 2 : 4);
const bytesOf = ({ type, values }: Entry) => widthOf(type) * values.length;

/** Values that do not fit into their entry's four bytes come after the directory. */
function sizeOfExtras(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + (bytesOf(entry) > 4 ? bytesOf(entry) : 0), 0);
}

/** Returns where the next entry would come. */
function writeEntries(file: Buffer, at: number, extraAt: number, entries: readonly Entry[]) {
  let extra = extraAt;
  for (const [index, entry] of entries.entries()) {
    const head = at + index * ENTRY_BYTES;
    const inside = bytesOf(entry) <= 4;
    writeHead(file, head, entry.tag, entry.type, entry.values.length, inside ? 0 : extra);
    writeValues(file, inside ? head + 8 : extra, entry);
    if (!inside) extra += bytesOf(entry);
  }
  return at + entries.length * ENTRY_BYTES;
}

function writeHead(
  file: Buffer,
  at: number,
  tag: number,
  type: number,
  count: number,
  value: number,
): void {
  file.writeUInt16LE(tag, at);
  file.writeUInt16LE(type, at + 2);
  file.writeUInt32LE(count, at + 4);
  file.writeUInt32LE(value, at + 8);
}

function writeValues(file: Buffer, at: number, { type, values }: Entry): void {
  for (const [index, value] of values.entries()) {
    if (type === SHORT) file.writeUInt16LE(value, at + index * 2);
    else file.writeUInt32LE(value, at + index * 4);
  }
}
