import { type FaceSource, pyramidOf } from '../face/analyse-faces.ts';
import { type CropRegion, networkInput, wholePicture } from '../face/crop.ts';
import type { LoadedModels } from '../runtime/load-models.ts';

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
 * in the manifest is the matte, as many values as the input has pixels.
 */
export async function estimateAlpha(
  { matting }: LoadedModels,
  source: FaceSource,
  region?: CropRegion,
): Promise<AlphaMatte | undefined> {
  if (!matting) return undefined;
  const { input, outputs } = matting.entry;
  const pyramid = pyramidOf(source);
  const results = await matting.run(networkInput(pyramid, region ?? wholePicture(pyramid), input));
  const raw = results[outputs[0]!.name]!;
  if (raw.length !== input.width * input.height) {
    throw new Error(`${matting.entry.file}: the matte has ${raw.length} values`);
  }
  const alpha = raw.map((value) => Math.min(1, Math.max(0, value)));
  return { alpha, width: input.width, height: input.height };
}
