import { boxMean } from './box-filter.ts';
import type { CoarseGrid } from './coarse-grid.ts';
import { borrowPlane } from './plane-pool.ts';

/** Values per cell: three slopes and an offset. */
export const GUIDE_VALUES = 4;

/** Windows of 9 × 9 cells reach from sure wall to sure person across the whole unknown band. */
const RADIUS = 4;
/** Small, because a wall and a shirt may differ by a few hundredths only. */
const EPSILON = 1e-6;
/** Before a busy background, where following every small difference would follow it too. */
const BUSY_EPSILON = 1e-3;

type Plane = Float32Array;

/**
 * Colour guided filter (He, Sun, Tang 2013) on the coarse grid: in every window coverage is taken
 * as linear in the colour, so that its outline snaps to the picture's. The colours' own moments
 * are worked out once for all rounds.
 */
export class PriorGuide {
  readonly #width: number;
  readonly #height: number;
  readonly #scratch: Plane;
  /** R, G, B per plane as they are, and their window means. */
  readonly #colour: readonly [Plane, Plane, Plane];
  readonly #means: readonly [Plane, Plane, Plane];
  /** The inverse covariance's six different entries per window. */
  readonly #inverse: readonly [Plane, Plane, Plane, Plane, Plane, Plane];

  /** `busy`: 0 before a plain wall, 1 before a busy background. */
  constructor({ width, height, colour }: CoarseGrid, busy: number) {
    this.#width = width;
    this.#height = height;
    this.#scratch = borrowPlane(width * height);
    const [r, g, b] = splitChannels(colour);
    this.#colour = [r, g, b];
    this.#means = [this.#mean(r), this.#mean(g), this.#mean(b)];
    const moments = [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 1],
      [1, 2],
      [2, 2],
    ] as const;
    this.#inverse = moments.map(([p, q]) => this.#covariance(p, q)) as unknown as [
      Plane,
      Plane,
      Plane,
      Plane,
      Plane,
      Plane,
    ];
    invertCovariances(this.#inverse, EPSILON + busy * BUSY_EPSILON);
  }

  /**
   * `coverage`: 0–1 per cell. Returns per cell the slopes for R, G, B and the offset, interleaved:
   * coverage = slopes · colour + offset.
   */
  fit(coverage: Plane): Float32Array {
    const mean = this.#mean(coverage);
    const [r, g, b] = this.#colour.map((plane) => this.#meanOfProduct(plane, coverage)) as [
      Plane,
      Plane,
      Plane,
    ];
    const offset = this.#solve(r, g, b, mean);
    for (const plane of [r, g, b, offset]) this.#meanInPlace(plane);
    return interleave(r, g, b, offset);
  }

  #mean(plane: Plane): Plane {
    const out = borrowPlane(plane.length);
    boxMean(plane, this.#width, this.#height, RADIUS, out, this.#scratch);
    return out;
  }

  #meanInPlace(plane: Plane): void {
    boxMean(plane, this.#width, this.#height, RADIUS, plane, this.#scratch);
  }

  #meanOfProduct(p: Plane, q: Plane): Plane {
    const product = borrowPlane(p.length);
    for (let i = 0; i < p.length; i++) product[i] = p[i]! * q[i]!;
    this.#meanInPlace(product);
    return product;
  }

  #covariance(first: 0 | 1 | 2, second: 0 | 1 | 2): Plane {
    const out = this.#meanOfProduct(this.#colour[first], this.#colour[second]);
    const p = this.#means[first];
    const q = this.#means[second];
    for (let i = 0; i < out.length; i++) out[i]! -= p[i]! * q[i]!;
    return out;
  }

  /** Turns the means of colour times coverage into slopes, in place; returns the offsets. */
  #solve(r: Plane, g: Plane, b: Plane, mean: Plane): Plane {
    const [meanR, meanG, meanB] = this.#means;
    const [xx, xy, xz, yy, yz, zz] = this.#inverse;
    const offset = borrowPlane(mean.length);
    for (let i = 0; i < mean.length; i++) {
      const m = mean[i]!;
      const x = r[i]! - meanR[i]! * m;
      const y = g[i]! - meanG[i]! * m;
      const z = b[i]! - meanB[i]! * m;
      const slopeR = xx[i]! * x + xy[i]! * y + xz[i]! * z;
      const slopeG = xy[i]! * x + yy[i]! * y + yz[i]! * z;
      const slopeB = xz[i]! * x + yz[i]! * y + zz[i]! * z;
      r[i] = slopeR;
      g[i] = slopeG;
      b[i] = slopeB;
      offset[i] = m - slopeR * meanR[i]! - slopeG * meanG[i]! - slopeB * meanB[i]!;
    }
    return offset;
  }
}

function splitChannels(colour: Float32Array): [Plane, Plane, Plane] {
  const count = colour.length / 3;
  const planes: [Plane, Plane, Plane] = [
    borrowPlane(count),
    borrowPlane(count),
    borrowPlane(count),
  ];
  const [r, g, b] = planes;
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    r[i] = colour[at]!;
    g[i] = colour[at + 1]!;
    b[i] = colour[at + 2]!;
  }
  return planes;
}

/** Replaces the entries of symmetric 3 × 3 matrices, plus epsilon, by those of their inverses. */
function invertCovariances(
  [xx, xy, xz, yy, yz, zz]: readonly [Plane, Plane, Plane, Plane, Plane, Plane],
  epsilon: number,
): void {
  for (let i = 0; i < xx.length; i++) {
    const a = xx[i]! + epsilon;
    const b = xy[i]!;
    const c = xz[i]!;
    const d = yy[i]! + epsilon;
    const e = yz[i]!;
    const f = zz[i]! + epsilon;
    const cofactorA = d * f - e * e;
    const cofactorB = c * e - b * f;
    const cofactorC = b * e - c * d;
    const scale = 1 / (a * cofactorA + b * cofactorB + c * cofactorC);
    xx[i] = cofactorA * scale;
    xy[i] = cofactorB * scale;
    xz[i] = cofactorC * scale;
    yy[i] = (a * f - c * c) * scale;
    yz[i] = (b * c - a * e) * scale;
    zz[i] = (a * d - b * b) * scale;
  }
}

function interleave(a: Plane, b: Plane, c: Plane, d: Plane): Float32Array {
  const out = borrowPlane(a.length * GUIDE_VALUES);
  for (let i = 0, at = 0; i < a.length; i++, at += GUIDE_VALUES) {
    out[at] = a[i]!;
    out[at + 1] = b[i]!;
    out[at + 2] = c[i]!;
    out[at + 3] = d[i]!;
  }
  return out;
}
