/**
 * A reproducible input for a network: a smooth, coloured pattern with fine grain, the same on every
 * machine. Only additions, products and integer operations are used, so the bits agree everywhere.
 * `size` values in [low, high].
 */
export function goldenInput(
  size: number,
  [low, high]: readonly [number, number],
  seed = 1,
): Float32Array {
  const values = new Float32Array(size);
  let state = seed >>> 0;
  let smooth = 0.5;
  for (let i = 0; i < size; i++) {
    // A linear congruential generator (Numerical Recipes' constants), smoothed to look less like
    // noise: networks answer pure noise with saturated outputs that hide errors.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    smooth += (state / 4294967296 - smooth) * 0.125;
    values[i] = low + (high - low) * smooth;
  }
  return values;
}
