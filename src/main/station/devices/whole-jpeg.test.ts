import { pictureFile } from '@gradshot/testkit';
import { expect, it } from 'vitest';
import { wholeJpeg } from './whole-jpeg.ts';

const picture = pictureFile('a', { width: 6000, height: 4000, bytes: 500 });
const SIZE = { width: 6000, height: 4000 };
const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

function segment(marker: number, content: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}
/** The picture with more between its beginning and its frame. */
const withSegments = (...more: readonly Uint8Array[]) =>
  joined(picture.subarray(0, 2), ...more, picture.subarray(2));

/** `II`: little-endian, as most cameras write it. */
function exif(order: 'II' | 'MM', orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write(order, 'latin1');
  const short = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  short(42, 2);
  long(8, 4);
  short(1, 8);
  short(0x0112, 10);
  short(3, 12);
  long(1, 14);
  short(orientation, 18);
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
}

it('knows the size of a whole picture, with whatever a camera writes behind its end', () => {
  expect(wholeJpeg(picture)).toEqual(SIZE);
  expect(wholeJpeg(joined(picture, new Uint8Array(300)))).toEqual(SIZE);
  expect(wholeJpeg(joined(picture, pictureFile('preview', { width: 1620, height: 1080 })))).toEqual(
    SIZE,
  );
});

it('takes no part of a picture for the whole, wherever it breaks off', () => {
  for (let end = 0; end < picture.length; end += 1)
    expect(wholeJpeg(picture.subarray(0, end)), `${end} bytes`).toBeUndefined();
});

it('is not taken in by the end of a thumbnail, nor by room that is not filled yet', () => {
  const thumbnail = pictureFile('small', { width: 160, height: 120, bytes: 50 });
  const whole = withSegments(segment(0xe1, thumbnail));
  expect(wholeJpeg(whole)).toEqual(SIZE);
  const half = whole.subarray(0, whole.length - 200);
  expect(wholeJpeg(half)).toBeUndefined();
  expect(wholeJpeg(joined(half, new Uint8Array(200)))).toBeUndefined();
});

it('reads over stuffed bytes, restarts, fill bytes and a second scan', () => {
  const scan = Buffer.from([0xff, 0x00, 7, 0xff, 0xd3, 9, 0xff, 0xff, 0x00]);
  const second = segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0]));
  const body = picture.subarray(0, picture.length - 2);
  const end = Buffer.from([0xff, 0xff, 0xd9]);
  expect(wholeJpeg(joined(body, scan, second, scan, end))).toEqual(SIZE);
});

it.each(['II', 'MM'] as const)('turns the size of a camera held upright (%s)', (order) => {
  expect(wholeJpeg(withSegments(exif(order, 1)))).toEqual(SIZE);
  expect(wholeJpeg(withSegments(exif(order, 8)))).toEqual({ width: 4000, height: 6000 });
});

it('takes nothing else for a picture', () => {
  const cut = exif('II', 8);
  expect(wholeJpeg(withSegments(cut.subarray(0, 14)))).toBeUndefined();
  expect(wholeJpeg(Buffer.from("*** Error (-105: 'Unknown model') ***"))).toBeUndefined();
  expect(wholeJpeg(Buffer.from([0xff, 0xd8, 0xff, 0xd9]))).toBeUndefined();
  expect(wholeJpeg(joined(Buffer.from('II*\0'), picture))).toBeUndefined();
});
