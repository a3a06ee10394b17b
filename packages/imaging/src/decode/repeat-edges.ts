import type { RgbImage } from '../picture/rgb-image.ts';

/**
 * Puts a picture into a larger one at (`left`, `top`) and repeats its edge pixels outwards.
 * Returns the picture itself when it is as large already.
 */
export function repeatEdges(
  image: RgbImage,
  left: number,
  top: number,
  width: number,
  height: number,
): RgbImage {
  if (image.width === width && image.height === height) return image;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = Math.min(image.height - 1, Math.max(0, y - top));
    fillRow(data.subarray(y * width * 3, (y + 1) * width * 3), image, row, left);
  }
  return { data, width, height };
}

function fillRow(out: Uint8Array, { data, width }: RgbImage, row: number, left: number): void {
  const from = row * width * 3;
  const end = (left + width) * 3;
  out.set(data.subarray(from, from + width * 3), left * 3);
  for (let at = 0; at < left * 3; at++) out[at] = data[from + (at % 3)]!;
  for (let at = end; at < out.length; at++) out[at] = data[from + width * 3 - 3 + (at % 3)]!;
}
