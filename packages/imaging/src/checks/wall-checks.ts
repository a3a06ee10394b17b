import type { CheckResult } from '@gradshot/domain';
import type { CoarseGrid } from '../matte/coarse-grid.ts';
import { chroma, hueDeg, type Lab, labDistance, toLab } from './colour-space.ts';
import type { MeasuredPhoto } from './measured-photo.ts';
import { hintIn } from './photo-hints.ts';
import { holdAbove, holdBelow } from './verdict.ts';

/** Every so many cells are read; the wall is large and smooth. */
const STRIDE = 3;
/** With less of the picture than this showing wall, nothing is said about it. */
const MIN_WALL_CELLS = 200;

export function wallChecks(measured: MeasuredPhoto): CheckResult[] {
  const { matte, profile } = measured;
  const { thresholds } = profile;
  const { wallResidual, wallLightness, colourCast } = thresholds;
  const wall = wallColours(matte.grid, matte.visibleWall);
  const seen = wall.length * STRIDE * STRIDE >= MIN_WALL_CELLS;
  const hint = hintIn(measured, 'wall');
  const plain = seen && matte.wallResidual <= wallResidual.warn;
  return [
    holdBelow(
      'wall.plain',
      seen ? matte.wallResidual * 100 : null,
      { warn: wallResidual.warn * 100, fail: wallResidual.fail * 100 },
      { problem: 'wallNotPlain', hint },
    ),
    holdBelow('wall.shadow', seen ? lightnessSpread(wall) : null, wallLightness, {
      problem: 'wallShadow',
      hint,
    }),
    holdAbove('wall.replaced', seen ? unevenness(wall) : null, thresholds.wallUnevenness, {
      problem: 'wallEdited',
      hint,
    }),
    // the colour of a busy background says nothing about the light
    holdBelow('light.colourCast', plain ? cast(wall) : null, colourCast, {
      problem: 'colourCast',
      hint,
    }),
  ];
}

function wallColours(grid: CoarseGrid, visibleWall: Float32Array): Lab[] {
  const colours: Lab[] = [];
  for (let y = 0; y < grid.height; y += STRIDE) {
    for (let x = 0; x < grid.width; x += STRIDE) {
      const i = y * grid.width + x;
      if (visibleWall[i] === 1) colours.push(labOfCell(grid, i));
    }
  }
  return colours;
}

function labOfCell({ colour }: CoarseGrid, i: number): Lab {
  return toLab(colour[3 * i]! * 255, colour[3 * i + 1]! * 255, colour[3 * i + 2]! * 255);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function lightnessSpread(wall: readonly Lab[]): number {
  const middle = mean(wall.map(({ l }) => l));
  return Math.sqrt(mean(wall.map(({ l }) => (l - middle) ** 2)));
}

/** Standard deviation of the wall's colour in all three of L*a*b*: no lamp lights a wall evenly. */
function unevenness(wall: readonly Lab[]): number {
  const spread = (axis: (colour: Lab) => number) => {
    const middle = mean(wall.map(axis));
    return mean(wall.map((colour) => (axis(colour) - middle) ** 2));
  };
  return Math.sqrt(spread(({ l }) => l) + spread(({ a }) => a) + spread(({ b }) => b));
}

/** The stronger of the wall's two colour axes: a white or grey wall has neither. */
function cast(wall: readonly Lab[]): number {
  return Math.max(Math.abs(mean(wall.map(({ a }) => a))), Math.abs(mean(wall.map(({ b }) => b))));
}

/** A background paler than this has no colour that clothes could share. */
const COLOURED_BACKGROUND = 15;
/** Clothes as far as this from the background's hue, degrees, are another colour. */
const SAME_HUE = 35;
/** Below this clothes are grey, below this L* they are black, whatever their hue. */
const COLOURED_CLOTHES = 14;
const DARK_CLOTHES = 20;
/** With fewer cells of clothes than this in the photo, nothing is said about them. */
const MIN_TORSO = 10;

export function clothesChecks(measured: MeasuredPhoto): CheckResult[] {
  const { profile } = measured;
  const { blueClothes, clothesContrast } = profile.thresholds;
  const background = toLab(...profile.background);
  const hint = hintIn(measured, 'clothes');
  const torso = torsoColours(measured);
  const alike = torso.filter((colour) => hasHueOf(colour, background)).length;
  const coloured = chroma(background) > COLOURED_BACKGROUND;
  const share = torso.length < MIN_TORSO ? null : alike / torso.length;
  return [
    holdBelow(
      'clothes.blue',
      coloured ? share && share * 100 : 0,
      { warn: blueClothes.warn * 100, fail: blueClothes.fail * 100 },
      { problem: 'changeClothes', hint },
    ),
    holdAbove('clothes.contrast', contrastWithWall(measured), clothesContrast, {
      problem: 'clothesLikeWall',
      hint,
    }),
  ];
}

function hasHueOf(colour: Lab, background: Lab): boolean {
  if (chroma(colour) < COLOURED_CLOTHES || colour.l < DARK_CLOTHES) return false;
  const turn = Math.abs(hueDeg(colour) - hueDeg(background));
  return Math.min(turn, 360 - turn) < SAME_HUE;
}

/** Cells of the photo below the chin that are surely person. */
function torsoColours({ geometry, matte, profile }: MeasuredPhoto): Lab[] {
  const { grid } = matte;
  const cellsPerPixel = grid.width / profile.width;
  const from = Math.round(torsoTop(geometry) * cellsPerPixel);
  const colours: Lab[] = [];
  for (let y = from; y < grid.height; y += STRIDE) {
    for (let x = 0; x < grid.width; x += STRIDE) {
      const i = y * grid.width + x;
      if (grid.prior[i]! > 0.9) colours.push(labOfCell(grid, i));
    }
  }
  return colours;
}

/** Below the chin and half a neck: the face is about as high above the eyes as below. */
function torsoTop({ eyeLineY, faceWidth }: MeasuredPhoto['geometry']): number {
  return eyeLineY + 1.25 * faceWidth;
}

/** Cells on either side of the clothes' outline that are compared. */
const REACH = 3;
/** Fewer places than this along the outline are no sample. */
const MIN_OUTLINE = 10;

/** Median ΔE between clothes just inside the outline and wall just outside; null if unseen. */
function contrastWithWall({ geometry, matte, profile }: MeasuredPhoto): number | null {
  const { grid } = matte;
  const { width, height, prior } = grid;
  const from = Math.round((geometry.eyeLineY + geometry.faceWidth) * (width / profile.width));
  const differences: number[] = [];
  const compare = (i: number, step: number) => {
    if (prior[i - step]! >= 0.5 === prior[i]! >= 0.5) return;
    const inside = labOfCell(grid, i + REACH * step);
    differences.push(labDistance(inside, labOfCell(grid, i - (REACH + 1) * step)));
  };
  for (let y = Math.max(from, REACH + 1); y < height - REACH; y++) {
    for (let x = REACH + 1; x < width - REACH; x++) {
      compare(y * width + x, 1);
      compare(y * width + x, width);
    }
  }
  if (differences.length < MIN_OUTLINE) return null;
  return differences.sort((p, q) => p - q)[differences.length >> 1]!;
}
