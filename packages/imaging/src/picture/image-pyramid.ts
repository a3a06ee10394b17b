import type { RgbImage } from './rgb-image.ts';

/**
 * A picture with its halvings, made when first asked for. Networks see the picture at very
 * different scales (a whole frame in 256 pixels, an eye in 64); sampling the level that is closest
 * costs one look-up per output pixel and does not alias.
 */
export class ImagePyramid {
  readonly #levels: RgbImage[];

  constructor(image: RgbImage) {
    this.#levels = [image];
  }

  get width(): number {
    return this.#levels[0]!.width;
  }

  get height(): number {
    return this.#levels[0]!.height;
  }

  /**
   * The picture halved `level` times, or fewer where it gets too small. One of its pixels spans
   * `scale` pixels of the original.
   */
  level(level: number): { image: RgbImage; scale: number } {
    while (this.#levels.length <= level) {
      const last = this.#levels.at(-1)!;
      if (Math.min(last.width, last.height) < 2) break;
      this.#levels.push(halve(last));
    }
    const reached = Math.min(level, this.#levels.length - 1);
    return { image: this.#levels[reached]!, scale: 2 ** reached };
  }
}

/** Mean of each 2 × 2 block; an odd last row or column is dropped. */
export function halve({ data, width, height }: RgbImage): RgbImage {
  const outWidth = width >> 1;
  const outHeight = height >> 1;
  const out = new Uint8Array(outWidth * outHeight * 3);
  const stride = width * 3;
  let target = 0;
  for (let y = 0; y < outHeight; y++) {
    let a = 2 * y * stride;
    for (let x = 0; x < outWidth; x++, a += 6, target += 3) {
      const b = a + stride;
      // + 2 rounds to nearest; without it every level would get darker by half a step.
      out[target] = (data[a]! + data[a + 3]! + data[b]! + data[b + 3]! + 2) >> 2;
      out[target + 1] = (data[a + 1]! + data[a + 4]! + data[b + 1]! + data[b + 4]! + 2) >> 2;
      out[target + 2] = (data[a + 2]! + data[a + 5]! + data[b + 2]! + data[b + 5]! + 2) >> 2;
    }
  }
  return { data: out, width: outWidth, height: outHeight };
}
