import { boxMean } from './box-filter.ts';
import type { CoarseGrid } from './coarse-grid.ts';

/** Values per cell: three slopes and an offset. */
export const GUIDE_VALUES = 4;

/** Windows of 9 × 9 cells reach from sure wall to sure person across the whole unknown band. */
const RADIUS = 4;
/** Small, because a wall and a shirt may differ by a few hundredths only. */
const EPSILON = 1e-6;
/** Before a busy background, where following every small difference would follow it too. */
const BUSY_EPSILON = 1e-3;

/**
 * Colour guided filter (He, Sun, Tang 2013) on the coarse grid: in every window coverage is taken
 * as linear in the colour, so that its outline snaps to the picture's. `coverage`: 0–1 per cell.
 * `busy`: 0 before a plain wall, 1 before a busy background.
 * Returns per cell the slopes for R, G, B and the offset, interleaved: coverage = s · colour + o.
 */
export function guidePrior(grid: CoarseGrid, coverage: Float32Array, busy: number): Float32Array {
  const { width, height } = grid;
  const count = width * height;
  const scratch = new Float32Array(count);
  const smooth = (plane: Float32Array) => boxMean(plane, width, height, RADIUS, plane, scratch);
  const moments = products(grid, coverage);
  for (const plane of moments) smooth(plane);
  const model = solveWindows(moments, count, EPSILON + busy * BUSY_EPSILON);
  for (const plane of model) smooth(plane);
  return interleave(model, count);
}

/** R, G, B, prior, then R², RG, RB, G², GB, B², then R, G, B times the prior. */
function products({ colour }: CoarseGrid, coverage: Float32Array): Float32Array[] {
  const count = coverage.length;
  const planes = Array.from({ length: 13 }, () => new Float32Array(count));
  const [r, g, b, p, rr, rg, rb, gg, gb, bb, rp, gp, bp] = planes as FixedPlanes;
  for (let i = 0; i < count; i++) {
    const red = colour[3 * i]!;
    const green = colour[3 * i + 1]!;
    const blue = colour[3 * i + 2]!;
    const value = coverage[i]!;
    r[i] = red;
    g[i] = green;
    b[i] = blue;
    p[i] = value;
    rr[i] = red * red;
    rg[i] = red * green;
    rb[i] = red * blue;
    gg[i] = green * green;
    gb[i] = green * blue;
    bb[i] = blue * blue;
    rp[i] = red * value;
    gp[i] = green * value;
    bp[i] = blue * value;
  }
  return planes;
}

type Plane = Float32Array;
type FixedPlanes = [
  r: Plane,
  g: Plane,
  b: Plane,
  p: Plane,
  rr: Plane,
  rg: Plane,
  rb: Plane,
  gg: Plane,
  gb: Plane,
  bb: Plane,
  rp: Plane,
  gp: Plane,
  bp: Plane,
];

/** Solves covariance · slopes = covariance with the prior, by the adjugate of the 3 × 3 matrix. */
function solveWindows(
  moments: readonly Float32Array[],
  count: number,
  epsilon: number,
): Float32Array[] {
  const [r, g, b, p, rr, rg, rb, gg, gb, bb, rp, gp, bp] = moments as FixedPlanes;
  const model = Array.from({ length: GUIDE_VALUES }, () => new Float32Array(count));
  const [slopeR, slopeG, slopeB, offset] = model as [Plane, Plane, Plane, Plane];
  for (let i = 0; i < count; i++) {
    const x = r[i]!;
    const y = g[i]!;
    const z = b[i]!;
    const mean = p[i]!;
    if (mean <= 0 || mean >= 1) {
      offset[i] = mean;
      continue;
    }
    const xx = rr[i]! - x * x + epsilon;
    const xy = rg[i]! - x * y;
    const xz = rb[i]! - x * z;
    const yy = gg[i]! - y * y + epsilon;
    const yz = gb[i]! - y * z;
    const zz = bb[i]! - z * z + epsilon;
    const cx = rp[i]! - x * mean;
    const cy = gp[i]! - y * mean;
    const cz = bp[i]! - z * mean;
    const ax = yy * zz - yz * yz;
    const ay = xz * yz - xy * zz;
    const az = xy * yz - xz * yy;
    const scale = 1 / (xx * ax + xy * ay + xz * az);
    const sx = (ax * cx + ay * cy + az * cz) * scale;
    const sy = (ay * cx + (xx * zz - xz * xz) * cy + (xy * xz - xx * yz) * cz) * scale;
    const sz = (az * cx + (xy * xz - xx * yz) * cy + (xx * yy - xy * xy) * cz) * scale;
    slopeR[i] = sx;
    slopeG[i] = sy;
    slopeB[i] = sz;
    offset[i] = mean - sx * x - sy * y - sz * z;
  }
  return model;
}

function interleave(planes: readonly Float32Array[], count: number): Float32Array {
  const out = new Float32Array(count * planes.length);
  planes.forEach((plane, c) => {
    for (let i = 0, at = c; i < count; i++, at += planes.length) out[at] = plane[i]!;
  });
  return out;
}
