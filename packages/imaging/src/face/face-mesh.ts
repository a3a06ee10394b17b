import { type CropRegion, cropToPicture, networkInput } from '../picture/crop.ts';
import type { ImagePyramid } from '../picture/image-pyramid.ts';
import type { Network } from '../runtime/network.ts';
import type { Detection } from './detect-faces.ts';
import { MESH, type Point, type Point3 } from './face-analysis.ts';

export type FaceMesh = {
  readonly points: readonly Point3[];
  /** 0–1. */
  readonly presence: number;
  /** The crop that the points imply; feed it to the next pass and to the expression network. */
  readonly region: CropRegion;
};

/** The mesh was trained on crops half as large again as the face. */
const MARGIN = 1.5;
const MESH_POINTS = 468;

/** The crop for the first pass, upright on the eyes. */
export function regionOfDetection({ box, leftEye, rightEye }: Detection): CropRegion {
  const side = Math.max(box.width, box.height) * MARGIN;
  return {
    centreX: box.x + box.width / 2,
    centreY: box.y + box.height / 2,
    width: side,
    height: side,
    angle: angleBetween(leftEye, rightEye),
  };
}

/** Locates the 468 points in one crop. */
export async function locateMesh(
  network: Network,
  pyramid: ImagePyramid,
  crop: CropRegion,
): Promise<FaceMesh> {
  const { input } = network.entry;
  const { mesh, presence } = await network.run(networkInput(pyramid, crop, input));
  const depthScale = crop.width / input.width;
  const points = Array.from({ length: MESH_POINTS }, (_, i) => {
    const at = cropToPicture(crop, mesh![3 * i]! / input.width, mesh![3 * i + 1]! / input.height);
    return { ...at, z: mesh![3 * i + 2]! * depthScale };
  });
  // The network already applied the sigmoid.
  return { points, presence: presence![0]!, region: regionOfPoints(points) };
}

/** The square around the points, upright on the outer eye corners. */
export function regionOfPoints(points: readonly Point3[]): CropRegion {
  const angle = angleBetween(points[MESH.leftEyeOuter]!, points[MESH.rightEyeOuter]!);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    const u = x * cos + y * sin;
    const v = y * cos - x * sin;
    left = Math.min(left, u);
    right = Math.max(right, u);
    top = Math.min(top, v);
    bottom = Math.max(bottom, v);
  }
  const u = (left + right) / 2;
  const v = (top + bottom) / 2;
  const side = Math.max(right - left, bottom - top) * MARGIN;
  return {
    centreX: u * cos - v * sin,
    centreY: u * sin + v * cos,
    width: side,
    height: side,
    angle,
  };
}

function angleBetween(left: Point, right: Point): number {
  return Math.atan2(right.y - left.y, right.x - left.x);
}
