/**
 * A decoded picture of any size, held once and passed by reference between the stages.
 * `data`: interleaved R, G, B; one byte each, 0–255, sRGB; rows top to bottom, no padding, so
 * `data.length === width * height * 3`. `width`, `height` in pixels.
 */
export type RgbImage = {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
};
