/** One JPEG marker segment. `data`: at most 65,533 bytes. */
export function jpegSegment(marker: number, data: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** Puts segments behind the start of a JPEG. */
export function insertSegments(jpeg: Uint8Array, ...segments: readonly Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** Offset of the first segment with one of the markers, or −1. */
export function findSegment(jpeg: Uint8Array, markers: readonly number[]): number {
  let offset = 2;
  while (offset + 4 <= jpeg.length && jpeg[offset] === 0xff) {
    if (markers.includes(jpeg[offset + 1]!)) return offset;
    offset += 2 + ((jpeg[offset + 2]! << 8) | jpeg[offset + 3]!);
  }
  return -1;
}

const APP1 = 0xe1;

/** An EXIF block of raw TIFF bytes. */
export function exifSegment(tiff: Uint8Array): Buffer {
  return jpegSegment(APP1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
}

/** An EXIF block whose directories point at one another in a circle, `depth` of them. */
export function circularExif(depth: number): Buffer {
  const size = 2 + 12 + 4;
  const tiff = Buffer.alloc(8 + depth * size);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  for (let i = 0; i < depth; i++) {
    const at = 8 + i * size;
    const next = 8 + ((i + 1) % depth) * size;
    tiff.writeUInt16BE(1, at);
    tiff.writeUInt16BE(0x8769, at + 2);
    tiff.writeUInt16BE(4, at + 4);
    tiff.writeUInt32BE(1, at + 6);
    tiff.writeUInt32BE(next, at + 10);
    tiff.writeUInt32BE(next, at + 14);
  }
  return exifSegment(tiff);
}

/** An EXIF block with one field of any tag, type and number of values. */
export function exifField(tag: number, type: number, count: number, value: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(tag, 10);
  tiff.writeUInt16BE(type, 12);
  tiff.writeUInt32BE(count >>> 0, 14);
  tiff.writeUInt32BE(value >>> 0, 18);
  return exifSegment(tiff);
}
