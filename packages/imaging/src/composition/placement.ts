import type { PhotoProfile, Range } from '@gradshot/domain';
import type { Subject } from './subject.ts';

/** How source pixels come to lie on the photo: output = (source − origin) × scale. */
export type Placement = {
  /** Output pixels per source pixel, the same in both directions. */
  readonly scale: number;
  /** Source point that falls on the photo's upper left corner; may lie outside the source. */
  readonly originX: number;
  readonly originY: number;
};

/** Why no placement satisfies the profile. */
export type CompositionFault =
  | 'tooFar'
  | 'tooClose'
  | 'offCentre'
  | 'hairCutOff'
  | 'shouldersCutOff'
  | 'proportions';

export type PlacementResult =
  | { readonly ok: true; readonly placement: Placement }
  | { readonly ok: false; readonly fault: CompositionFault };

export type Size = { readonly width: number; readonly height: number };

/** What the source imposes; each can be lifted to find out which one stands in the way. */
type Bounds = { readonly bottom: boolean; readonly sides: boolean };

/** Kept free inside every range, output pixels, so that a later measurement still agrees. */
const MARGIN = 5;
/** The least that must be: the photo begins on a whole pixel of the source, half a pixel off. */
export const LEAST_MARGIN = 1;
/** A face that must be enlarged more than this has too few pixels to be anybody's portrait. */
export const MAX_ENLARGEMENT = 2.5;
const SCALE_STEPS = 160;
/** Off the source's middle by more than this share, the person should move sideways, not back. */
const OFF_CENTRE_SHARE = 0.08;

/**
 * Finds scale and position for hair top, eye line, face width and centre together, with the body
 * filling the lower edge, and the sides wherever the person leaves the source there. Among the
 * placements that satisfy all, the one closest to the middle of every range.
 */
export function placeSubject(
  subject: Subject,
  source: Size,
  profile: PhotoProfile,
): PlacementResult {
  if (subject.cutAtTop) return { ok: false, fault: 'hairCutOff' };
  if (profile.geometry.faceWidth[0] / subject.faceWidth > MAX_ENLARGEMENT) {
    return { ok: false, fault: 'tooFar' };
  }
  const all = { bottom: true, sides: true };
  const placement =
    search(subject, source, profile, all, MARGIN) ??
    search(subject, source, profile, all, LEAST_MARGIN);
  if (placement) return { ok: true, placement };
  return { ok: false, fault: findFault(subject, source, profile) };
}

/** The cause is the bound without which a placement exists. */
function findFault(subject: Subject, source: Size, profile: PhotoProfile): CompositionFault {
  if (placeWithoutBody(subject, source, profile)) return 'shouldersCutOff';
  const free = { bottom: false, sides: false };
  if (!search(subject, source, profile, free, LEAST_MARGIN)) return 'proportions';
  const offset = Math.abs(subject.faceCentreX - source.width / 2);
  return offset > OFF_CENTRE_SHARE * source.width ? 'offCentre' : 'tooClose';
}

/** The placement that there would be if the source went on below its lower edge. */
export function placeWithoutBody(
  subject: Subject,
  source: Size,
  profile: PhotoProfile,
): Placement | undefined {
  return search(subject, source, profile, { bottom: false, sides: true }, LEAST_MARGIN);
}

/**
 * The widest face, output pixels, with which hair top and eye line can still be in their ranges.
 * Body and sides only ask for a larger one: when this one has no place, none has.
 */
export function widestFace(
  { eyeLineY, hairTopY, faceWidth }: Subject,
  { geometry }: PhotoProfile,
  margin: number = LEAST_MARGIN,
): number {
  const hair = shrink(geometry.hairTopY, margin);
  const eyes = shrink(geometry.eyeLineY, margin);
  const scale = (eyes[1] - hair[0]) / Math.max(1e-6, eyeLineY - hairTopY);
  return Math.min(geometry.faceWidth[1] - margin, scale * faceWidth);
}

