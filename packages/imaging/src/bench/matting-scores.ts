/** Errors of one matte against the truth, at the photo's size. */
export type MattingScores = {
  /** Sum of absolute differences of alpha ÷ 1000, over the whole photo. */
  readonly sad: number;
  /** Mean squared error of alpha × 1000, near the outline. */
  readonly mse: number;
  /** RMS difference of the composite on blue, 0–255, near the outline. */
  readonly colour: number;
};

/** Alpha 0–1 and the composite's interleaved R, G, B, 0–255. */
export type ScoredPhoto = { readonly alpha: Float32Array; readonly colour: Float32Array };

/** Pixels around any fractional true alpha that count as "near the outline". */
const REACH = 4;
const FRACTIONAL = [0.02, 0.98] as const;

export function scoreMatte(
  result: ScoredPhoto,
  truth: ScoredPhoto,
  width: number,
  height: number,
): MattingScores {
  const near = nearOutline(truth.alpha, width, height);
  let absolute = 0;
  let squares = 0;
  let colours = 0;
  let count = 0;
  for (let i = 0; i < near.length; i++) {
    const error = result.alpha[i]! - truth.alpha[i]!;
    absolute += Math.abs(error);
    if (near[i] === 0) continue;
    count++;
    squares += error * error;
    for (let c = 3 * i; c < 3 * i + 3; c++) {
      colours += (result.colour[c]! - truth.colour[c]!) ** 2 / 3;
    }
  }
  return {
    sad: absolute / 1000,
    mse: (1000 * squares) / count,
    colour: Math.sqrt(colours / count),
  };
}

function nearOutline(alpha: Float32Array, width: number, height: number): Uint8Array {
  const near = new Uint8Array(alpha.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = alpha[y * width + x]!;
      if (value <= FRACTIONAL[0] || value >= FRACTIONAL[1]) continue;
      const from = Math.max(0, x - REACH);
      const to = Math.min(width, x + REACH + 1);
      for (let row = Math.max(0, y - REACH); row <= Math.min(height - 1, y + REACH); row++) {
        near.fill(1, row * width + from, row * width + to);
      }
    }
  }
  return near;
}
