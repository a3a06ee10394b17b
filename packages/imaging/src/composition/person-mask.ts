import type { Box } from '../face/face-analysis.ts';

/** A square person mask of `size`² probabilities over a region of the source picture. */
export type PersonMask = {
  readonly values: Float32Array;
  readonly size: number;
  readonly region: Box;
};