function search(
  subject: Subject,
  source: Size,
  profile: PhotoProfile,
  bounds: Bounds,
  margin: number,
): Placement | undefined {
  const [narrow, wide] = shrink(profile.geometry.faceWidth, margin);
  const widest = widestFace(subject, profile, margin) * (1 - 1e-9);
  const widths = Array.from(
    { length: SCALE_STEPS + 1 },
    (_, step) => narrow + ((wide - narrow) * step) / SCALE_STEPS,
  );
  let best: Placement | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  for (const faceWidth of widest > narrow ? [...widths, widest] : widths) {
    const scale = faceWidth / subject.faceWidth;
    const top = placeVertically(subject, source, profile, scale, bounds, margin);
    if (top === undefined) continue;
    const left = placeHorizontally(subject, source, profile, { scale, top }, bounds, margin);
    if (left === undefined) continue;
    const cost = deviation(subject, profile, scale, left, top);
    if (cost < lowest) {
      lowest = cost;
      best = { scale, originX: -left / scale, originY: -top / scale };
    }
  }
  return best;
}

/** Output row of the source's first row, or undefined when no row satisfies all. */
function placeVertically(
  subject: Subject,
  source: Size,
  { geometry, height }: PhotoProfile,
  scale: number,
  bounds: Bounds,
  margin: number,
): number | undefined {
  const hair = shrink(geometry.hairTopY, margin);
  const eyes = shrink(geometry.eyeLineY, margin);
  const hairAt = scale * subject.hairTopY;
  const eyesAt = scale * subject.eyeLineY;
  const bottom = bounds.bottom ? height - scale * source.height : Number.NEGATIVE_INFINITY;
  const low = Math.max(hair[0] - hairAt, eyes[0] - eyesAt, bottom);
  const high = Math.min(hair[1] - hairAt, eyes[1] - eyesAt);
  if (low > high) return undefined;
  // the middle of both ranges, the narrower one weighing more
  const hairWeight = 1 / span(geometry.hairTopY) ** 2;
  const eyesWeight = 1 / span(geometry.eyeLineY) ** 2;
  const wanted =
    (hairWeight * (middle(hair) - hairAt) + eyesWeight * (middle(eyes) - eyesAt)) /
    (hairWeight + eyesWeight);
  return Math.min(high, Math.max(low, wanted));
}

/** Output column of the source's first column, or undefined when no column satisfies all. */
function placeHorizontally(
  subject: Subject,
  source: Size,
  { geometry, width, height }: PhotoProfile,
  { scale, top }: { scale: number; top: number },
  bounds: Bounds,
  margin: number,
): number | undefined {
  const wanted = width / 2 - scale * subject.faceCentreX;
  const slack = Math.max(0, geometry.maxCentreOffset - margin);
  const lowestRow = (height - top) / scale;
  let low = wanted - slack;
  let high = wanted + slack;
  if (bounds.sides && subject.touchesLeftFromY < lowestRow) high = Math.min(high, 0);
  if (bounds.sides && subject.touchesRightFromY < lowestRow) {
    low = Math.max(low, width - scale * source.width);
  }
  return low > high ? undefined : Math.min(high, Math.max(low, wanted));
}

/** Sum of squared distances from the middles of the ranges, in units of half a range. */
function deviation(
  subject: Subject,
  { geometry, width }: PhotoProfile,
  scale: number,
  left: number,
  top: number,
): number {
  return (
    offMiddle(scale * subject.hairTopY + top, geometry.hairTopY) +
    offMiddle(scale * subject.eyeLineY + top, geometry.eyeLineY) +
    offMiddle(scale * subject.faceWidth, geometry.faceWidth) +
    ((scale * subject.faceCentreX + left - width / 2) / geometry.maxCentreOffset) ** 2
  );
}

function offMiddle(value: number, range: Range): number {
  return ((value - middle(range)) / (span(range) / 2)) ** 2;
}

function middle([low, high]: Range): number {
  return (low + high) / 2;
}

function span([low, high]: Range): number {
  return high - low;
}

export function shrink([low, high]: Range, margin: number): Range {
  return [low + margin, high - margin];
}
