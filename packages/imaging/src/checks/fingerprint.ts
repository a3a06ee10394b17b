import type { RgbImage } from '../picture/rgb-image.ts';
import { luma } from './colour-space.ts';

const SIDE = 16;
/** The part of the photo that is head, as shares of it: the rest is background and clothes. */
const HEAD = { left: 0.2, right: 0.8, top: 0.1, bottom: 0.7 } as const;

/**
 * A perceptual hash of the head: 256 bits, each telling whether a cell is brighter than its right
 * neighbour, as 64 hexadecimal digits. The same picture, made again or sent through a chat, differs
 * in a few bits; another picture of the same person in many. No face can be rebuilt from it.
 */
export function fingerprintOf(photo: RgbImage): string {
  const cells = reduceHead(photo);
  let digits = '';
  for (let row = 0; row < SIDE; row++) {
    for (let digit = 0; digit < SIDE / 4; digit++) {
      let value = 0;
      for (let bit = 0; bit < 4; bit++) {
        const at = row * (SIDE + 1) + digit * 4 + bit;
        value = (value << 1) | (cells[at]! > cells[at + 1]! ? 1 : 0);
      }
      digits += value.toString(16);
    }
  }
  return digits;
}

/** Mean brightness of 17 × 16 cells. */
function reduceHead({ data, width, height }: RgbImage): Float64Array {
  const cells = new Float64Array((SIDE + 1) * SIDE);
  const left = width * HEAD.left;
  const top = height * HEAD.top;
  const cellWidth = (width * (HEAD.right - HEAD.left)) / (SIDE + 1);
  const cellHeight = (height * (HEAD.bottom - HEAD.top)) / SIDE;
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column <= SIDE; column++) {
      const fromX = Math.round(left + column * cellWidth);
      const fromY = Math.round(top + row * cellHeight);
      const toX = Math.round(left + (column + 1) * cellWidth);
      const toY = Math.round(top + (row + 1) * cellHeight);
      cells[row * (SIDE + 1) + column] = meanLuma(data, width, fromX, fromY, toX, toY);
    }
  }
  return cells;
}

function meanLuma(
  data: Uint8Array,
  width: number,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
): number {
  let sum = 0;
  for (let y = fromY; y < toY; y++) {
    for (let at = (y * width + fromX) * 3; at < (y * width + toX) * 3; at += 3) {
      sum += luma(data[at]!, data[at + 1]!, data[at + 2]!);
    }
  }
  return sum / Math.max(1, (toX - fromX) * (toY - fromY));
}

/** Bits in which two fingerprints differ, 0–256. */
export function fingerprintDistance(p: string, q: string): number {
  let bits = 0;
  for (let i = 0; i < Math.max(p.length, q.length); i++) {
    let difference = Number.parseInt(p[i] ?? '0', 16) ^ Number.parseInt(q[i] ?? '0', 16);
    for (; difference > 0; difference >>= 1) bits += difference & 1;
  }
  return bits;
}
