import { networkInput } from '../picture/crop.ts';
import { ImagePyramid } from '../picture/image-pyramid.ts';
import type { RgbImage } from '../picture/rgb-image.ts';
import type { LoadedModels } from '../runtime/load-models.ts';
import type { Network } from '../runtime/network.ts';
import { type Detection, detectFaces } from './detect-faces.ts';
import { readExpression } from './expression.ts';
import { traceEyes } from './eye-contour.ts';
import type { FaceAnalysis, FaceShape } from './face-analysis.ts';
import { type FaceMesh, locateMesh, regionOfDetection, regionOfPoints } from './face-mesh.ts';
import { headPose } from './head-pose.ts';

/** Below this the mesh network says that the detector was wrong. */
const MIN_PRESENCE = 0.3;

/** A picture, or its pyramid where one is at hand already: halving a large picture costs time. */
export type FaceSource = RgbImage | ImagePyramid;

export function pyramidOf(source: FaceSource): ImagePyramid {
  return source instanceof ImagePyramid ? source : new ImagePyramid(source);
}

/** A face that was found and traced, not yet measured. */
export type FoundFace = { readonly detection: Detection; readonly mesh: FaceMesh };

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
  for (const { detection, mesh } of await findFaces(models, pyramid)) {
    const shape = await measureShape(models, pyramid, mesh);
    const expressions = await readExpression(models.networks.expression, pyramid, mesh.region);
    faces.push({ box: detection.box, score: detection.score, ...shape, expressions });
  }
  return faces;
}

/** Every face with its mesh, the largest first. */
export async function findFaces(
  { networks }: LoadedModels,
  pyramid: ImagePyramid,
): Promise<FoundFace[]> {
  const faces: FoundFace[] = [];
  for (const detection of await detectFaces(networks.faceDetection, pyramid)) {
    const mesh = await refineMesh(networks.faceMesh, pyramid, detection);
    if (mesh) faces.push({ detection, mesh });
  }
  return faces.sort((a, b) => b.detection.box.width - a.detection.box.width);
}

async function refineMesh(
  network: Network,
  pyramid: ImagePyramid,
  detection: Detection,
): Promise<FaceMesh | undefined> {
  const first = await locateMesh(network, pyramid, regionOfDetection(detection));
  if (first.presence < MIN_PRESENCE) return undefined;
  const second = await locateMesh(network, pyramid, first.region);
  return second.presence < MIN_PRESENCE ? first : second;
}

/** Eyes and pose of a traced face. */
export async function measureShape(
  { networks }: LoadedModels,
  pyramid: ImagePyramid,
  { points, presence, region }: FaceMesh,
): Promise<FaceShape> {
  const eyes = await traceEyes(networks.iris, pyramid, points, region.angle);
  return { presence, points, ...eyes, ...headPose(points) };
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
