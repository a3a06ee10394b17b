import type { RgbImage } from '../picture/rgb-image.ts';
import type { CoarseGrid } from './coarse-grid.ts';
import type { Trimap } from './trimap.ts';
import type { Cutout } from './unmix.ts';
import { WALL_VALUES, type WallPlate } from './wall-plate.ts';

/** A loop lies at most this many cells inside the outline, 12 pixels of a 480-pixel-wide photo. */
const REACH = 3;
/** Cells around one from which the hair's own colour is taken. */
const NEIGHBOURHOOD = 3;
/** Squared colour difference between hair and wall below which no loop can be told from a shine. */
const MIN_CONTRAST = 1.2;
/** Distance from the wall's colour, in units of the hair's distance: all wall, and all hair. */
const ALL_WALL = 0.12;
const ALL_HAIR = 0.45;
/** Before a background less plain than this its colour proves nothing. */
const MAX_RESIDUAL = 0.03;

/**
 * Opens the gaps between locks through which the wall is seen, where the mask is sure of a person.
 * Only dark hair before a light wall has them to see, and only pixels of nearly the wall's own
 * colour are opened, so that highlights stay. Changes the cut-out in place.
 */
export function openHairLoops(
  frame: RgbImage,
  grid: CoarseGrid,
  { foreground }: Trimap,
  wall: WallPlate,
  cutout: Cutout,
): void {
  if (wall.residual > MAX_RESIDUAL) return;
  const { width, height } = grid;
  for (let y = REACH; y < height - REACH; y++) {
    for (let x = REACH; x < width - REACH; x++) {
      const cell = y * width + x;
      if (foreground[cell] === 0 || isDeep(foreground, cell, width)) continue;
      const hair = hairColour(grid, foreground, wall.cells, cell);
      if (hair) openCell(frame, grid, wall.cells, cutout, hair, x, y);
    }
  }
}

/** True when the outline is farther than a loop can be: the far ends of a cross are person. */
function isDeep(foreground: Float32Array, cell: number, width: number): boolean {
  const down = REACH * width;
  return (
    foreground[cell - REACH]! +
      foreground[cell + REACH]! +
      foreground[cell - down]! +
      foreground[cell + down]! ===
    4
  );
}

type Hair = {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** Squared difference from the wall. */
  readonly contrast: number;
};

/** Mean colour nearby, cells the more unlike the wall the more they count. */
function hairColour(
  { colour, width, height }: CoarseGrid,
  foreground: Float32Array,
  wall: Float32Array,
  cell: number,
): Hair | undefined {
  const at = cell * WALL_VALUES;
  let weight = 1e-6;
  let red = 0;
  let green = 0;
  let blue = 0;
  const x = cell % width;
  const y = (cell - x) / width;
  const toY = Math.min(height - 1, y + NEIGHBOURHOOD);
  const toX = Math.min(width - 1, x + NEIGHBOURHOOD);
  for (let row = Math.max(0, y - NEIGHBOURHOOD); row <= toY; row++) {
    for (let column = Math.max(0, x - NEIGHBOURHOOD); column <= toX; column++) {
      const i = row * width + column;
      if (foreground[i] === 0) continue;
      const r = colour[3 * i]!;
      const g = colour[3 * i + 1]!;
      const b = colour[3 * i + 2]!;
      const unlike = (r - wall[at]!) ** 2 + (g - wall[at + 1]!) ** 2 + (b - wall[at + 2]!) ** 2;
      weight += unlike;
      red += unlike * r;
      green += unlike * g;
      blue += unlike * b;
    }
  }
  red /= weight;
  green /= weight;
  blue /= weight;
  // before a dark wall it would be the dark parts of clothes and ears that look like wall
  if (red + green + blue > wall[at]! + wall[at + 1]! + wall[at + 2]!) return undefined;
  const contrast =
    (red - wall[at]!) ** 2 + (green - wall[at + 1]!) ** 2 + (blue - wall[at + 2]!) ** 2;
  return contrast > MIN_CONTRAST ? { red, green, blue, contrast } : undefined;
}

function openCell(
  { data, width, height }: RgbImage,
  grid: CoarseGrid,
  wall: Float32Array,
  { alpha, colour }: Cutout,
  hair: Hair,
  cellX: number,
  cellY: number,
): void {
  const at = (cellY * grid.width + cellX) * WALL_VALUES;
  const toY = Math.min(height, (cellY + 1) * grid.step);
  const toX = Math.min(width, (cellX + 1) * grid.step);
  for (let y = cellY * grid.step; y < toY; y++) {
    for (let x = cellX * grid.step; x < toX; x++) {
      const i = y * width + x;
      const difference =
        (data[3 * i]! / 255 - wall[at]!) ** 2 +
        (data[3 * i + 1]! / 255 - wall[at + 1]!) ** 2 +
        (data[3 * i + 2]! / 255 - wall[at + 2]!) ** 2;
      const distance = Math.sqrt(difference / hair.contrast);
      if (distance >= ALL_HAIR) continue;
      const share = Math.max(0, (distance - ALL_WALL) / (ALL_HAIR - ALL_WALL));
      alpha[i] = Math.min(alpha[i]!, share * 255 + 0.5);
      colour[3 * i] = hair.red * 255 + 0.5;
      colour[3 * i + 1] = hair.green * 255 + 0.5;
      colour[3 * i + 2] = hair.blue * 255 + 0.5;
    }
  }
}
