import type { OutputGeometry, PhotoProfile } from '@gradshot/domain';
import type { Box, FaceAnalysis } from '../face/face-analysis.ts';
import type { ComposedPhoto } from './compose.ts';
import type { FaceMeasures } from './subject.ts';

/** More person than wall, of 255. */
const COVERED = 128;
/** Photo pixels of a 480-pixel-wide photo that a row of hair must have to be the head's top. */
const HEAD_TOP_SHARE = 12 / 480;
const HEAD_REACH = 0.8;

/** Measures the finished photo: the face by its place on the source, the hair on the cut-out. */
export function measureOutput(
  face: FaceAnalysis,
  measures: FaceMeasures,
  crop: Box,
  photo: ComposedPhoto,
  profile: PhotoProfile,
): OutputGeometry {
  const scale = profile.width / crop.width;
  const faceWidth = measures.faceWidth * scale;
  const faceCentreX = (measures.faceCentreX - crop.x) * scale;
  return {
    hairTopY: findHairTop(photo, faceCentreX, faceWidth),
    eyeLineY: round((measures.eyeLineY - crop.y) * (profile.height / crop.height)),
    faceWidth: round(faceWidth),
    faceCentreX: round(faceCentreX),
    rollDeg: round(face.rollDeg),
    yawDeg: round(face.yawDeg),
    pitchDeg: round(face.pitchDeg),
  };
}

/** First row with enough hair near the face, never the topmost pixel: a lock is not the head. */
function findHairTop(photo: ComposedPhoto, centreX: number, faceWidth: number): number {
  const { width, height } = photo.image;
  const from = Math.max(0, Math.round(centreX - HEAD_REACH * faceWidth));
  const to = Math.min(width, Math.round(centreX + HEAD_REACH * faceWidth));
  const wanted = HEAD_TOP_SHARE * width;
  for (let y = 0; y < height; y++) {
    let count = 0;
    for (let x = from; x < to; x++) if (photo.coverage[y * width + x]! >= COVERED) count++;
    if (count >= wanted) return y;
  }
  return height;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
