import { type FaceSource, pyramidOf } from '../face/analyse-faces.ts';
import { type CropRegion, networkInput, wholePicture } from '../picture/crop.ts';
import type { LoadedModels } from '../runtime/load-models.ts';

/** Side of the mask, pixels. */
export const MASK_SIZE = 256;

/**
 * Where the person is: `MASK_SIZE`² probabilities (0–1), row by row, over `region` (the whole
 * picture by default), which the network sees squeezed to a square.
 */
export async function segmentPerson(
  { networks }: LoadedModels,
  source: FaceSource,
  region?: CropRegion,
): Promise<Float32Array> {
  const network = networks.personMask;
  const pyramid = pyramidOf(source);
  const area = region ?? wholePicture(pyramid);
  const { mask } = await network.run(networkInput(pyramid, area, network.entry.input));
  return mask!;
}
