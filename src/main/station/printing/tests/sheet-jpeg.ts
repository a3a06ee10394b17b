/** The markers of a JPEG of that size, without a picture in it. */
export function sheetJpeg(width: number, height: number): Uint8Array<ArrayBuffer> {
  const frame = [
    0xff,
    0xc0,
    0,
    11,
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    1,
    1,
    17,
    0,
  ];
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34];
  return Uint8Array.from([0xff, 0xd8, ...frame, ...scan, 0xff, 0xd9]);
}
