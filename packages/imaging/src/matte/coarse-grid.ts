import type { RgbImage } from '../picture/rgb-image.ts';

/**
 * The frame reduced by a whole factor, where everything that varies slowly (wall, local colours,
 * prior) is estimated. One cell is 4 pixels of a 480-pixel-wide photo.
 */
export type CoarseGrid = {
  /** Frame pixels per cell side. */
  readonly step: number;
  readonly width: number;
  readonly height: number;
  /** Interleaved R, G, B means, 0–1. */
  readonly colour: Float32Array;
  /** The person mask at the cells' centres, 0–1. */
  readonly prior: Float32Array;
  /** 1 where the cell lies on the source picture, 0 where the frame reaches beyond it. */
  readonly onSource: Uint8Array;
  /** Coverage of the frame's pixels, 0–1, where a matting network gave it. */
  readonly known?: Float32Array;
};

/**
 * Cells across the frame. Twice as many were slower and no better: the models that are fitted here
 * vary more slowly than the outline, which the pixels themselves give.
 */
const CELLS_ACROSS = 120;

/** Part of the frame that shows the source picture; the rest lies beyond the source's edge. */
export type FrameArea = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** Where the square person mask lies on the frame, in frame pixels. */
export type MaskPlacement = {
  readonly mask: Float32Array;
  readonly size: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export function makeCoarseGrid(
  frame: RgbImage,
  placement: MaskPlacement,
  area: FrameArea,
  known?: Float32Array,
): CoarseGrid {
  const step = Math.max(1, Math.round(frame.width / CELLS_ACROSS));
  const width = Math.ceil(frame.width / step);
  const height = Math.ceil(frame.height / step);
  const colour = averageCells(frame, step, width, height);
  const prior = known
    ? averageCoverage(known, frame, step, width, height)
    : sampleMask(placement, step, width, height);
  const onSource = markSource(area, step, width, height);
  for (let i = 0; i < prior.length; i++) if (onSource[i] === 0) prior[i] = 0;
  return { step, width, height, colour, prior, onSource, ...(known ? { known } : {}) };
}

function averageCells(
  { data, width: frameWidth, height: frameHeight }: RgbImage,
  step: number,
  width: number,
  height: number,
): Float32Array {
  const sums = new Int32Array(width * 3);
  const colour = new Float32Array(width * height * 3);
  for (let cellY = 0; cellY < height; cellY++) {
    sums.fill(0);
    const rows = Math.min(step, frameHeight - cellY * step);
    for (let row = 0; row < rows; row++) {
      addRow(data, (cellY * step + row) * frameWidth * 3, frameWidth, step, sums);
    }
    for (let cellX = 0, at = 0; cellX < width; cellX++, at += 3) {
      const columns = Math.min(step, frameWidth - cellX * step);
      const share = 1 / (255 * rows * columns);
      const to = (cellY * width + cellX) * 3;
      colour[to] = sums[at]! * share;
      colour[to + 1] = sums[at + 1]! * share;
      colour[to + 2] = sums[at + 2]! * share;
    }
  }
  return colour;
}

function addRow(
  data: Uint8Array,
  start: number,
  frameWidth: number,
  step: number,
  sums: Int32Array,
): void {
  let from = start;
  for (let x = 0, cell = 0; x < frameWidth; cell += 3) {
    const end = Math.min(x + step, frameWidth);
    let red = 0;
    let green = 0;
    let blue = 0;
    for (; x < end; x++, from += 3) {
      red += data[from]!;
      green += data[from + 1]!;
      blue += data[from + 2]!;
    }
    sums[cell]! += red;
    sums[cell + 1]! += green;
    sums[cell + 2]! += blue;
  }
}

function sampleMask(
  { mask, size, ...placed }: MaskPlacement,
  step: number,
  width: number,
  height: number,
): Float32Array {
  const out = new Float32Array(width * height);
  const last = size - 1;
  for (let y = 0; y < height; y++) {
    const my = clamp((((y + 0.5) * step - placed.y) / placed.height) * size - 0.5, last);
    const top = my | 0;
    const fy = my - top;
    const upper = top * size;
    const lower = Math.min(top + 1, last) * size;
    for (let x = 0; x < width; x++) {
      const mx = clamp((((x + 0.5) * step - placed.x) / placed.width) * size - 0.5, last);
      const left = mx | 0;
      const right = Math.min(left + 1, last);
      const fx = mx - left;
      const above = mask[upper + left]! * (1 - fx) + mask[upper + right]! * fx;
      const below = mask[lower + left]! * (1 - fx) + mask[lower + right]! * fx;
      out[y * width + x] = above * (1 - fy) + below * fy;
    }
  }
  return out;
}

function averageCoverage(
  known: Float32Array,
  frame: Pick<RgbImage, 'width' | 'height'>,
  step: number,
  width: number,
  height: number,
): Float32Array {
  const out = new Float32Array(width * height);
  for (let cell = 0; cell < out.length; cell++) {
    const left = (cell % width) * step;
    const top = Math.floor(cell / width) * step;
    const right = Math.min(left + step, frame.width);
    const bottom = Math.min(top + step, frame.height);
    let sum = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) sum += known[y * frame.width + x]!;
    }
    out[cell] = sum / ((right - left) * (bottom - top));
  }
  return out;
}

function clamp(value: number, max: number): number {
  return value < 0 ? 0 : value > max ? max : value;
}

function markSource(area: FrameArea, step: number, width: number, height: number): Uint8Array {
  const out = new Uint8Array(width * height);
  const fromX = Math.ceil(area.left / step);
  const toX = Math.floor(area.right / step);
  const fromY = Math.ceil(area.top / step);
  const toY = Math.floor(area.bottom / step);
  for (let y = Math.max(0, fromY); y < Math.min(height, toY); y++) {
    out.fill(1, y * width + Math.max(0, fromX), y * width + Math.min(width, toX));
  }
  return out;
}
