/** Pixels as a viewer shows the picture: a camera held upright says so in its EXIF alone. */
export type PictureSize = { readonly width: number; readonly height: number };

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const EXIF = 0xe1;
/** Start of frame; the three others of that range are tables. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Restart and temporary markers stand alone, without a length. */
const standsAlone = (marker: number) => (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01;

/**
 * The size of a JPEG that is whole; undefined for every other file, and for one that is still being
 * written. It is walked from marker to marker, for its thumbnail has an end of its own, and cameras
 * write previews and padding behind the end.
 */
export function wholeJpeg(bytes: Uint8Array): PictureSize | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file[0] !== 0xff || file[1] !== SOI) return undefined;
  let size: PictureSize | undefined;
  let sideways = false;
  let scanned = false;
  for (let at = 2; ; ) {
    const marker = markerAt(file, at);
    if (!marker) return undefined;
    if (marker.code === EOI) return scanned ? shown(size, sideways) : undefined;
    if (standsAlone(marker.code)) {
      at = marker.end;
      continue;
    }
    const segment = segmentAt(file, marker.end);
    if (!segment) return undefined;
    if (isFrame(marker.code)) size = frameSize(segment);
    if (marker.code === EXIF) sideways ||= isSideways(segment);
    at = marker.end + 2 + segment.length;
    if (marker.code !== SOS) continue;
    scanned = true;
    const next = endOfScan(file, at);
    if (next === undefined) return undefined;
    at = next;
  }
}

function markerAt(file: Buffer, at: number): { code: number; end: number } | undefined {
  if (file[at] !== 0xff) return undefined;
  let end = at + 1;
  // Any number of 0xff may fill the space before a marker.
  while (file[end] === 0xff) end += 1;
  const code = file[end];
  return code === undefined || code === 0 ? undefined : { code, end: end + 1 };
}

/** Without its length; undefined where the file ends before it does. */
function segmentAt(file: Buffer, at: number): Buffer | undefined {
  if (at + 2 > file.length) return undefined;
  const end = at + file.readUInt16BE(at);
  return end < at + 2 || end > file.length ? undefined : file.subarray(at + 2, end);
}

/** Where the next marker stands; within a scan 0xff is followed by 0, or by a restart. */
function endOfScan(file: Buffer, from: number): number | undefined {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const code = file[at + 1];
    if (code === undefined) return undefined;
    if (code !== 0 && code !== 0xff && !standsAlone(code)) return at;
  }
  return undefined;
}

function frameSize(segment: Buffer): PictureSize | undefined {
  if (segment.length < 5) return undefined;
  const size = { height: segment.readUInt16BE(1), width: segment.readUInt16BE(3) };
  return size.width > 0 && size.height > 0 ? size : undefined;
}

function shown(size: PictureSize | undefined, sideways: boolean): PictureSize | undefined {
  return size && sideways ? { width: size.height, height: size.width } : size;
}

const ORIENTATION = 0x0112;

/** EXIF's orientations 5 to 8 turn the picture by a quarter. */
function isSideways(segment: Buffer): boolean {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return false;
  const tiff = segment.subarray(6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => {
    if (at + 2 > tiff.length) return 0;
    return little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  };
  const long = (at: number) => {
    if (at + 4 > tiff.length) return 0;
    return little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at);
  };
  const directory = long(4);
  for (let entry = 0; entry < short(directory); entry += 1) {
    const at = directory + 2 + 12 * entry;
    if (short(at) === ORIENTATION) return short(at + 8) >= 5 && short(at + 8) <= 8;
  }
  return false;
}
