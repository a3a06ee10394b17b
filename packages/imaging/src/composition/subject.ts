import { type FaceAnalysis, type FaceShape, MESH } from '../face/face-analysis.ts';
import type { PersonMask } from './person-mask.ts';

/** Where the person is on the source picture, in its pixels. */
export type Subject = {
  readonly hairTopY: number;
  readonly eyeLineY: number;
  readonly chinY: number;
  /** Cheek to cheek. */
  readonly faceWidth: number;
  readonly faceCentreX: number;
  /** True when the hair runs into the picture's upper edge, so that its top is not in view. */
  readonly cutAtTop: boolean;
  /** Row from which on the person touches the left or right edge; Infinity where never. */
  readonly touchesLeftFromY: number;
  readonly touchesRightFromY: number;
};

/** What the mesh alone says. */
export type FaceMeasures = Pick<Subject, 'eyeLineY' | 'chinY' | 'faceWidth' | 'faceCentreX'>;

export function measureFaceBox({ points, leftEye, rightEye }: FaceAnalysis): FaceMeasures {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  for (const { x } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  return {
    eyeLineY: (leftEye.iris[0]!.y + rightEye.iris[0]!.y) / 2,
    chinY: points[MESH.chin]!.y,
    faceWidth: right - left,
    faceCentreX: (left + right) / 2,
  };
}

/** Chin below the eyes by less than this share of their distance: turned by 45° or more. */
const UPRIGHT = Math.SQRT1_2;

/**
 * True when the head lies on its side, as in a picture that lost its EXIF on the way: a photo is
 * made of upright heads alone, and no region below the eyes could be measured.
 */
export function isTurned({ points, leftEye, rightEye }: FaceShape): boolean {
  const chin = points[MESH.chin]!;
  const [left, right] = [leftEye.iris[0]!, rightEye.iris[0]!];
  const down = chin.y - (left.y + right.y) / 2;
  return down < UPRIGHT * Math.hypot(chin.x - (left.x + right.x) / 2, down);
}

/** More person than wall. */
const PERSON = 0.5;
/**
 * The head's top is the first row with this much person, as a share of the face's width: a lock
 * that stands up is not the head.
 */
const HEAD_TOP_SHARE = 0.06;
/** The head reaches no farther to either side of the face's centre, in face widths. */
const HEAD_REACH = 0.8;

/** Joins the face's measures with what the person mask shows of hair and body. */
export function measureSubject(
  face: FaceMeasures,
  mask: PersonMask,
  source: { readonly width: number; readonly height: number },
): Subject {
  const { region, size } = mask;
  const hairTopRow = findHairTop(face, mask);
  const atTop = region.y <= 0 && hairTopRow < 1;
  return {
    ...face,
    hairTopY: region.y + (hairTopRow / size) * region.height,
    cutAtTop: atTop,
    touchesLeftFromY: region.x <= 0 ? firstTouch(mask, 0) : Number.POSITIVE_INFINITY,
    touchesRightFromY:
      region.x + region.width >= source.width
        ? firstTouch(mask, size - 1)
        : Number.POSITIVE_INFINITY,
  };
}

/** Row of the mask, with a fraction, where the head begins. */
function findHairTop(face: FaceMeasures, { values, size, region }: PersonMask): number {
  const toColumn = (x: number) => Math.round(((x - region.x) / region.width) * size);
  const from = Math.max(0, toColumn(face.faceCentreX - HEAD_REACH * face.faceWidth));
  const to = Math.min(size, toColumn(face.faceCentreX + HEAD_REACH * face.faceWidth));
  const wanted = HEAD_TOP_SHARE * face.faceWidth * (size / region.width);
  let before = 0;
  for (let row = 0; row < size; row++) {
    let count = 0;
    for (let column = from; column < to; column++) {
      if (values[row * size + column]! > PERSON) count++;
    }
    if (count >= wanted) return row === 0 ? 0 : row + 0.5 - share(count - wanted, count - before);
    before = count;
  }
  return size;
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0;
}

function firstTouch({ values, size, region }: PersonMask, column: number): number {
  for (let row = 0; row < size; row++) {
    if (values[row * size + column]! > PERSON) return region.y + (row / size) * region.height;
  }
  return Number.POSITIVE_INFINITY;
}
