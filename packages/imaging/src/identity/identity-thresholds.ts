/** Where the bands lie; cosine, −1 to 1. `mismatchBelow` ≤ `similarFrom`. */
export type IdentityThresholds = {
  readonly mismatchBelow: number;
  readonly similarFrom: number;
  /** What the numbers were fitted on: `default`, or the name of a roster. */
  readonly basis: string;
};

/**
 * Until a roster has been calibrated. The study: the same person, nearly frontal, scored 0.56 at
 * least; 99 % of different pairs scored below 0.66, but on five Asian faces every different pair
 * scored 0.54–0.68. So the lower limit leaves room below 0.56, and `similar` begins where no
 * different pair was seen.
 */
export const DEFAULT_IDENTITY_THRESHOLDS: IdentityThresholds = {
  mismatchBelow: 0.45,
  similarFrom: 0.72,
  basis: 'default',
};
