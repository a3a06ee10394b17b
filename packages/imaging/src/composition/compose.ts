import type { Rgb } from '@gradshot/domain';
import type { Cutout } from '../matte/unmix.ts';
import type { RgbImage } from '../picture/rgb-image.ts';

/** The finished photo before JPEG, and the person's coverage of it. */
export type ComposedPhoto = {
  readonly image: RgbImage;
  /** 0–255 per photo pixel. */
  readonly coverage: Uint8Array;
};

/**
 * Puts the cut-out on a plain background and reduces it by `multiple` with plain means. Where the
 * cut-out is all person its pixels are only averaged, never changed; where it is all wall the
 * background is exact to the last value.
 */
export function composePhoto(cutout: Cutout, background: Rgb, multiple: number): ComposedPhoto {
  return multiple === 1
    ? blendInPlace(cutout, background)
    : blendAndReduce(cutout, background, multiple);
}

function blendInPlace({ alpha, colour, width, height }: Cutout, background: Rgb): ComposedPhoto {
  const [red, green, blue] = background;
  const data = new Uint8Array(colour);
  for (let i = 0, at = 0; i < alpha.length; i++, at += 3) {
    const share = alpha[i]!;
    if (share === 255) continue;
    const wall = 255 - share;
    data[at] = (share * colour[at]! + wall * red) / 255 + 0.5;
    data[at + 1] = (share * colour[at + 1]! + wall * green) / 255 + 0.5;
    data[at + 2] = (share * colour[at + 2]! + wall * blue) / 255 + 0.5;
  }
  return { image: { data, width, height }, coverage: alpha };
}

function blendAndReduce(cutout: Cutout, background: Rgb, multiple: number): ComposedPhoto {
  const width = cutout.width / multiple;
  const height = cutout.height / multiple;
  const photo = {
    image: { data: new Uint8Array(width * height * 3), width, height },
    coverage: new Uint8Array(width * height),
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * cutout.width + x) * multiple;
      blendPixel(cutout, from, multiple, background, photo, y * width + x);
    }
  }
  return photo;
}

function blendPixel(
  { alpha, colour, width }: Cutout,
  from: number,
  multiple: number,
  background: Rgb,
  { image: { data }, coverage }: ComposedPhoto,
  to: number,
): void {
  let covered = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let row = from; row < from + multiple * width; row += width) {
    for (let i = row; i < row + multiple; i++) {
      const share = alpha[i]!;
      covered += share;
      red += share * colour[3 * i]!;
      green += share * colour[3 * i + 1]!;
      blue += share * colour[3 * i + 2]!;
    }
  }
  const pixels = multiple * multiple;
  const wall = 255 * pixels - covered;
  const scale = 1 / (255 * pixels);
  coverage[to] = covered / pixels + 0.5;
  data[3 * to] = (red + wall * background[0]) * scale + 0.5;
  data[3 * to + 1] = (green + wall * background[1]) * scale + 0.5;
  data[3 * to + 2] = (blue + wall * background[2]) * scale + 0.5;
}
