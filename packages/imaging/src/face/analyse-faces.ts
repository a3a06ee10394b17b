import type { RgbImage } from '../rgb-image.ts';
import type { LoadedModels } from '../runtime/load-models.ts';
import { networkInput } from './crop.ts';
import { type Detection, detectFaces } from './detect-faces.ts';
import { readExpression } from './expression.ts';
import { traceEyes } from './eye-contour.ts';
import type { FaceAnalysis } from './face-analysis.ts';
import { type FaceMesh, locateMesh, regionOfDetection, regionOfPoints } from './face-mesh.ts';
import { headPose } from './head-pose.ts';
import { ImagePyramid } from './image-pyramid.ts';

/** Below this the mesh network says that the detector was wrong. */
const MIN_PRESENCE = 0.3;

/** A picture, or its pyramid where one is at hand already: halving a large picture costs time. */
export type FaceSource = RgbImage | ImagePyramid;

export function pyramidOf(source: FaceSource): ImagePyramid {
  return source instanceof ImagePyramid ? source : new ImagePyramid(source);
}

/**
 * Finds and measures every face, the largest first. All coordinates are pixels of `source`.
 * Detection → mesh on the detector's crop → mesh again on its own crop (the first crop is coarse)
 * → both eyes → expression.
 */
export async function analyseFaces(
  models: LoadedModels,
  source: FaceSource,
): Promise<FaceAnalysis[]> {
  const pyramid = pyramidOf(source);
  const faces: FaceAnalysis[] = [];
  for (const detection of await detectFaces(models.networks.faceDetection, pyramid)) {
    const mesh = await refineMesh(models, pyramid, detection);
    if (mesh) faces.push(await measureFace(models, pyramid, detection, mesh));
  }
  return faces.sort((a, b) => b.box.width - a.box.width);
}

async function refineMesh(
  { networks }: LoadedModels,
  pyramid: ImagePyramid,
  detection: Detection,
): Promise<FaceMesh | undefined> {
  const first = await locateMesh(networks.faceMesh, pyramid, regionOfDetection(detection));
  if (first.presence < MIN_PRESENCE) return undefined;
  const second = await locateMesh(networks.faceMesh, pyramid, first.region);
  return second.presence < MIN_PRESENCE ? first : second;
}

async function measureFace(
  { networks }: LoadedModels,
  pyramid: ImagePyramid,
  { box, score }: Detection,
  { points, presence, region }: FaceMesh,
): Promise<FaceAnalysis> {
  const eyes = await traceEyes(networks.iris, pyramid, points, region.angle);
  const expressions = await readExpression(networks.expression, pyramid, region);
  return { box, score, presence, points, ...eyes, expressions, ...headPose(points) };
}

/**
 * The face's 1024-dimensional embedding for `compareFaces`. It is personal data of the sensitive
 * kind: keep it in memory only as long as the comparison takes.
 */
export async function embedFace(
  { networks }: LoadedModels,
  source: FaceSource,
  face: FaceAnalysis,
): Promise<Float32Array> {
  const network = networks.faceEmbedding;
  const region = regionOfPoints(face.points);
  const input = networkInput(pyramidOf(source), region, network.entry.input);
  const { embedding } = await network.run(input);
  return embedding!;
}
