import { createHash } from 'node:crypto';
import { seeded } from '../faults/damage.ts';

/** Of a camera's 12 megapixels at the usual quality. */
const ORIGINAL_BYTES = 1_500_000;
const JPEG_HEAD = [0xff, 0xd8, 0xff, 0xe0];
/** Seed and graduate, behind the head. */
const STAMP_BYTES = 8;

export type Cameraman = {
  /** Other bytes for every graduate, which no compression makes smaller. */
  shoot(graduate: number): Uint8Array<ArrayBuffer>;
};

export function createCameraman(seed: number): Cameraman {
  const random = seeded(seed);
  const noise = Uint8Array.from({ length: ORIGINAL_BYTES }, () => random() * 256);
  noise.set(JPEG_HEAD);
  return {
    shoot(graduate) {
      const picture = noise.slice();
      const stamp = new DataView(picture.buffer, JPEG_HEAD.length, STAMP_BYTES);
      stamp.setUint32(0, seed);
      stamp.setUint32(STAMP_BYTES / 2, graduate);
      return picture;
    },
  };
}

/** The recorded standard photo, told apart by what stands behind its end, where no decoder looks. */
export function standardOf(recorded: Uint8Array, original: Uint8Array): Uint8Array {
  return Buffer.concat([
    recorded,
    original.subarray(JPEG_HEAD.length, JPEG_HEAD.length + STAMP_BYTES),
  ]);
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
