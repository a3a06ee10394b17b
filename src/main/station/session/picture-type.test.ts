import { expect, it } from 'vitest';
import { pictureType } from './picture-type.ts';

it.each([
  ['image/jpeg', [0xff, 0xd8, 0xff, 0xe1]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/webp', [...Buffer.from('RIFF\0\0\0\0WEBPVP8 ')]],
  ['image/heic', [...Buffer.from('\0\0\0\x18ftypheic')]],
  [undefined, [...Buffer.from('\0\0\0\x18ftypisom')]],
  [undefined, [...Buffer.from('RIFF\0\0\0\0WAVE')]],
  [undefined, [...Buffer.from('photo.jpg')]],
  [undefined, [0xff, 0xd8]],
  [undefined, []],
])('%s', (type, bytes) => {
  expect(pictureType(Uint8Array.from(bytes))).toBe(type);
});
