/** One network's answer to `goldenInput(size, range, seed)` laid out NHWC. */
export type Golden = {
  readonly role: string;
  readonly seed: number;
  readonly outputs: Readonly<Record<string, GoldenOutput>>;
};

/** Up to `SAMPLES` evenly spaced values, and what the rest must add up to. */
export type GoldenOutput = {
  readonly length: number;
  readonly largest: number;
  readonly mean: number;
  readonly samples: readonly number[];
};

export const GOLDEN_SEEDS = [1, 2026] as const;

const SAMPLES = 24;

/** The tracked extract of an output. */
export function sampleOutput(values: Float32Array): GoldenOutput {
  const step = Math.max(1, Math.floor(values.length / SAMPLES));
  const samples: number[] = [];
  for (let i = 0; i < values.length && samples.length < SAMPLES; i += step)
    samples.push(values[i]!);
  let largest = 0;
  let sum = 0;
  for (const value of values) {
    largest = Math.max(largest, Math.abs(value));
    sum += value;
  }
  const round = (value: number) => Number(value.toPrecision(8));
  return {
    length: values.length,
    largest: round(largest),
    mean: round(sum / values.length),
    samples: samples.map(round),
  };
}
