import type { RgbImage } from '../picture/rgb-image.ts';
import type { PrintSize } from './catalogue.ts';
import type { PlacedCell } from './layout.ts';
import type { CutLines } from './plan.ts';

/** Light enough not to show beside a cut that is half a millimetre off. */
const MARK_GREY = 150;
/** A quarter of a millimetre would be 3 pixels; 2 print as a hairline. */
const LINE = 2;
/** 1.5 mm. */
const TICK_LENGTH = 18;

/** A white sheet of paper. */
export function blankPaper({ width, height }: PrintSize): RgbImage {
  return { data: new Uint8Array(width * height * 3).fill(255), width, height };
}

/**
 * Draws the marks before the photos are laid over them, so that no mark ever lies on a photo.
 * `ticks` prolong the photo's edges a little outwards at its corners.
 */
export function drawCutLines(
  paper: RgbImage,
  placed: readonly PlacedCell[],
  style: CutLines,
): void {
  if (style === 'none') return;
  for (const { cell, x, y } of placed) {
    const right = x + cell.width;
    const bottom = y + cell.height;
    if (style === 'outline') {
      fillGrey(paper, x - LINE, y - LINE, right + LINE, bottom + LINE);
      continue;
    }
    for (const edge of [x - LINE, right]) {
      fillGrey(paper, edge, y - TICK_LENGTH, edge + LINE, y);
      fillGrey(paper, edge, bottom, edge + LINE, bottom + TICK_LENGTH);
    }
    for (const edge of [y - LINE, bottom]) {
      fillGrey(paper, x - TICK_LENGTH, edge, x, edge + LINE);
      fillGrey(paper, right, edge, right + TICK_LENGTH, edge + LINE);
    }
  }
}

function fillGrey(paper: RgbImage, left: number, top: number, right: number, bottom: number) {
  const from = Math.max(0, left);
  const to = Math.min(paper.width, right);
  for (let y = Math.max(0, top); y < Math.min(paper.height, bottom); y++) {
    paper.data.fill(MARK_GREY, (y * paper.width + from) * 3, (y * paper.width + to) * 3);
  }
}

/** Lays a photo on the paper, pixel for pixel. */
export function layPhoto(paper: RgbImage, photo: RgbImage, left: number, top: number): void {
  for (let row = 0; row < photo.height; row++) {
    const from = row * photo.width * 3;
    const to = ((top + row) * paper.width + left) * 3;
    paper.data.set(photo.data.subarray(from, from + photo.width * 3), to);
  }
}
