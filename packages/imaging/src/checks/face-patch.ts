import { distance, type FaceAnalysis, MESH, type Point } from '../face/face-analysis.ts';
import { sampleRegion } from '../picture/crop.ts';
import type { ImagePyramid } from '../picture/image-pyramid.ts';

/** The face resampled to a fixed size, so that every measure means the same for every camera. */
export type FacePatch = {
  /** Interleaved R, G, B, 0–255. */
  readonly pixels: Float32Array;
  readonly width: number;
  readonly height: number;
  /** Mesh points in patch pixels. */
  readonly points: readonly Point[];
  /** Patch pixels between the outer eye corners. */
  readonly eyeSpan: number;
};

/** Outer eye corner to outer eye corner, pixels of the picture. */
export function eyeSpanOf({ points }: FaceAnalysis): number {
  return distance(points[MESH.leftEyeOuter]!, points[MESH.rightEyeOuter]!);
}

/** Extent of a patch around the point between the eyes, in eye spans. */
export type PatchExtent = {
  readonly left: number;
  readonly right: number;
  readonly up: number;
  readonly down: number;
};

export const WHOLE_FACE: PatchExtent = { left: 1.1, right: 1.1, up: 1.3, down: 1.7 };
export const EYE_REGION: PatchExtent = { left: 0.85, right: 0.85, up: 0.5, down: 1 };

/** Resamples the face so that its eye span becomes `eyeSpan` pixels; never turned. */
export function cutFacePatch(
  pyramid: ImagePyramid,
  face: FaceAnalysis,
  eyeSpan: number,
  extent: PatchExtent,
): FacePatch {
  const native = eyeSpanOf(face);
  const centre = face.points[MESH.noseBridge]!;
  const x = centre.x - extent.left * native;
  const y = centre.y - extent.up * native;
  const width = Math.round((extent.left + extent.right) * eyeSpan);
  const height = Math.round((extent.up + extent.down) * eyeSpan);
  const scale = eyeSpan / native;
  const region = {
    centreX: x + width / scale / 2,
    centreY: y + height / scale / 2,
    width: width / scale,
    height: height / scale,
    angle: 0,
  };
  const pixels = sampleRegion(pyramid, region, width, height);
  const points = face.points.map((p) => ({ x: (p.x - x) * scale, y: (p.y - y) * scale }));
  return { pixels, width, height, points, eyeSpan };
}
