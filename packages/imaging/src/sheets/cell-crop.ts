import type { PhotoProfile, Range } from '@gradshot/domain';
import type { Placement } from '../composition/placement.ts';
import { placeSubject } from '../composition/placement.ts';
import type { Subject } from '../composition/subject.ts';
import type { Box } from '../face/face-analysis.ts';
import type { PrintSize } from './catalogue.ts';

/** Where a person stands on the source and how the standard photo shows them. */
export type Standing = {
  readonly subject: Subject;
  /** Size of the source, pixels. */
  readonly source: PrintSize;
  readonly profile: PhotoProfile;
  /** The standard photo's placement. */
  readonly placement: Placement;
};

/**
 * The part of the source, in its pixels, that a print of another shape shows: head and margins in
 * the profile's proportions, solved anew. Where that asks for more body than the source has, the
 * standard photo's own part is narrowed. It always has the cell's shape.
 */
export function cropForCell(standing: Standing, cell: PrintSize): Box {
  const { subject, source, profile } = standing;
  const solved = placeSubject(subject, source, profileOfCell(profile, cell));
  return solved.ok ? boxOf(solved.placement, cell) : withinStandard(standing, cell);
}

/** The same geometry in the cell's pixels: heights with its height, widths with its width. */
function profileOfCell(profile: PhotoProfile, cell: PrintSize): PhotoProfile {
  const down = cell.height / profile.height;
  const across = cell.width / profile.width;
  const { hairTopY, eyeLineY, faceWidth, maxCentreOffset } = profile.geometry;
  return {
    ...profile,
    width: cell.width,
    height: cell.height,
    geometry: {
      hairTopY: scaled(hairTopY, down),
      eyeLineY: scaled(eyeLineY, down),
      faceWidth: scaled(faceWidth, across),
      maxCentreOffset: maxCentreOffset * across,
    },
  };
}

function scaled([low, high]: Range, factor: number): Range {
  return [low * factor, high * factor];
}

/** The part of the source that a placement shows, source pixels. */
export function boxOf({ scale, originX, originY }: Placement, { width, height }: PrintSize): Box {
  return { x: originX, y: originY, width: width / scale, height: height / scale };
}

/** Below the chin, in face widths, of a print that is too wide for the whole standard photo. */
const BELOW_CHIN = 0.2;
/** Above the hair, likewise, at least. */
const ABOVE_HAIR = 0.05;

/**
 * The largest part of the standard photo in the cell's shape, around the face: from the top, or
 * as far down as the chin asks for.
 */
function withinStandard({ subject, profile, placement }: Standing, cell: PrintSize): Box {
  const whole = boxOf(placement, profile);
  const scale = Math.max(cell.width / whole.width, cell.height / whole.height);
  const width = cell.width / scale;
  const height = cell.height / scale;
  const { faceCentreX, faceWidth, chinY, hairTopY } = subject;
  const x = Math.min(Math.max(faceCentreX - width / 2, whole.x), whole.x + whole.width - width);
  const wanted = Math.max(whole.y, chinY + BELOW_CHIN * faceWidth - height);
  const lowest = Math.min(hairTopY - ABOVE_HAIR * faceWidth, whole.y + whole.height - height);
  return { x, y: Math.max(whole.y, Math.min(wanted, lowest)), width, height };
}

/** The smallest box around all of them. */
export function boxAround(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
