import type { PhotoProfile, Range } from '@gradshot/domain';
import {
  type CompositionFault,
  LEAST_MARGIN,
  MAX_ENLARGEMENT,
  placeWithoutBody,
  type Size,
  shrink,
  widestFace,
} from './placement.ts';
import type { Subject } from './subject.ts';

/** What stands in the way of a placement, and what it would have to be: pixels of the photo. */
export type FaultMeasure = { readonly value: number; readonly limit: number | Range };

/**
 * The measure behind a fault, as near to the limit as this source allows, and always beyond it.
 * `subject`: on a picture of the size `source`, for which `placeSubject` found the fault.
 */
export function measureFault(
  fault: CompositionFault,
  subject: Subject,
  source: Size,
  profile: PhotoProfile,
): FaultMeasure {
  const { faceWidth, maxCentreOffset } = profile.geometry;
  const middle = profile.width / 2;
  switch (fault) {
    case 'hairCutOff':
      // what is left above the hair
      return { value: 0, limit: 0 };
    case 'tooFar':
      return { value: MAX_ENLARGEMENT * subject.faceWidth, limit: faceWidth };
    case 'offCentre':
      return {
        value: (subject.faceCentreX / source.width) * profile.width,
        limit: [middle - maxCentreOffset, middle + maxCentreOffset],
      };
    case 'tooClose':
      return {
        value: narrowestFace(subject, source, profile),
        limit: [faceWidth[0], widestFace(subject, profile)],
      };
    case 'shouldersCutOff':
      return { value: lastRow(subject, source, profile), limit: profile.height };
    case 'proportions':
      return reachableHairTop(subject, profile);
  }
}

/** Width of the face when the photo is no wider than the source on the sides that are in the way. */
function narrowestFace(
  { faceCentreX, faceWidth, touchesLeftFromY, touchesRightFromY }: Subject,
  source: Size,
  { width, geometry }: PhotoProfile,
): number {
  const half = width / 2 - Math.max(0, geometry.maxCentreOffset - LEAST_MARGIN);
  const left = Number.isFinite(touchesLeftFromY);
  const right = Number.isFinite(touchesRightFromY);
  const scales = [
    left ? half / faceCentreX : 0,
    right ? half / (source.width - faceCentreX) : 0,
    left && right ? width / source.width : 0,
  ];
  return Math.max(...scales) * faceWidth;
}

/** Row of the photo at which the source ends when the head is where it should be. */
function lastRow(subject: Subject, source: Size, profile: PhotoProfile): number {
  const placed = placeWithoutBody(subject, source, profile);
  return placed ? (source.height - placed.originY) * placed.scale : 0;
}

/** Hair top nearest to its range with eyes and width of the face in theirs. */
function reachableHairTop({ eyeLineY, hairTopY, faceWidth }: Subject, profile: PhotoProfile) {
  const { geometry } = profile;
  const limit = shrink(geometry.hairTopY, LEAST_MARGIN);
  const eyes = shrink(geometry.eyeLineY, LEAST_MARGIN);
  const [narrow, wide] = shrink(geometry.faceWidth, LEAST_MARGIN);
  const perFace = (eyeLineY - hairTopY) / faceWidth;
  const lowest = eyes[1] - narrow * perFace;
  return { value: lowest < limit[0] ? lowest : eyes[0] - wide * perFace, limit };
}
