const APP0 = 0xe0;
const APP1 = 0xe1;
const DOTS_PER_INCH = 1;

/**
 * Rewrites the start of a baseline JPEG so that it says what a portal looks for and nothing else:
 * JFIF density in dots per inch, then an EXIF block with the same density and "sRGB". Every other
 * application segment and comment is left out. `jpeg`: a file as libjpeg writes it.
 */
export function writeHeader(jpeg: Uint8Array, dpi: number): Uint8Array {
  const body = jpeg.subarray(endOfApplicationSegments(jpeg));
  return Buffer.concat([Buffer.from([0xff, 0xd8]), jfifSegment(dpi), exifSegment(dpi), body]);
}

function endOfApplicationSegments(jpeg: Uint8Array): number {
  let offset = 2;
  while (isApplicationOrComment(jpeg[offset + 1]!)) {
    offset += 2 + ((jpeg[offset + 2]! << 8) | jpeg[offset + 3]!);
  }
  return offset;
}

function isApplicationOrComment(marker: number): boolean {
  return (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
}

function jfifSegment(dpi: number): Buffer {
  const payload = Buffer.alloc(14);
  payload.write('JFIF\0', 0, 'latin1');
  payload.writeUInt16BE(0x0101, 5);
  payload.writeUInt8(DOTS_PER_INCH, 7);
  payload.writeUInt16BE(dpi, 8);
  payload.writeUInt16BE(dpi, 10);
  return segment(APP0, payload);
}

/** TIFF field types (TIFF 6.0, section 2). */
const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;
const EXIF_IFD_OFFSET = 8 + 2 + 4 * 12 + 4;
const RATIONALS_OFFSET = EXIF_IFD_OFFSET + 2 + 12 + 4;

function exifSegment(dpi: number): Buffer {
  const tiff = Buffer.alloc(RATIONALS_OFFSET + 16);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(4, 8);
  writeField(tiff, 10, { tag: 0x011a, type: RATIONAL, value: RATIONALS_OFFSET }); // XResolution
  writeField(tiff, 22, { tag: 0x011b, type: RATIONAL, value: RATIONALS_OFFSET + 8 }); // YResolution
  writeField(tiff, 34, { tag: 0x0128, type: SHORT, value: 2 }); // ResolutionUnit: inch
  writeField(tiff, 46, { tag: 0x8769, type: LONG, value: EXIF_IFD_OFFSET });
  tiff.writeUInt16BE(1, EXIF_IFD_OFFSET);
  writeField(tiff, EXIF_IFD_OFFSET + 2, { tag: 0xa001, type: SHORT, value: 1 }); // ColorSpace: sRGB
  for (const offset of [RATIONALS_OFFSET, RATIONALS_OFFSET + 8]) {
    tiff.writeUInt32BE(dpi, offset);
    tiff.writeUInt32BE(1, offset + 4);
  }
  return segment(APP1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
}

function writeField(
  tiff: Buffer,
  offset: number,
  field: { tag: number; type: number; value: number },
): void {
  tiff.writeUInt16BE(field.tag, offset);
  tiff.writeUInt16BE(field.type, offset + 2);
  tiff.writeUInt32BE(1, offset + 4);
  if (field.type === SHORT) tiff.writeUInt16BE(field.value, offset + 8);
  else tiff.writeUInt32BE(field.value, offset + 8);
}

function segment(marker: number, payload: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
}
