import { describe, expect, it } from 'vitest';
import { wholePicture } from '../picture/crop.ts';
import { ImagePyramid } from '../picture/image-pyramid.ts';
import { MASK_SIZE } from '../segmentation/person-mask.ts';
import { wallEvenness } from './wall-evenness.ts';

const SIZE = 256;

function wall(colour: (x: number, y: number) => [number, number, number]): ImagePyramid {
  const data = new Uint8Array(SIZE * SIZE * 3);
  for (let i = 0; i < SIZE * SIZE; i++) data.set(colour(i % SIZE, Math.floor(i / SIZE)), 3 * i);
  return new ImagePyramid({ data, width: SIZE, height: SIZE });
}

/** A person in the lower middle; the same square is black in `wallWithPerson`. */
const isPerson = (x: number, y: number) => Math.abs(x - 128) < 60 && y > 80;
const mask = Float32Array.from({ length: MASK_SIZE ** 2 }, (_, i) =>
  isPerson(i % MASK_SIZE, Math.floor(i / MASK_SIZE)) ? 1 : 0,
);

function evenness(colour: (x: number, y: number) => [number, number, number]) {
  const pyramid = wall((x, y) => (isPerson(x, y) ? [0, 0, 0] : colour(x, y)));
  return wallEvenness(pyramid, wholePicture(pyramid), mask);
}

describe('wallEvenness', () => {
  it('is nothing for a plain wall, whatever the person wears', () => {
    const { lightness, colour } = evenness(() => [220, 218, 215])!;
    expect(lightness).toBeLessThan(0.1);
    expect(colour).toBeLessThan(0.1);
  });

  it('grows with light and dark', () => {
    const { lightness, colour } = evenness((x) => (x < 128 ? [230, 230, 230] : [120, 120, 120]))!;
    expect(lightness).toBeGreaterThan(15);
    expect(colour).toBeLessThan(1);
  });

  it('grows with colours of one brightness', () => {
    const { colour } = evenness((x) => (x < 128 ? [200, 130, 130] : [120, 160, 140]))!;
    expect(colour).toBeGreaterThan(10);
  });

  it('says nothing where hardly any wall is seen', () => {
    const pyramid = wall(() => [200, 200, 200]);
    const full = new Float32Array(MASK_SIZE ** 2).fill(1);
    expect(wallEvenness(pyramid, wholePicture(pyramid), full)).toBeUndefined();
  });
});
