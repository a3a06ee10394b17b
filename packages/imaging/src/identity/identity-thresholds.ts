import { z } from 'zod';

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

const cosine = z.number().min(-1).max(1);
const bands = z.object({ mismatchBelow: cosine, similarFrom: cosine, basis: z.string().min(1) });
/** `--json` of the calibration wraps them, its text does not. */
const schema = z
  .union([z.object({ thresholds: bands }).transform(({ thresholds }) => thresholds), bands])
  .refine(
    ({ mismatchBelow, similarFrom }) => mismatchBelow <= similarFrom,
    'mismatch above similar',
  );

/** Reads what the calibration command printed for a roster. Throws an Error that says what is wrong. */
export function parseIdentityThresholds(json: string): IdentityThresholds {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Error('the thresholds are not JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`the thresholds are wrong: ${parsed.error.issues[0]!.message}`);
}
