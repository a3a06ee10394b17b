import { MESH } from '../face/face-analysis.ts';
import { hintOf, type MeasuredFace, type MeasuredPhoto } from './measured-photo.ts';
import type { Hint } from './verdict.ts';

/** Where to look for what is not in the face, from the measured place of the head. */
export type PhotoRegion = 'head' | 'aboveForehead' | 'shoulders' | 'clothes' | 'lowerEdge' | 'wall';

/** A part of the finished photo as shares of the upright source. */
export function hintIn(measured: MeasuredPhoto, region: PhotoRegion): Hint {
  const { frame, pyramid, profile } = measured;
  const { left, top, right, bottom } = REGIONS[region](measured);
  const across = frame.crop.width / profile.width;
  const down = frame.crop.height / profile.height;
  const box = {
    x: frame.crop.x + left * across,
    y: frame.crop.y + top * down,
    width: (right - left) * across,
    height: (bottom - top) * down,
  };
  return hintOf(box, pyramid);
}

/** Photo pixels. */
type Edges = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** Below a large face the clothes may begin below the photo: then its lower edge is shown. */
const LOWEST_REGION = 0.85;

/** Lengths in face widths: a face is about as high below the eyes as it is wide. */
const REGIONS: Readonly<Record<PhotoRegion, (measured: MeasuredPhoto) => Edges>> = {
  head: ({ geometry: { hairTopY, eyeLineY, faceWidth, faceCentreX } }) => ({
    left: faceCentreX - 0.7 * faceWidth,
    top: hairTopY,
    right: faceCentreX + 0.7 * faceWidth,
    bottom: eyeLineY + faceWidth,
  }),
  aboveForehead: ({ geometry: { hairTopY, eyeLineY, faceWidth, faceCentreX } }) => ({
    left: faceCentreX - 0.7 * faceWidth,
    top: hairTopY,
    right: faceCentreX + 0.7 * faceWidth,
    bottom: eyeLineY - 0.25 * faceWidth,
  }),
  shoulders: ({ geometry: { eyeLineY, faceWidth, faceCentreX }, profile }) => ({
    left: Math.max(0, faceCentreX - 1.3 * faceWidth),
    top: Math.min(LOWEST_REGION * profile.height, eyeLineY + 0.9 * faceWidth),
    right: Math.min(profile.width, faceCentreX + 1.3 * faceWidth),
    bottom: Math.min(profile.height, eyeLineY + 1.9 * faceWidth),
  }),
  clothes: ({ geometry: { eyeLineY, faceWidth }, profile }) => ({
    left: 0,
    top: Math.min(LOWEST_REGION * profile.height, eyeLineY + 1.25 * faceWidth),
    right: profile.width,
    bottom: profile.height,
  }),
  lowerEdge: ({ profile }) => ({
    left: 0,
    top: LOWEST_REGION * profile.height,
    right: profile.width,
    bottom: profile.height,
  }),
  wall: ({ geometry: { eyeLineY }, profile }) => ({
    left: 0,
    top: 0,
    right: profile.width,
    bottom: eyeLineY,
  }),
};

/** Shown at least, as a share of the height: forehead or chin may lie beyond the picture. */
const EDGE = 0.1;

/** The whole width of the source above the forehead, where hair is cut off. */
export function hintAboveFace({ face, pyramid }: MeasuredFace): Hint {
  const bottom = Math.max(face.points[MESH.foreheadTop]!.y, EDGE * pyramid.height);
  return hintOf({ x: 0, y: 0, width: pyramid.width, height: bottom }, pyramid);
}

/** The whole width of the source below the chin, where shoulders are cut off. */
export function hintBelowFace({ face, pyramid }: MeasuredFace): Hint {
  const top = Math.min(face.points[MESH.chin]!.y, (1 - EDGE) * pyramid.height);
  return hintOf({ x: 0, y: top, width: pyramid.width, height: pyramid.height - top }, pyramid);
}
