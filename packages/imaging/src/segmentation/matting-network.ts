import { type FaceSource, pyramidOf } from '../face/analyse-faces.ts';
import { type CropRegion, networkInput, wholePicture } from '../face/crop.ts';
import type { ModelEntry } from '../models/manifest.ts';
import type { LoadedModels } from '../runtime/load-models.ts';
import type { NetworkOutputs } from '../runtime/network.ts';
import { outputSize } from '../runtime/output-values.ts';

/** Coverage by the person over a region of the picture. */
export type AlphaMatte = {
  /** Row by row, 0 (background) to 1 (person). */
  readonly alpha: Float32Array;
  readonly width: number;
  readonly height: number;
};

/**
 * Runs the matting model that was dropped in, over `region` (the whole picture by default), which
 * the network sees squeezed to its own size. Undefined when there is no such model.
 * Contract of the role `matting`: one picture input as the manifest describes it; the first output
 * in the manifest is the matte, at any size.
 */
export async function estimateAlpha(
  { matting }: Pick<LoadedModels, 'matting'>,
  source: FaceSource,
  region?: CropRegion,
): Promise<AlphaMatte | undefined> {
  if (!matting) return undefined;
  const { entry } = matting;
  const pyramid = pyramidOf(source);
  const area = region ?? wholePicture(pyramid);
  const results = await matting.run(networkInput(pyramid, area, entry.input));
  const [output] = entry.outputs;
  const { width, height } = outputSize(output!);
  // Values that are not numbers count as background.
  const alpha = results[output!.name]!.map((value) => Math.min(1, Math.max(0, value || 0)));
  return { alpha, width, height };
}

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
