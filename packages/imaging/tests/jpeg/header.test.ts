import sharp from 'sharp';
import { expect, it } from 'vitest';
import { writeHeader } from '../../src/jpeg/header.ts';

const picture = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } });

it.each([72, 300, 350])(
  'says %i dots per inch in both directions, in JFIF and in EXIF',
  async (dpi) => {
    const file = Buffer.from(writeHeader(await picture().jpeg().toBuffer(), dpi));
    const jfif = file.indexOf('JFIF\0', 0, 'latin1');
    // unit, horizontal and vertical density (ITU-T T.871, 10.1)
    expect(file[jfif + 7]).toBe(1);
    expect([file.readUInt16BE(jfif + 8), file.readUInt16BE(jfif + 10)]).toEqual([dpi, dpi]);
    const tiff = file.indexOf('Exif\0\0', 0, 'latin1') + 6;
    for (const tag of [0x011a, 0x011b])
      expect(rational(file.subarray(tiff), tag)).toEqual([dpi, 1]);
    expect((await sharp(file).metadata()).density).toBe(dpi);
  },
);

/** Numerator and denominator of a field of the first directory (TIFF 6.0, section 2). */
function rational(tiff: Buffer, tag: number): [number, number] {
  const directory = tiff.readUInt32BE(4);
  const count = tiff.readUInt16BE(directory);
  for (let entry = directory + 2; entry < directory + 2 + 12 * count; entry += 12) {
    if (tiff.readUInt16BE(entry) !== tag) continue;
    const at = tiff.readUInt32BE(entry + 8);
    return [tiff.readUInt32BE(at), tiff.readUInt32BE(at + 4)];
  }
  throw new Error(`no field ${tag}`);
}
