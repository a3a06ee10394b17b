import type { ModelEntry } from '../models/manifest.ts';
import type { NetworkOutputs } from './network.ts';
import { outputSize } from './output-values.ts';

/** Beyond this values are logits or bytes rather than coverage with some overshoot. */
const LARGEST_COVERAGE = 3;

/** Why a network's answer is no matte, in a sentence; undefined when it is one. */
export function matteFault(entry: ModelEntry, results: NetworkOutputs): string | undefined {
  const [output] = entry.outputs;
  const matte = results[output!.name]!;
  const { width, height } = outputSize(output!);
  if (matte.length !== width * height) {
    return `the matte ${output!.name} has ${matte.length} values instead of ${width} × ${height}`;
  }
  const extreme = matte.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (extreme <= LARGEST_COVERAGE) return undefined;
  return `the matte ${output!.name} reaches ${extreme.toFixed(1)}, so it needs an activation`;
}
