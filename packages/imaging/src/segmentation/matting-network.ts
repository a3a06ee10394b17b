import { type FaceSource, pyramidOf } from '../face/analyse-faces.ts';
import { type CropRegion, networkInput, wholePicture } from '../picture/crop.ts';
import type { LoadedModels } from '../runtime/load-models.ts';
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
