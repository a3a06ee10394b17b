import type { NetworkOutputs } from './network.ts';

/**
 * The smallest scale that an output is measured by. Probabilities that are nearly 0 everywhere
 * differ in their last bits by more than their own size, which means nothing.
 */
const SMALLEST_SCALE = 0.05;

/** Largest difference between a network's answers as a share of each output's largest value. */
export function largestDifference(expected: NetworkOutputs, actual: NetworkOutputs): number {
  const differences = Object.entries(expected).map(([name, values]) =>
    relativeDifference(values, actual[name]),
  );
  return Math.max(0, ...differences);
}

function relativeDifference(expected: Float32Array, actual: Float32Array | undefined): number {
  if (actual?.length !== expected.length) return Number.POSITIVE_INFINITY;
  let scale = SMALLEST_SCALE;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    scale = Math.max(scale, Math.abs(expected[i]!));
    const delta = Math.abs(expected[i]! - actual[i]!);
    // NaN compares false with everything, so a broken output must be asked for.
    difference = delta <= difference ? difference : Number.isNaN(delta) ? Infinity : delta;
  }
  return difference / scale;
}
