import { type CropRegion, cropToPicture, networkInput } from '../picture/crop.ts';
import type { ImagePyramid } from '../picture/image-pyramid.ts';
import type { Network } from '../runtime/network.ts';
import { distance, type EyeContour, MESH, type Point, type Point3 } from './face-analysis.ts';

/** The iris network was trained on crops 2.3 times as wide as the eye. */
const MARGIN = 2.3;
const LID_POINTS = 71;
const ALL_POINTS = 76;
const CORNERS = [0, 8] as const;
/** Pairs of lower and upper lid points at a quarter, half and three quarters of the eye. */
const LID_PAIRS = [
  [3, 11],
  [4, 12],
  [5, 13],
] as const;

/** Traces both eyes. `angle`: the head's roll in radians. */
export async function traceEyes(
  network: Network,
  pyramid: ImagePyramid,
  points: readonly Point3[],
  angle: number,
): Promise<{ leftEye: EyeContour; rightEye: EyeContour }> {
  const left = eyeRegion(points[MESH.leftEyeOuter]!, points[MESH.leftEyeInner]!, angle, false);
  // The network was trained on one side only, so the other eye is shown mirrored.
  const right = eyeRegion(points[MESH.rightEyeOuter]!, points[MESH.rightEyeInner]!, angle, true);
  return {
    leftEye: await traceEye(network, pyramid, left),
    rightEye: await traceEye(network, pyramid, right),
  };
}

function eyeRegion(outer: Point, inner: Point, angle: number, flip: boolean): CropRegion {
  const side = distance(outer, inner) * MARGIN;
  return {
    centreX: (outer.x + inner.x) / 2,
    centreY: (outer.y + inner.y) / 2,
    width: side,
    height: side,
    angle,
    flip,
  };
}

async function traceEye(
  network: Network,
  pyramid: ImagePyramid,
  region: CropRegion,
): Promise<EyeContour> {
  const { input } = network.entry;
  const { contour } = await network.run(networkInput(pyramid, region, input));
  const points = Array.from({ length: ALL_POINTS }, (_, i) =>
    cropToPicture(region, contour![3 * i]! / input.width, contour![3 * i + 1]! / input.height),
  );
  const lids = points.slice(0, LID_POINTS);
  return { lids, iris: points.slice(LID_POINTS), opening: lidOpening(lids) };
}

/** Mean height of the lid gap ÷ its width. */
function lidOpening(lids: readonly Point[]): number {
  const gaps = LID_PAIRS.map(([lower, upper]) => distance(lids[lower]!, lids[upper]!));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return mean / distance(lids[CORNERS[0]]!, lids[CORNERS[1]]!);
}
