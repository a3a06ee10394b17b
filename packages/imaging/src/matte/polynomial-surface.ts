/** Terms of a cubic in x and y. */
export const TERMS = 10;

/** The ten terms at a point of the unit square [-1, 1]². */
export function cubicTerms(x: number, y: number, out: Float64Array): void {
  const xx = x * x;
  const yy = y * y;
  out[0] = 1;
  out[1] = x;
  out[2] = y;
  out[3] = xx;
  out[4] = x * y;
  out[5] = yy;
  out[6] = xx * x;
  out[7] = xx * y;
  out[8] = x * yy;
  out[9] = yy * y;
}

/** Curvature is held back a little, so that a wall seen only at one side is not bent wildly. */
const RIDGE_FLAT = 1e-3;
const RIDGE_CURVED = 0.5;

/**
 * Weighted least squares of three surfaces over the same points.
 * `terms`: `TERMS` values per point; `colours`: three values per point; `weights`: one per point.
 * Returns three times `TERMS` coefficients.
 */
export function fitSurfaces(
  terms: Float64Array,
  colours: Float64Array,
  weights: Float64Array,
): Float64Array {
  const normal = new Float64Array(TERMS * TERMS);
  const sides = new Float64Array(TERMS * 3);
  for (let k = 0; k < weights.length; k++) addPoint(normal, sides, terms, colours, weights[k]!, k);
  for (let p = 0; p < TERMS; p++) {
    normal[p * TERMS + p]! += p > 2 ? RIDGE_CURVED : RIDGE_FLAT;
    for (let q = 0; q < p; q++) normal[p * TERMS + q] = normal[q * TERMS + p]!;
  }
  return solveThree(normal, sides);
}

function addPoint(
  normal: Float64Array,
  sides: Float64Array,
  terms: Float64Array,
  colours: Float64Array,
  weight: number,
  k: number,
): void {
  for (let p = 0; p < TERMS; p++) {
    const term = weight * terms[k * TERMS + p]!;
    for (let c = 0; c < 3; c++) sides[c * TERMS + p]! += term * colours[3 * k + c]!;
    for (let q = p; q < TERMS; q++) normal[p * TERMS + q]! += term * terms[k * TERMS + q]!;
  }
}

/** Cholesky; the ridge keeps the matrix positive definite. */
function solveThree(matrix: Float64Array, sides: Float64Array): Float64Array {
  for (let i = 0; i < TERMS; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * TERMS + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * TERMS + k]! * matrix[j * TERMS + k]!;
      matrix[i * TERMS + j] = i === j ? Math.sqrt(sum) : sum / matrix[j * TERMS + j]!;
    }
  }
  for (let c = 0; c < 3; c++) substitute(matrix, sides.subarray(c * TERMS, (c + 1) * TERMS));
  return sides;
}

function substitute(lower: Float64Array, side: Float64Array): void {
  for (let i = 0; i < TERMS; i++) {
    for (let k = 0; k < i; k++) side[i]! -= lower[i * TERMS + k]! * side[k]!;
    side[i]! /= lower[i * TERMS + i]!;
  }
  for (let i = TERMS - 1; i >= 0; i--) {
    for (let k = i + 1; k < TERMS; k++) side[i]! -= lower[k * TERMS + i]! * side[k]!;
    side[i]! /= lower[i * TERMS + i]!;
  }
}
